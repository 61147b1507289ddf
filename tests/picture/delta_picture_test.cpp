#include "support/recording_canvas.hpp"

#include <deltascope/picture/delta_picture.hpp>
#include <deltascope/picture/script_text.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

struct Step {
  explicit Step(const std::vector<Index>& sizes, Index samples)
      : architecture(sizes,
                     std::vector<const Activation*>(sizes.size() - 1, find_activation("sigmoid"))) {
    for (Index i = 0; i < samples; ++i)
      trace.samples.push_back(static_cast<std::uint32_t>(i));
    for (std::size_t l = 1; l < sizes.size(); ++l) {
      Matrix delta(sizes[l], samples);
      for (Index k = 0; k < delta.size(); ++k) {
        delta.values()[static_cast<std::size_t>(k)] =
            0.1 * static_cast<double>(l) + 0.01 * static_cast<double>(k);
      }
      trace.delta.push_back(std::move(delta));
    }
    picture.architecture = &architecture;
    picture.trace = &trace;
  }
  Architecture architecture;
  StepTrace trace;
  DeltaPicture picture;
};

TEST(DeltaPicture, EveryCellIsFoundWhereItIsDrawn) {
  for (const float width : {300.0F, 700.0F, 1500.0F}) {
    const Step step({2, 2, 3, 2}, 10);
    RecordingCanvas canvas;
    const Rect rect{15, 25, 15 + width, 25 + delta_height(canvas, width, step.picture)};
    draw_delta(canvas, rect, step.picture, dark_palette());
    ASSERT_EQ(canvas.rects.size(), 70U);
    std::size_t next = 0;
    for (Index layer = 0; layer < 3; ++layer) {
      const Matrix& delta = step.trace.delta[static_cast<std::size_t>(layer)];
      for (Index row = 0; row < delta.rows(); ++row) {
        for (Index column = 0; column < 10; ++column) {
          const Rect& drawn = canvas.rects[next++].rect;
          EXPECT_LE(drawn.x1, rect.x1 + 1);
          EXPECT_LE(drawn.y1, rect.y1 + 1);
          const auto cell = delta_cell_at(canvas, rect, step.picture, drawn.center());
          ASSERT_TRUE(cell) << layer << row << column;
          EXPECT_EQ(cell->layer, layer);
          EXPECT_EQ(cell->neuron, row);
          EXPECT_EQ(cell->column, column);
          EXPECT_EQ(cell->value, delta(row, column));
        }
      }
    }
    EXPECT_EQ(delta_cell_at(canvas, rect, step.picture, {0, 0}), std::nullopt);
  }
}

TEST(DeltaPicture, WritesNumbersOnlyWhereTheyFit) {
  const Step step({2, 2, 3, 2}, 10);
  RecordingCanvas wide, narrow;
  draw_delta(wide, {0, 0, 1500, 300}, step.picture, dark_palette());
  draw_delta(narrow, {0, 0, 300, 300}, step.picture, dark_palette());
  EXPECT_NE(wide.find_text("+0.100"), nullptr);
  EXPECT_EQ(narrow.find_text("+0.100"), nullptr);
}

TEST(DeltaPicture, NamesLayersAsThePaperDoesAndTellsTheScale) {
  const Step step({2, 2, 3, 2}, 1);
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(canvas.find_text("[2]"), nullptr);
  EXPECT_NE(canvas.find_text("[4]"), nullptr);
  EXPECT_EQ(canvas.find_text("[5]"), nullptr);
  EXPECT_NE(canvas.find_text(" = ∂C"), nullptr);
  EXPECT_NE(canvas.find_text("x"), nullptr);
  EXPECT_NE(canvas.find_text("/∂z"), nullptr);
  EXPECT_NE(canvas.find_text("colours: ± 0.31"), nullptr);  // the largest of the last layer
}

TEST(DeltaPicture, NamesDeltaAsItsTextDoes) {
  Step step({2, 2, 3, 2}, 1);
  step.picture.notation = walk::find_notation("ng");
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(canvas.find_text("dz"), nullptr);
  EXPECT_EQ(canvas.find_text("δ"), nullptr);
  EXPECT_NE(canvas.find_text("[1]"), nullptr);
  EXPECT_EQ(canvas.find_text("[4]"), nullptr);
  EXPECT_NE(canvas.find_text(" = ∂L/∂z"), nullptr);
}

