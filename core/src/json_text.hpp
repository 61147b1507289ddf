#pragma once

#include "document_parts.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deltascope {

enum class Digits { shortest, seventeen };

/// JSON as text, written straight into a string: a million points need no tree in between.
class JsonText {
 public:
  explicit JsonText(Digits digits) : digits_(digits) { text_ = "{"; }

  std::string finish() {
    text_ += "\n}\n";
    return std::move(text_);
  }
  /// Whether a number that JSON cannot say was written as null.
  bool has_null() const { return has_null_; }

  JsonText& key(std::string_view name) {
    if (text_.back() != '{') text_ += ',';
    if (depth_ == 0) text_ += "\n  ";
    if (depth_ > 0 && text_.back() == ',') text_ += ' ';
    text_ += json_string(name) + ": ";
    return *this;
  }
  JsonText& open(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    return *this;
  }
  JsonText& close(char bracket) {
    text_ += bracket;
    --depth_;
    return *this;
  }
  JsonText& line() {
    if (text_.back() != '[') text_ += ',';
    text_ += "\n    ";
    return *this;
  }

  /// A value that is JSON already.
  JsonText& raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
  }
  JsonText& value(const char* text) { return value(std::string_view(text)); }
  JsonText& value(std::string_view text) {
    separate();
    text_ += json_string(text);
    return *this;
  }
  JsonText& value(bool yes) { return raw(yes ? "true" : "false"); }
  JsonText& value(std::integral auto number) {
    separate();
    text_ += std::to_string(number);
    return *this;
  }
  JsonText& value(double number) {
    separate();
    if (!std::isfinite(number)) {
      has_null_ = true;
      text_ += "null";
    } else if (number == 0.0 && std::signbit(number)) {
      text_ += "-0.0";  // "-0" would be read as an integer and lose its sign
    } else {
      std::array<char, 40> buffer{};
      char* const end = buffer.data() + buffer.size();
      const auto result =
          digits_ == Digits::shortest
              ? std::to_chars(buffer.data(), end, number)
              : std::to_chars(buffer.data(), end, number, std::chars_format::general, 17);
      text_.append(buffer.data(), result.ptr);
    }
    return *this;
  }
  JsonText& value(std::span<const double> numbers) {
    open('[');
    for (const double number : numbers)
      value(number);
    return close(']');
  }
  /// One row per receiving neuron.
  JsonText& value(ConstWeightView W) {
    open('[');
    for (Index row = 0; row < W.rows; ++row) {
      value(std::span<const double>(W.data + row * W.cols, static_cast<std::size_t>(W.cols)));
    }
    return close(']');
  }

  /// [layer][to][from].
  JsonText& weights(const Architecture& net, std::span<const double> block) {
    open('[');
    for (Index layer = 0; layer < net.layers(); ++layer)
      line().value(net.W(block, layer));
    return close(']');
  }
  /// [layer][to].
  JsonText& biases(const Architecture& net, std::span<const double> block) {
    open('[');
    for (Index layer = 0; layer < net.layers(); ++layer)
      line().value(net.b(block, layer));
    return close(']');
  }
  /// One row per sample, each on a line of its own if asked for.
  JsonText& samples(const Matrix& matrix, bool lines) {
    open('[');
    for (Index i = 0; i < matrix.cols(); ++i) {
      if (lines) line();
      value(matrix.values().subspan(static_cast<std::size_t>(i * matrix.rows()),
                                    static_cast<std::size_t>(matrix.rows())));
    }
    return close(']');
  }
  /// [layer][sample][neuron].
  JsonText& layers(const std::vector<Matrix>& matrices) {
    open('[');
    for (const Matrix& matrix : matrices)
      line().samples(matrix, false);
    return close(']');
  }

 private:
  // A value follows "[", ": ", a line break after a comma, or another value, which needs a comma.
  void separate() {
    const char last = text_.back();
    if (last != '[' && last != ' ') text_ += ',';
  }

  Digits digits_;
  std::string text_;
  int depth_ = 0;
  bool has_null_ = false;
};

}  // namespace deltascope
