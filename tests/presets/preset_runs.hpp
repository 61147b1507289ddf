#pragma once
// The presets as people open them, and the runs that their texts speak of.

#include <deltascope/session_file.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::test {

/// Every document of assets/presets, by name.
std::vector<std::string> preset_names();

/// A preset, or a variant of it. Fails the test, and throws, when there is none or it is refused.
Document preset(std::string_view name);
Document preset(std::string_view name, std::string_view variant);
/// The same with other starting weights and another order of batches.
Document with_seed(const Document& document, std::uint64_t seed);

/// What a run has come to at `step`.
Evaluation result_at(const Document& document, std::uint64_t step);
bool separated(const Evaluation& evaluation);

/// When a run first has a Cost of at most `cost`, looked at after every step.
struct Arrival {
  bool arrived = false;
  std::uint64_t step = 0;
  std::uint64_t gradient_evaluations = 0;
};
Arrival arrival_at(const Document& document, double cost, std::uint64_t most_steps);

/// The next step's numbers.
StepTrace trace_of(Session& session);
/// The numbers of all points at the present weights, whatever the next batch is.
StepTrace trace_of_all(const Session& session);

}  // namespace deltascope::test
