#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope::picture {

namespace {

constexpr double rounding = 1e-9;  // in steps: what a border may miss a tick by

/// The next of 1, 2, 5 times a power of ten, and into how many parts minor ticks divide it.
struct NiceStep {
  double mantissa = 1;
  int exponent = 0;
  int parts = 5;
  double value() const { return mantissa * std::pow(10.0, exponent); }
};

NiceStep nice_step(double raw) {
  const int exponent = static_cast<int>(std::floor(std::log10(raw)));
  const double mantissa = raw / std::pow(10.0, exponent);
  if (mantissa < 1.5) return {1, exponent, 5};
  if (mantissa < 3) return {2, exponent, 4};
  if (mantissa < 7) return {5, exponent, 5};
  return {1, exponent + 1, 5};
}

std::string linear_label(double value, const NiceStep& step, double largest) {
  if (std::abs(value) < step.value() * rounding) return "0";
  if (largest >= 1e5 && largest < 1e9 && step.exponent >= 2) {
    constexpr int digits = 7;  // of 1e9 to a step of 100
    return with_minus(largest >= 1e6 ? format_number(value / 1e6, digits) + " M"
                                     : format_number(value / 1e3, digits) + " k");
  }
  if (largest < 1e-3 || largest >= 1e9) {
    const int digits = static_cast<int>(std::floor(std::log10(std::abs(value)))) - step.exponent;
    return with_minus(format_number(value, std::clamp(digits + 1, 1, 12)));
  }
  return with_minus(fmt::format("{:.{}f}", value, std::clamp(-step.exponent, 0, 12)));
}

std::vector<Tick> linear_ticks(const Axis& axis, int target) {
  std::vector<Tick> result;
  const NiceStep step = nice_step((axis.hi - axis.lo) / std::max(target, 1));
  const double minor = step.value() / step.parts;
  const double first = std::ceil(axis.lo / minor - rounding);
  const double last = std::floor(axis.hi / minor + rounding);
  const double largest = std::max(std::abs(axis.lo), std::abs(axis.hi));
  // Where neighbouring doubles are further apart than ticks there is nothing to mark.
  if (!(minor > largest * 4 * std::numeric_limits<double>::epsilon())) return result;
  for (double n = first; n <= last; ++n) {
    const bool major = std::fmod(n, step.parts) == 0;
    const double value = major ? n / step.parts * step.value() : n * minor;
    result.push_back({value, major ? linear_label(value, step, largest) : std::string()});
  }
  return result;
}

std::string superscript(int number) {
  constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = number < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(number)))
    text += digits[c - '0'];
  return text;
}

std::string plain_label(int mantissa, int exponent) {
  return fmt::format("{:.{}f}", mantissa * std::pow(10.0, exponent), std::max(0, -exponent));
}

std::string power_label(int mantissa, int exponent) {
  const std::string power = fmt::format("10{}", superscript(exponent));
  return mantissa == 1 ? power : fmt::format("{}·{}", mantissa, power);
}

std::vector<Tick> decade_ticks(const Axis& axis, int stride) {
  std::vector<Tick> result;
  const double low = std::log10(axis.lo);
  const double high = std::log10(axis.hi);
  const double decades = high - low;
  // All labels of an axis are written in one way.
  const bool plain = std::ceil(low - rounding) >= -3 && std::floor(high + rounding) <= 3;
  const auto label = plain ? plain_label : power_label;
  for (int e = static_cast<int>(std::floor(low)); e <= static_cast<int>(std::ceil(high)); ++e) {
    for (int m = 1; m <= 9; ++m) {
      // Over many decades minor ticks would be a grey mass.
      if (m > 1 && (stride > 1 || decades > 5)) break;
      const double position = e + std::log10(m);
      if (position < low - rounding || position > high + rounding) continue;
      const bool major = m == 1 ? e % stride == 0 : decades < 2 && (m == 2 || m == 5);
      result.push_back({m * std::pow(10.0, e), major ? label(m, e) : std::string()});
    }
  }
  return result;
}

// One label alone does not tell a scale.
bool tells_scale(const std::vector<Tick>& ticks) {
  return std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); }) >= 2;
}

