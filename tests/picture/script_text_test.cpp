#include "support/recording_canvas.hpp"

#include <deltascope/picture/script_text.hpp>

#include <gtest/gtest.h>

namespace deltascope::picture {
namespace {

std::vector<std::string> parts_of(std::string_view text) {
  test::RecordingCanvas canvas;
  draw_script(canvas, {0, 0}, text, Font::body, {});
  std::vector<std::string> parts;
  for (const auto& drawn : canvas.texts)
    parts.push_back(drawn.utf8);
  return parts;
}

using Parts = std::vector<std::string>;

TEST(ScriptText, TakesBracketsAndBraces) {
  EXPECT_EQ(parts_of("δ^[2]"), (Parts{"δ", "[2]"}));
  EXPECT_EQ(parts_of("w^{(2)}_{13} = 4"), (Parts{"w", "(2)", "13", " = 4"}));
  EXPECT_EQ(parts_of("x_1"), (Parts{"x", "1"}));
}

TEST(ScriptText, KeepsBracesInBraces) {
  EXPECT_EQ(parts_of("x^{{3}}_2"), (Parts{"x", "{3}", "2"}));
  EXPECT_EQ(parts_of("δ^{[3]{i}}"), (Parts{"δ", "[3]{i}"}));
}

}  // namespace
}  // namespace deltascope::picture
