#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/linalg.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// z and a of every weight layer for a block of samples: z[l], a[l] are (n_{l+1} × N).
struct Activity {
  std::vector<Matrix> z;
  std::vector<Matrix> a;
};

/// Forward pass: z = W a_prev + b 1ᵀ and a = g(z), layer by layer, into the caller's workspace.
///
/// `X` is (n_in × N). Nothing but `activity` is written; its memory is reused from call to call.
void predict(const Architecture& architecture, std::span<const double> parameters,
             ConstMatrixView X, Activity& activity);

}  // namespace deltascope
