#pragma once

#include <deltascope/walk/phase.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::lesson {

/// One row: a question about what a phase of the walk is going to show, whose answer is computed
/// from the step itself.
struct PhaseQuestion {
  std::string_view name;  ///< in the log of answers
  walk::PhaseKind phase;
  /// What is asked, in the notation's names; empty where it does not make sense.
  std::string (*ask)(const walk::Step& step, const walk::PhaseId& id, const walk::Options& options);
  std::vector<std::string> (*choices)(const walk::Step& step, const walk::PhaseId& id);
  Index (*answer)(const walk::Step& step, const walk::PhaseId& id, const walk::Options& options);
  std::string (*because)(const walk::Step& step, const walk::PhaseId& id,
                         const walk::Options& options);
};

std::span<const PhaseQuestion> phase_questions();
/// That of this phase of this step; null: none.
const PhaseQuestion* question_of(const walk::Step& step, const walk::PhaseId& id,
                                 const walk::Options& options);

}  // namespace deltascope::lesson
