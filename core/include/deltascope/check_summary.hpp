#pragma once

#include <deltascope/gradient_check.hpp>
#include <deltascope/update_check.hpp>

#include <vector>

namespace deltascope {

/// What a check found of one W or one b.
struct CheckedPart {
  Index layer = 0;  ///< weight layer, 0 … L−1
  bool is_bias = false;
  Index rows = 0, cols = 0;  ///< W: (n_out × n_in); b: (n_out × 1)
  Index compared = 0;        ///< entries without a kink
  Index kinks = 0;
  double worst_error = 0.0;  ///< over the compared; NaN if one of them is

  Index parameters() const { return rows * cols; }
};

/// One entry of a report and where it stands; `col` is 0 for a bias.
template <class Entry>
struct Checked {
  Index layer = 0;
  bool is_bias = false;
  Index row = 0, col = 0;
  Entry entry;
};
using CheckedEntry = Checked<GradientCheckEntry>;
using CheckedUpdate = Checked<UpdateCheckEntry>;

/// For each layer its W, then its b. A report may have ended early: what it has not reached counts
/// as not compared. `report` is of a network of this shape.
std::vector<CheckedPart> checked_parts(const Architecture& net, const GradientCheckReport& report);
std::vector<CheckedPart> checked_parts(const Architecture& net, const UpdateCheckReport& report);

/// The compared entries, the largest error first (NaN above all), equal ones as they lie in the
/// block.
std::vector<CheckedEntry> worst_first(const Architecture& net, const GradientCheckReport& report);
std::vector<CheckedUpdate> worst_first(const Architecture& net, const UpdateCheckReport& report);
/// Those at a kink, as they lie in the block.
std::vector<CheckedEntry> at_kinks(const Architecture& net, const GradientCheckReport& report);

}  // namespace deltascope
