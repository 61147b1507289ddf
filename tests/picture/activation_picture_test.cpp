#include "support/recording_canvas.hpp"

#include <deltascope/picture/activation_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{10, 20, 330, 240};

/// A picture of one activation, drawn, and what can be read off it.
struct Drawn {
  Drawn(const char* activation, std::vector<double> given, std::optional<Index> chosen,
        bool tangents = false, bool blank = false, const Rect& rect = page, float scale = 1)
      : z(std::move(given)), canvas(scale) {
    picture.activation = find_activation(activation);
    picture.z = z;
    picture.chosen = chosen;
    picture.tangents = tangents;
    picture.z_label = "z";
    picture.a_label = "a";
    picture.slope_label = "σ′";
    picture.blank = blank;
    draw_activation(canvas, rect, picture, palette);
  }

  Rect plot() const {
    const auto& frame = canvas.frames.back();
    return {frame.points[0].x, frame.points[0].y, frame.points[1].x, frame.points[1].y};
  }
  /// Dots of this colour: around the rim's they have the plot's.
  std::vector<Rect> dots(Color color) const {
    std::vector<Rect> found;
    for (const auto& circle : canvas.circles) {
      if (circle.color == color) found.push_back(circle.rect);
    }
    return found;
  }
  /// Lines in the colour of the walk, with dashes (to the axes) or without (tangents).
  std::vector<std::vector<Point>> walk_lines(bool dashed) const {
    std::vector<std::vector<Point>> found;
    for (const auto& line : canvas.lines) {
      const Color color = line.stroke.color;
      const bool of_walk = color.r == palette.walk.r && color.g == palette.walk.g;
      if (of_walk && (line.stroke.dash_px > 0) == dashed) found.push_back(line.points);
    }
    return found;
  }
  const std::vector<Point>& curve() const {
    return std::max_element(
               canvas.lines.begin(), canvas.lines.end(),
               [](const auto& a, const auto& b) { return a.points.size() < b.points.size(); })
        ->points;
  }

  const Palette& palette = dark_palette();
  std::vector<double> z;
  ActivationPicture picture;
  RecordingCanvas canvas;
};

TEST(ActivationPicture, EveryNeuronIsADotOnTheCurve) {
  for (const char* name : {"sigmoid", "tanh", "relu", "leaky_relu", "linear"}) {
    const Drawn drawn(name, {0.52, -1.3, 7.5}, 1);
    std::vector<Rect> all = drawn.dots(drawn.palette.text);
    EXPECT_EQ(all.size(), 2U) << name;
    const auto chosen = drawn.dots(drawn.palette.walk);
    ASSERT_EQ(chosen.size(), 1U) << name;
    EXPECT_GT(chosen[0].width(), 1.5F * all[0].width()) << name;
    all.push_back(chosen[0]);
    for (const Rect& dot : all) {
      const Rect plot = drawn.plot();
      EXPECT_TRUE(dot.x0 > plot.x0 && dot.x1 < plot.x1) << name;
      EXPECT_TRUE(dot.y0 > plot.y0 && dot.y1 < plot.y1) << name;
      // Between the two points of the curve around it.
      const auto& curve = drawn.curve();
      const auto after =
          std::find_if(curve.begin(), curve.end(), [&](Point p) { return p.x >= dot.center().x; });
      ASSERT_TRUE(after != curve.begin() && after != curve.end()) << name;
      const Point p = *(after - 1), q = *after;
      const float y = p.y + (q.y - p.y) * (dot.center().x - p.x) / (q.x - p.x);
      EXPECT_NEAR(dot.center().y, y, 0.5) << name;
    }
  }
}

TEST(ActivationPicture, TheZAxisIsSymmetricAndNeverTooShort) {
  for (const double z : {0.01, 3.0, 400.0}) {
    const Drawn drawn("relu", {z, -z}, std::nullopt);
    const auto dots = drawn.dots(drawn.palette.text);
    ASSERT_EQ(dots.size(), 2U);
    const float middle = drawn.plot().center().x;
    EXPECT_NEAR(dots[0].center().x - middle, middle - dots[1].center().x, 1e-2);
  }
  const Drawn small("relu", {0.01}, std::nullopt);
  EXPECT_NE(small.canvas.find_text("−2"), nullptr);
  EXPECT_EQ(small.canvas.find_text("−3"), nullptr);
}

TEST(ActivationPicture, AKinkIsACornerAtZero) {
  const Drawn drawn("relu", {1.1}, std::nullopt);
  const auto& curve = drawn.curve();
  const auto corner = std::find_if(curve.begin(), curve.end(), [&](Point p) {
    return std::abs(p.x - drawn.plot().center().x) < 1e-3F;
  });
  ASSERT_NE(corner, curve.end());
  for (auto p = curve.begin(); p <= corner; ++p)
    EXPECT_FLOAT_EQ(p->y, corner->y);
  EXPECT_LT((corner + 1)->y, corner->y);
}