std::vector<Tick> log_ticks(const Axis& axis, int target) {
  const double decades = std::log10(axis.hi) - std::log10(axis.lo);
  const int most = std::max(1, static_cast<int>(std::ceil(decades / std::max(target, 1))));
  for (int stride = most; stride >= 1; --stride) {
    std::vector<Tick> result = decade_ticks(axis, stride);
    if (tells_scale(result)) return result;
  }
  // Less than about an octave: as good as linear.
  std::vector<Tick> result = linear_ticks(axis, target);
  for (int more = target + 1; more <= target + 4 && !tells_scale(result); ++more)
    result = linear_ticks(axis, more);
  return result;
}

}  // namespace

double Axis::fraction(double value) const {
  if (!log) return (value - lo) / (hi - lo);
  if (!(value > 0)) return std::isnan(value) ? value : -1.0;
  return std::log(value / lo) / std::log(hi / lo);
}

double Axis::value_at(double fraction) const {
  return log ? lo * std::pow(hi / lo, fraction) : lo + fraction * (hi - lo);
}

std::vector<Tick> ticks(const Axis& axis, int target) {
  const bool usable = std::isfinite(axis.hi - axis.lo) && axis.hi > axis.lo;
  if (!usable || (axis.log && !(axis.lo > 0))) return {};
  return axis.log ? log_ticks(axis, target) : linear_ticks(axis, target);
}

std::string format_number(double value, int significant_digits) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-∞" : "∞";
  if (value == 0) return "0";
  const int digits = std::clamp(significant_digits, 1, 17);
  // Rounding may carry into the next power of ten, so the exponent is read off the rounded number.
  const std::string scientific = fmt::format("{:.{}e}", value, digits - 1);
  const std::size_t e = scientific.find('e');
  const int exponent = std::stoi(scientific.substr(e + 1));
  std::string text = exponent < -4 || exponent >= std::max(digits, 6)
                         ? scientific.substr(0, e)
                         : fmt::format("{:.{}f}", value, std::max(0, digits - 1 - exponent));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  if (exponent < -4 || exponent >= std::max(digits, 6)) text += fmt::format("e{}", exponent);
  return text;
}

std::string with_minus(std::string number) {
  return number.starts_with('-') ? "−" + number.substr(1) : number;
}

std::string format_count(double whole) {
  std::string digits = fmt::format("{:.0f}", whole);
  for (std::size_t place = digits.size(); place > 3; place -= 3)
    digits.insert(place - 3, ",");
  return digits;
}

std::string format_fraction(double value) {
  constexpr double most_parts = 99;
  const double parts = std::round(1 / value);
  const bool is_unit = parts >= 2 && parts <= most_parts && std::abs(value * parts - 1) < rounding;
  if (!is_unit) return format_number(value, 3);
  if (parts == 2) return "½";
  return parts == 4 ? "¼" : fmt::format("1/{:.0f}", parts);
}

std::string format_signed(double value) {
  if (value == 0 || std::isnan(value)) return format_number(value, 1);
  const double size = std::abs(value);
  const std::string sign = value < 0 ? "" : "+";
  if (size >= 0.00995 && size < 9.995) return fmt::format("{:+.2f}", value);
  if (size >= 9.995 && size < 99.95) return fmt::format("{:+.1f}", value);
  if (size >= 99.95 && size < 9999.5) return fmt::format("{:+.0f}", value);
  if (std::isinf(value)) return sign + format_number(value, 1);
  const std::string scientific = fmt::format("{:+.0e}", value);  // "+3e-05"
  const std::size_t e = scientific.find('e');
  return scientific.substr(0, e) + fmt::format("e{}", std::stoi(scientific.substr(e + 1)));
}

std::string format_significant(double value, int significant_digits) {
  if (value == 0 || std::isnan(value)) return format_number(value, 1);
  if (std::isinf(value)) return format_signed(value);
  const int digits = std::clamp(significant_digits, 1, 17);
  // As above: the exponent of the rounded number.
  const std::string scientific = fmt::format("{:+.{}e}", value, digits - 1);
  const std::size_t e = scientific.find('e');
  const int exponent = std::stoi(scientific.substr(e + 1));
  if (exponent >= -3 && exponent < std::max(digits, 4)) {
    return fmt::format("{:+.{}f}", value, std::max(0, digits - 1 - exponent));
  }
  return scientific.substr(0, e) + fmt::format("e{}", exponent);
}

}  // namespace deltascope::picture
