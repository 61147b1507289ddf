#include "support/pocket_calculator.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace deltascope::testing {
namespace {

constexpr long double nothing = std::numeric_limits<long double>::quiet_NaN();

class Reader {
 public:
  explicit Reader(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ' ') continue;
      if (text.substr(i).starts_with("·") || text.substr(i).starts_with("×")) {
        text_ += '*';
        ++i;
      } else if (text.substr(i).starts_with("−")) {
        text_ += '-';
        i += 2;
      } else {
        text_ += text[i];
      }
    }
  }

  long double all() {
    const long double value = sum();
    return at_ == text_.size() ? value : nothing;
  }
  /// The largest number that was added or subtracted.
  long double largest_summed() const { return largest_; }

 private:
  bool take(std::string_view word) {
    if (!std::string_view(text_).substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  long double sum() {
    long double value = product();
    for (;;) {
      largest_ = std::max(largest_, std::abs(value));
      if (take("+")) {
        value += product();
      } else if (take("-")) {
        value -= product();
      } else {
        return value;
      }
    }
  }
  long double product() {
    long double value = signed_power();
    for (;;) {
      if (take("*")) {
        value *= signed_power();
      } else if (take("/")) {
        value /= signed_power();
      } else {
        return value;
      }
    }
  }
  long double signed_power() {
    if (take("-")) return -signed_power();
    const long double base = atom();
    return take("^") ? std::pow(base, signed_power()) : base;
  }
  long double in_brackets() {
    if (!take("(")) return nothing;
    const long double value = sum();
    return take(")") ? value : nothing;
  }
  long double larger_of_two() {
    if (!take("(")) return nothing;
    const long double first = sum();
    if (!take(",")) return nothing;
    const long double second = sum();
    return take(")") ? std::max(first, second) : nothing;
  }
  long double atom() {
    if (take("ln")) return std::log(in_brackets());
    if (take("tanh")) return std::tanh(in_brackets());
    if (take("sqrt")) return std::sqrt(in_brackets());
    if (take("max")) return larger_of_two();
    if (take("e^")) return std::exp(signed_power());
    if (at_ < text_.size() && text_[at_] == '(') return in_brackets();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isdigit(text_[at_]) != 0 || text_[at_] == '.'))
      ++at_;
    return begin == at_ ? nothing : std::strtold(text_.substr(begin, at_ - begin).c_str(), nullptr);
  }

  std::string text_;
  std::size_t at_ = 0;
  long double largest_ = 0.0L;
};

/// The last digit of "-0.250", "3.1·10^-5" or "1200" is worth that much.
long double unit_of(std::string_view number) {
  const std::size_t times = number.find("·");
  const std::string_view mantissa = number.substr(0, times);
  const std::size_t point = mantissa.find('.');
  const auto decimals = point == std::string_view::npos
                            ? 0.0L
                            : static_cast<long double>(mantissa.size() - point - 1);
  const long double unit = std::pow(10.0L, -decimals);
  return times == std::string_view::npos ? unit : unit * calculate(number.substr(times + 2));
}

}  // namespace

long double calculate(std::string_view text) {
  return Reader(text).all();
}

Checked check_equation(std::string_view text) {
  Checked checked;
  const std::size_t last = text.rfind(" = ");
  if (last == std::string_view::npos) return checked;
  std::string_view left = text.substr(0, last);
  if (const std::size_t before = left.rfind(" = "); before != std::string_view::npos) {
    left.remove_prefix(before + 3);
  }
  checked.left = left;
  checked.result = text.substr(last + 3);
  Reader left_side(checked.left);
  checked.calculated = left_side.all();
  const long double printed = calculate(checked.result);
  const long double half = 0.5L * unit_of(checked.result);
  // A short result, "1" or "0.25", says that it is just that; unless large terms cancelled, or it
  // is so small that a double has no digits left for it.
  const long double close =
      std::max({5e-4L * std::abs(printed), 1e-10L * left_side.largest_summed(),
                static_cast<long double>(std::numeric_limits<double>::min())});
  checked.agrees = std::abs(checked.calculated - printed) <= std::min(half, close);
  return checked;
}

}  // namespace deltascope::testing