TEST(ActivationPicture, LinesRunFromTheChosenDotToBothAxes) {
  const Drawn drawn("sigmoid", {0.52, -1.3}, 0);
  const auto lines = drawn.walk_lines(true);
  ASSERT_EQ(lines.size(), 2U);
  const Point dot = drawn.dots(drawn.palette.walk)[0].center();
  EXPECT_NEAR(lines[0][1].x, dot.x, 1e-3);
  EXPECT_EQ(lines[0][1].y, drawn.plot().y1);
  EXPECT_EQ(lines[1][1].x, drawn.plot().x0);
  EXPECT_NEAR(lines[1][1].y, dot.y, 1e-3);
}

TEST(ActivationPicture, SaysTheNumbersOfTheChosenNeuron) {
  const Drawn drawn("sigmoid", {-1.3, 0.52}, 1, true);
  const auto* z = drawn.canvas.find_text("z = +0.52");
  ASSERT_NE(z, nullptr);
  EXPECT_NE(drawn.canvas.find_text("a = 0.627"), nullptr);
  EXPECT_NE(drawn.canvas.find_text("σ′ = 0.2338"), nullptr);
  EXPECT_NEAR(z->box.center().x, drawn.dots(drawn.palette.walk)[0].center().x, 1);
  const Drawn negative("tanh", {-0.2}, 0);
  EXPECT_NE(negative.canvas.find_text("z = −0.2"), nullptr);
  EXPECT_NE(negative.canvas.find_text("a = −0.197"), nullptr);
  EXPECT_EQ(negative.canvas.find_text("σ′ = 0.961"), nullptr);  // no tangents
}

TEST(ActivationPicture, NamesItsAxesWhereNoneIsChosen) {
  const Drawn drawn("sigmoid", {0.52}, std::nullopt, true);
  EXPECT_NE(drawn.canvas.find_text("z"), nullptr);
  EXPECT_NE(drawn.canvas.find_text("a"), nullptr);
  EXPECT_EQ(drawn.canvas.find_text("σ′"), nullptr);
  EXPECT_TRUE(drawn.walk_lines(true).empty());
  const Drawn gone("sigmoid", {0.52}, 7, true);
  EXPECT_TRUE(gone.dots(gone.palette.walk).empty());
}

TEST(ActivationPicture, NamesAreScriptText) {
  ActivationPicture picture;
  const double z[] = {0.52};
  picture.activation = find_activation("sigmoid");
  picture.z = z;
  picture.chosen = 0;
  picture.z_label = "z^[2]_1";
  RecordingCanvas canvas;
  draw_activation(canvas, page, picture, dark_palette());
  EXPECT_NE(canvas.find_text("[2]"), nullptr);
  EXPECT_NE(canvas.find_text(" = +0.52"), nullptr);
}

TEST(ActivationPicture, TangentsTouchTheCurve) {
  const Drawn drawn("sigmoid", {1.0, -1.3}, 0, true);
  const auto tangents = drawn.walk_lines(false);
  ASSERT_EQ(tangents.size(), 2U);
  const auto& strong = tangents.back();
  const Point dot = drawn.dots(drawn.palette.walk)[0].center();
  EXPECT_NEAR((strong[0].x + strong[1].x) / 2, dot.x, 1e-3);
  EXPECT_NEAR((strong[0].y + strong[1].y) / 2, dot.y, 1e-3);
  // As steep as the curve around it.
  const auto& curve = drawn.curve();
  const auto after = std::find_if(curve.begin(), curve.end(), [&](Point p) { return p.x > dot.x; });
  const Point p = *(after - 2), q = *(after + 1);
  const float steep = (q.y - p.y) / (q.x - p.x);
  EXPECT_NEAR((strong[1].y - strong[0].y) / (strong[1].x - strong[0].x), steep,
              0.02 * std::abs(steep));
  // The others are shorter and fainter.
  EXPECT_GT(strong[1].x - strong[0].x, tangents[0][1].x - tangents[0][0].x);
}

TEST(ActivationPicture, AtAKinkTheSlopeIsTheOneThatIsComputedWith) {
  const Drawn drawn("relu", {0.0, 1.0}, 0, true);
  EXPECT_NE(drawn.canvas.find_text("σ′ = 0"), nullptr);
  const auto strong = drawn.walk_lines(false).back();
  EXPECT_EQ(strong[0].y, strong[1].y);
  EXPECT_NE(Drawn("leaky_relu", {0.0}, 0, true).canvas.find_text("σ′ = 0.01"), nullptr);
}

TEST(ActivationPicture, CoversEveryNumberForALecturer) {
  for (const char* name : {"sigmoid", "softmax"}) {
    const Drawn drawn(name, {0.52, -1.3}, 0, true, true);
    EXPECT_NE(drawn.canvas.find_text("z = ?"), nullptr) << name;
    EXPECT_NE(drawn.canvas.find_text("a = ?"), nullptr) << name;
    for (const auto& text : drawn.canvas.texts) {
      const bool names_a_bar = text.box.y0 > drawn.plot().y1 && text.utf8.size() == 1;
      EXPECT_TRUE(names_a_bar || text.utf8.find_first_of("0123456789") == std::string::npos)
          << name << ": " << text.utf8;
    }
  }
  EXPECT_NE(Drawn("tanh", {1.0}, 0, true, true).canvas.find_text("σ′ = ?"), nullptr);
}

