// Numbers as people write them.

#include <deltascope/lesson/marking.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace deltascope::lesson {
namespace {

// Longer is no number that anybody typed.
constexpr std::size_t max_text_bytes = 100;

/// Signs and spaces that keyboards and word processors make, in the plain letters for them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> spellings{{
    {"\u2212", "-"},  // minus
    {"\u2013", "-"},  // en dash
    {"\u00B7", "*"},  // middle dot
    {"\u22C5", "*"},  // dot operator
    {"\u00D7", "*"},  // times
    {"\u00A0", " "},  // no-break space
    {"\u202F", " "},  // narrow no-break space
    {"\t", " "},
}};

std::string in_plain_letters(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto row = std::ranges::find_if(
        spellings, [&](const auto& spelling) { return text.starts_with(spelling.first); });
    plain += row == spellings.end() ? text.substr(0, 1) : row->second;
    text.remove_prefix(row == spellings.end() ? 1 : row->first.size());
  }
  return plain;
}

/// Reads from the front of a text. Spaces may stand between signs and numbers, not inside a number.
class AnswerReader {
 public:
  explicit AnswerReader(std::string_view text) : rest_(text) {}

  std::optional<Typed> read() {
    std::optional<Typed> number = signed_number();
    if (!number) return std::nullopt;
    if (take('/')) {
      const std::optional<Typed> divisor = signed_number();
      if (!divisor || divisor->value == 0.0) return std::nullopt;
      number->value /= divisor->value;
      number->digits = std::numeric_limits<double>::max_digits10;
      number->unit = 0.0;
    }
    skip_spaces();
    const bool is_number = rest_.empty() && std::isfinite(number->value);
    return is_number ? number : std::nullopt;
  }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
  bool take(char letter) {
    skip_spaces();
    if (!rest_.starts_with(letter)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_minus() { return take('-') || (take('+'), false); }
  std::string_view take_digits() {
    const std::size_t end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    const std::string_view digits = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return digits;
  }
  std::optional<int> signed_whole() {
    const bool is_negative = take_minus();
    skip_spaces();
    const std::string_view digits = take_digits();
    if (digits.empty() || digits.size() > 4) return std::nullopt;  // beyond any double
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return is_negative ? -number : number;
  }
  /// 0 where there is none; nullopt for a broken one.
  std::optional<int> exponent() {
    if (rest_.starts_with('e') || rest_.starts_with('E')) {
      rest_.remove_prefix(1);
      return signed_whole();
    }
    if (!take('*')) return 0;
    skip_spaces();
    if (take_digits() != "10" || !take('^')) return std::nullopt;
    return signed_whole();
  }
  std::optional<Typed> signed_number() {
    const bool is_negative = take_minus();
    skip_spaces();
    const std::string_view whole = take_digits();
    std::string_view decimals;
    const bool has_point = rest_.starts_with('.') || rest_.starts_with(',');
    if (has_point) {
      rest_.remove_prefix(1);
      decimals = take_digits();
    }
    const std::optional<int> power = exponent();
    if ((whole.empty() && decimals.empty()) || !power) return std::nullopt;
    return typed(is_negative, whole, decimals, has_point, *power);
  }

  static std::optional<Typed> typed(bool is_negative, std::string_view whole,
                                    std::string_view decimals, bool has_point, int power) {
    const std::string digits = std::string(whole) + std::string(decimals);
    const int last_place = power - static_cast<int>(decimals.size());
    const std::string text = digits + "e" + std::to_string(last_place);
    Typed number;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number.value);
    if (error != std::errc() || stop != end) return std::nullopt;
    if (is_negative) number.value = -number.value;
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
    const std::size_t last =
        has_point || first == digits.size() ? digits.size() : digits.find_last_not_of('0') + 1;
    number.digits = static_cast<int>(last - first);
    number.unit = std::pow(10.0, last_place + static_cast<int>(digits.size() - last));
    return number;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Typed> parse_answer(std::string_view text) {
  if (text.size() > max_text_bytes) return std::nullopt;
  return AnswerReader(in_plain_letters(text)).read();
}

}  // namespace deltascope::lesson
