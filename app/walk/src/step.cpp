#include <deltascope/walk/step.hpp>

#include <algorithm>
#include <cmath>

namespace deltascope::walk {

bool is_finite(const Step& step) {
  const StepTrace& trace = *step.trace;
  const auto all_of = [](const std::vector<Matrix>& layers) {
    return std::all_of(layers.begin(), layers.end(),
                       [](const Matrix& matrix) { return all_finite(matrix.values()); });
  };
  return std::isfinite(trace.cost()) && all_of(trace.z) && all_of(trace.a) && all_of(trace.delta) &&
         all_finite(trace.gradient) && all_finite(step.parameters_after) &&
         all_finite(step.moments_after);
}

}  // namespace deltascope::walk
