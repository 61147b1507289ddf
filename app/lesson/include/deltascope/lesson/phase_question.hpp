#pragma once

#include <deltascope/walk/phase.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::lesson {

/// One row: a question about what a phase of the walk is going to show, whose answer is computed
/// from the step itself. Texts are script text (see picture/script_text.hpp).
///
/// | name           | phase        | asks                                                          |
/// |----------------|--------------|---------------------------------------------------------------|
/// | step-lowers    | cost         | whether the step will lower the cost over all points          |
/// | delta-sign     | output_delta | whether δ of the first output of the walked point is positive |
/// | delta-size     | hidden_delta | whether its δ is larger (RMS) than that of the layer behind   |
/// | largest-weight | gradient     | which weight of the layer, of at most four, has the largest dW |
/// | update-sign    | update       | whether the update raises or lowers the weight it moves most  |
struct PhaseQuestion {
  std::string_view name;  ///< in the log of answers
  walk::PhaseKind phase;
  /// What is asked, in the notation's names; empty where it does not make sense.
  std::string (*ask)(const walk::Step& step, const walk::PhaseId& id, const walk::Options& options);
  std::vector<std::string> (*choices)(const walk::Step& step, const walk::PhaseId& id,
                                      const walk::Options& options);
  Index (*answer)(const walk::Step& step, const walk::PhaseId& id, const walk::Options& options);
  std::string (*because)(const walk::Step& step, const walk::PhaseId& id,
                         const walk::Options& options);
};

std::span<const PhaseQuestion> phase_questions();
/// That of this phase of this step; null: none.
const PhaseQuestion* question_of(const walk::Step& step, const walk::PhaseId& id,
                                 const walk::Options& options);

}  // namespace deltascope::lesson
