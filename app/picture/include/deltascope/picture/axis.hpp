#pragma once

#include <string>
#include <vector>

namespace deltascope::picture {

/// One axis of a plot, linear or logarithmic. On a log axis lo and hi are positive.
struct Axis {
  double lo = 0, hi = 1;
  bool log = false;

  /// 0 at lo, 1 at hi; on a log axis values ≤ 0 map below 0.
  double fraction(double value) const;
  double value_at(double fraction) const;
};

struct Tick {
  double value = 0;
  std::string label;  ///< empty: a minor tick
  bool major() const { return !label.empty(); }
};

/// About `target` major ticks at 1, 2 or 5 times a power of ten, with minor ticks between; on a log
/// axis at decades (and at 2 and 5 when the axis spans less than two). Empty for an axis that is
/// not finite or has no length. Source: Heckbert, "Nice numbers for graph labels" (1990).
std::vector<Tick> ticks(const Axis& axis, int target);

/// A number for people, without trailing zeros: "0.0025", "3.1e-7", "NaN".
std::string format_number(double value, int significant_digits);
/// The number with a minus sign as long as digits are wide, "−1", in place of a hyphen.
std::string with_minus(std::string number);
/// A whole number in groups of three: "1,000,000".
std::string format_count(double whole);
/// 1/n for people, "¼" or "1/12"; another number with three digits.
std::string format_fraction(double value);
/// A number with its sign in about five characters, for a neuron or a cell: "+0.34", "-12.5",
/// "+3e-5", "0".
std::string format_signed(double value);
/// A number with its sign and exactly so many significant digits, zeros kept: "-0.0104",
/// "+1.20e-5".
std::string format_significant(double value, int significant_digits);

}  // namespace deltascope::picture