TEST(ActivationPicture, SoftmaxIsBarsOfItsOutputs) {
  const Drawn drawn("softmax", {0.0, std::log(2.0), std::log(5.0)}, 2);
  std::vector<Rect> bars;
  for (const auto& r : drawn.canvas.rects) {
    if (r.rect.y1 == drawn.plot().y1 && !(r.rect == drawn.plot())) bars.push_back(r.rect);
  }
  ASSERT_EQ(bars.size(), 3U);
  EXPECT_NEAR(bars[1].height(), 2 * bars[0].height(), 0.01);
  EXPECT_NEAR(bars[2].height(), 5 * bars[0].height(), 0.01);
  EXPECT_EQ(drawn.canvas.rects.back().color, drawn.palette.walk);
  EXPECT_NE(drawn.canvas.find_text("a = 0.625"), nullptr);
  EXPECT_NE(drawn.canvas.find_text("z = +1.61"), nullptr);
  EXPECT_TRUE(drawn.canvas.circles.empty());
}

TEST(ActivationPicture, ManyBarsAreNumberedWhereThereIsRoom) {
  const Drawn drawn("softmax", std::vector<double>(40, 0.5), 2);
  std::vector<Rect> numbers;
  for (const auto& text : drawn.canvas.texts) {
    if (text.box.y0 > drawn.plot().y1) numbers.push_back(text.box);
  }
  EXPECT_GT(numbers.size(), 10U);
  EXPECT_LT(numbers.size(), 40U);
  for (std::size_t i = 1; i < numbers.size(); ++i)
    EXPECT_GT(numbers[i].x0, numbers[i - 1].x1);
}

TEST(ActivationPicture, SurvivesWhatIsNotFiniteOrNotThere) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (const Activation& activation : activations()) {
    const Drawn drawn(activation.name.data(), {NAN, infinite, 1}, 0, true);
    EXPECT_NE(drawn.canvas.find_text("z = NaN"), nullptr) << activation.name;
    EXPECT_TRUE(drawn.dots(drawn.palette.walk).empty()) << activation.name;
    EXPECT_EQ(drawn.canvas.clip_depth, 0);
    for (const auto& line : drawn.canvas.lines) {
      for (const Point p : line.points)
        EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y)) << activation.name;
    }
    EXPECT_EQ(Drawn(activation.name.data(), {}, 0).canvas.calls(), 0U);
  }
  RecordingCanvas canvas;
  draw_activation(canvas, page, {}, dark_palette());
  EXPECT_EQ(canvas.calls(), 0U);
}

class ActivationPictureSizes : public testing::TestWithParam<std::pair<Rect, float>> {};
INSTANTIATE_TEST_SUITE_P(Sizes, ActivationPictureSizes,
                         testing::Values(std::pair{Rect{0, 0, 150, 120}, 1.0F},
                                         std::pair{Rect{0, 0, 180, 130}, 1.0F},
                                         std::pair{Rect{7, 9, 367, 269}, 2.0F},
                                         std::pair{Rect{0, 0, 320, 220}, 1.0F},
                                         std::pair{Rect{0, 0, 700, 500}, 1.0F}));

TEST_P(ActivationPictureSizes, NothingOverlaps) {
  const auto& [rect, scale] = GetParam();
  for (const Activation& activation : activations()) {
    for (const double z : {-2e5, -8.7e4, 8.7e3, -7.1, -1.3, 0.0, 0.52, 3.61, 19.05, 4e-7}) {
      const Drawn drawn(activation.name.data(), {z, -1.3, 0.9}, 0, true, false, rect, scale);
      const auto& texts = drawn.canvas.texts;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const Rect& b = texts[i].box;
        EXPECT_TRUE(b.x0 >= rect.x0 && b.x1 <= rect.x1 && b.y0 >= rect.y0 && b.y1 <= rect.y1)
            << activation.name << " " << z << ": " << texts[i].utf8;
        const auto overlap = [&b](const Rect& other) {
          return b.x0 < other.x1 && other.x0 < b.x1 && b.y0 < other.y1 && other.y0 < b.y1;
        };
        EXPECT_FALSE(overlap(drawn.plot())) << activation.name << " " << z << texts[i].utf8;
        for (std::size_t j = 0; j < i; ++j) {
          EXPECT_FALSE(overlap(texts[j].box))
              << activation.name << " " << z << ": " << texts[i].utf8 << " and " << texts[j].utf8;
        }
      }
    }
  }
}

TEST_P(ActivationPictureSizes, ThePlotKeepsHalfOfTheRoom) {
  const auto& [rect, scale] = GetParam();
  const Rect plot = Drawn("tanh", {0.52}, 0, true, false, rect, scale).plot();
  EXPECT_GE(plot.width() * plot.height(), 0.5F * rect.width() * rect.height());
}

}  // namespace
}  // namespace deltascope::picture