TEST(DeltaPicture, WritesTheCellsOfALayerInOneUnit) {
  Step step({2, 3, 1}, 2);
  auto inner = step.trace.delta[0].values();
  const double values[] = {-9.42e-3, 3.5e-4, 1e-3, 0, -8e-7, 9.4e-3};
  std::copy(std::begin(values), std::end(values), inner.begin());
  step.trace.delta[1](0, 0) = 0.346;
  step.trace.delta[1](0, 1) = -0.5;
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  for (const char* text : {"-9.420", "+0.350", "+1.000", "0.000", "-0.001", "+9.400", "-0.500"})
    EXPECT_NE(canvas.find_text(text), nullptr) << text;
  const auto units = std::count_if(canvas.texts.begin(), canvas.texts.end(),
                                   [](const auto& t) { return t.utf8 == "× 10"; });
  EXPECT_EQ(units, 1);  // the output layer needs none
  EXPECT_NE(canvas.find_text("-3"), nullptr);
}

TEST(DeltaPicture, RoundingNeverMakesANumberLonger) {
  Step step({2, 1}, 2);
  step.trace.delta[0](0, 0) = 9.9996;
  step.trace.delta[0](0, 1) = -5;
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(canvas.find_text("+1.000"), nullptr);
  EXPECT_NE(canvas.find_text("-0.500"), nullptr);
  EXPECT_NE(canvas.find_text("× 10"), nullptr);
}

