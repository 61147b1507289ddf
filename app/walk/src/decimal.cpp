#include "decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

namespace deltascope::walk {
namespace {

// Plain from 0.0001 to 9999999; beyond, a power of ten says it in fewer letters.
constexpr int least_plain_exponent = -4, largest_plain_exponent = 6;

/// d.ddd · 10^exponent.
struct Scientific {
  bool negative = false;
  bool exact = false;  ///< these digits are the number
  std::string digits;  ///< without the point
  int exponent = 0;
};

using Buffer = std::array<char, 40>;

std::string_view scientific_text(double x, int digits, Buffer& buffer) {
  const auto end = digits >= all_digits
                       ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                                       std::chars_format::scientific)
                       : std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                                       std::chars_format::scientific, digits - 1);
  return {buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())};
}

double read(std::string_view text) {
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Scientific split(double x, int digits) {
  Buffer buffer;
  std::string_view text = scientific_text(x, digits, buffer);
  Scientific result;
  if (read(text) == x) {
    result.exact = true;
    text = scientific_text(x, all_digits, buffer);
  }
  result.negative = text.front() == '-';
  if (result.negative) text.remove_prefix(1);
  const std::size_t e = text.find('e');
  result.digits = text.front();
  if (e > 2) result.digits += text.substr(2, e - 2);
  const bool negative_exponent = text[e + 1] == '-';
  std::from_chars(text.data() + e + 2, text.data() + text.size(), result.exponent);
  if (negative_exponent) result.exponent = -result.exponent;
  return result;
}

std::string with_minus(bool negative, std::string digits) {
  return negative ? "−" + std::move(digits) : std::move(digits);
}

std::string plain_text(const Scientific& x) {
  if (x.exponent < 0) {
    return "0." + std::string(static_cast<std::size_t>(-x.exponent - 1), '0') + x.digits;
  }
  const auto before_point = static_cast<std::size_t>(x.exponent) + 1;
  if (x.digits.size() <= before_point) {
    return x.digits + std::string(before_point - x.digits.size(), '0');
  }
  return x.digits.substr(0, before_point) + "." + x.digits.substr(before_point);
}

Formula power_of_ten(int exponent) {
  const bool negative = exponent < 0;
  return scripts(number("10"), {},
                 number(with_minus(negative, std::to_string(std::abs(exponent)))));
}

Formula written(const Scientific& x, std::optional<Quantity> of) {
  const auto digits = static_cast<int>(x.digits.size());
  const bool plain = x.exponent >= least_plain_exponent && x.exponent <= largest_plain_exponent &&
                     (x.exact || x.exponent < digits);
  if (plain) return number(with_minus(x.negative, plain_text(x)), of);
  std::string mantissa = x.digits.substr(0, 1);
  if (digits > 1) mantissa += "." + x.digits.substr(1);
  Formula formula = row({number(with_minus(x.negative, std::move(mantissa)), of), operation("·"),
                         power_of_ten(x.exponent)});
  formula.of = of;
  return formula;
}

Formula written_unbounded(double x, std::optional<Quantity> of) {
  if (std::isnan(x)) return number("NaN", of);
  return number(x < 0 ? "−∞" : "∞", of);
}

/// How many significant digits reach down to 10^place; below 1 there are none.
int digits_to(double x, int place) {
  return std::min(all_digits, decimal_exponent(x) - place + 1);
}

Formula written_zero(int place, std::optional<Quantity> of) {
  if (place >= 0) return number("0", of);
  if (place >= -9) return number("0." + std::string(static_cast<std::size_t>(-place), '0'), of);
  Formula formula = row({number("0", of), operation("·"), power_of_ten(place)});
  formula.of = of;
  return formula;
}

}  // namespace

double rounded(double x, int digits) {
  if (digits >= all_digits || x == 0.0 || !std::isfinite(x)) return x;
  Buffer buffer;
  return read(scientific_text(x, digits, buffer));
}

int decimal_exponent(double x) {
  if (x == 0.0) return -400;
  return split(x, all_digits).exponent;
}

Formula written(double x, int digits, std::optional<Quantity> of) {
  if (!std::isfinite(x)) return written_unbounded(x, of);
  if (x == 0.0) return number("0", of);
  return written(split(x, digits), of);
}

double rounded_to_place(double x, int place) {
  if (!std::isfinite(x)) return x;
  const int digits = digits_to(x, place);
  if (digits >= 1) return rounded(x, digits);
  // Half a unit of the place or more is a whole one.
  const double unit = std::pow(10.0, place);
  return digits == 0 && std::abs(x) >= 0.5 * unit ? std::copysign(unit, x) : 0.0;
}

Formula written_to_place(double x, int place, std::optional<Quantity> of) {
  if (!std::isfinite(x)) return written_unbounded(x, of);
  if (x == 0.0) return number("0", of);
  const int digits = digits_to(x, place);
  if (digits >= 1) return written(x, digits, of);
  const double unit = rounded_to_place(x, place);
  return unit == 0.0 ? written_zero(place, of) : written(unit, 1, of);
}

}  // namespace deltascope::walk