TEST(DeltaPicture, SaysWhichPartOfALargerBatchItShows) {
  Step step({2, 1}, 3);
  step.trace.batch_size = 3;
  RecordingCanvas all;
  draw_delta(all, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_EQ(all.find_text("points 1–3 of 3"), nullptr);
  step.trace.batch_size = 91;
  RecordingCanvas first;
  draw_delta(first, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(first.find_text("points 1–3 of 91"), nullptr);
  step.trace.samples = {8, 1, 5};
  RecordingCanvas mixed;
  draw_delta(mixed, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(mixed.find_text("3 of the batch's 91 points"), nullptr);
}

TEST(DeltaPicture, FramesEveryColumnOfTheSelectedSample) {
  Step step({2, 2, 1}, 3);
  step.trace.samples = {7, 4, 7};
  step.picture.selected_sample = 7;
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_EQ(canvas.frames.size(), 4U);  // two columns in each of two layers
}

TEST(DeltaPicture, SaysSoWithoutATrace) {
  RecordingCanvas canvas;
  EXPECT_GT(delta_height(canvas, 300, {}), 0);
  draw_delta(canvas, {0, 0, 300, 100}, {}, dark_palette());
  EXPECT_EQ(canvas.texts.size(), 1U);
  EXPECT_EQ(delta_cell_at(canvas, {0, 0, 300, 100}, {}, {5, 5}), std::nullopt);
  const Step none({2, 1}, 0);
  draw_delta(canvas, {0, 0, 300, 100}, none.picture, dark_palette());
  EXPECT_EQ(canvas.texts.size(), 2U);
}

/// The cells of which a frame of the walk holds the centre.
std::vector<DeltaCell> outlined(const Step& step, const DeltaFocus& focus) {
  DeltaPicture picture = step.picture;
  picture.focus = focus;
  RecordingCanvas canvas;
  const Rect rect{15, 25, 915, 225};
  draw_delta(canvas, rect, picture, dark_palette());
  std::vector<DeltaCell> cells;
  for (const auto& frame : canvas.frames) {
    if (!(frame.stroke.color == dark_palette().walk)) continue;
    const Rect inside{frame.points[0].x, frame.points[0].y, frame.points[1].x, frame.points[1].y};
    for (const auto& drawn : canvas.rects) {
      if (!inside.contains(drawn.rect.center())) continue;
      const auto cell = delta_cell_at(canvas, rect, picture, drawn.rect.center());
      if (cell) cells.push_back(*cell);
    }
  }
  return cells;
}

TEST(DeltaPicture, OutlinesTheCellsThatTheFocusNames) {
  const Step step({2, 2, 3, 2}, 5);
  const auto one = outlined(step, {1, 2, 3});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].layer, 1);
  EXPECT_EQ(one[0].neuron, 2);
  EXPECT_EQ(one[0].column, 3);
  const auto row = outlined(step, {1, 2, std::nullopt});
  ASSERT_EQ(row.size(), 5U);
  for (const DeltaCell& cell : row)
    EXPECT_TRUE(cell.layer == 1 && cell.neuron == 2);
  const auto column = outlined(step, {std::nullopt, std::nullopt, 4});
  ASSERT_EQ(column.size(), 7U);  // of every layer
  for (const DeltaCell& cell : column)
    EXPECT_EQ(cell.column, 4);
  EXPECT_EQ(outlined(step, {2, std::nullopt, std::nullopt}).size(), 10U);
}

TEST(DeltaPicture, IgnoresAFocusThatIsGone) {
  Step step({2, 2, 1}, 3);
  const DeltaFocus gone[] = {
      {5, std::nullopt, std::nullopt}, {0, 2, std::nullopt}, {0, 1, 3}, {0, -1, 0}};
  for (const DeltaFocus& focus : gone) {
    step.picture.focus = focus;
    RecordingCanvas canvas;
    draw_delta(canvas, {0, 0, 900, 200}, step.picture, dark_palette());
    EXPECT_TRUE(canvas.frames.empty()) << *focus.layer;
  }
}

TEST(DeltaPicture, CoversEveryNumberForALecturer) {
  Step step({2, 2, 1}, 3);
  for (double& value : step.trace.delta[0].values())
    value *= 1e-3;  // so that a power of ten would stand above them
  step.picture.blank = true;
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  const auto covered = std::count_if(canvas.texts.begin(), canvas.texts.end(),
                                     [](const auto& text) { return text.utf8 == "?"; });
  EXPECT_EQ(covered, 9);
  EXPECT_NE(canvas.find_text("colours: ± ?"), nullptr);
  for (const auto& text : canvas.texts) {
    EXPECT_EQ(text.utf8.find_first_of("+.×"), std::string::npos) << text.utf8;
  }
}

TEST(DeltaPicture, CutsVeryTallLayers) {
  const Step step({2, 500, 1}, 2);
  RecordingCanvas canvas;
  draw_delta(canvas, {0, 0, 900, 300}, step.picture, dark_palette());
  EXPECT_NE(canvas.find_text("+436 more neurons"), nullptr);
  EXPECT_LT(canvas.rects.size(), 200U);
}

TEST(ScriptText, RaisesLowersAndStacks) {
  RecordingCanvas canvas;
  draw_script(canvas, {0, 0}, "w^[2]_{13}=x_1", Font::body, {});
  ASSERT_EQ(canvas.texts.size(), 5U);
  const auto& raised = *canvas.find_text("[2]");
  const auto& lowered = *canvas.find_text("13");
  EXPECT_EQ(raised.font, Font::script);
  EXPECT_EQ(raised.box.x0, lowered.box.x0);
  EXPECT_LT(raised.box.y0, 0);
  EXPECT_GT(lowered.box.y1, 16);
  EXPECT_EQ(canvas.texts[0].box.x1, raised.box.x0);
  EXPECT_EQ(canvas.find_text("=x")->box.x0, std::max(raised.box.x1, lowered.box.x1));
  EXPECT_EQ(measure_script(canvas, "w^[2]_{13}=x_1", Font::body).width, 8 + 15 + 16 + 5);
}

TEST(ScriptText, IsPlainWithoutScriptsAndSafeWhenCutShort) {
  RecordingCanvas canvas;
  for (const char* text : {"", "^", "a_", "b^{", "c^[2", "_^_^", "δ"}) {
    draw_script(canvas, {0, 0}, text, Font::body, {}, AlignX::right, AlignY::bottom);
  }
  EXPECT_NE(canvas.find_text("δ"), nullptr);
}

}  // namespace
}  // namespace deltascope::picture
