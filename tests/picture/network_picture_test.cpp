#include "support/recording_canvas.hpp"

#include <deltascope/picture/network_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

Architecture network(const std::vector<Index>& sizes) {
  const std::vector<const Activation*> activations(sizes.size() - 1, find_activation("sigmoid"));
  return {sizes, activations};
}

const Rect page{0, 0, 600, 400};

SampleTrace sample_of(const Architecture& architecture) {
  SampleTrace sample;
  sample.x.assign(static_cast<std::size_t>(architecture.inputs()), 0.3);
  for (Index layer = 0; layer < architecture.layers(); ++layer) {
    const auto n = static_cast<std::size_t>(architecture.fan_out(layer));
    sample.z.emplace_back(n, 0.1);
    sample.a.emplace_back(n, 0.52);
    sample.delta.emplace_back(n, -0.04);
  }
  return sample;
}

class NetworkLayoutTest : public testing::TestWithParam<std::pair<std::vector<Index>, Rect>> {};
INSTANTIATE_TEST_SUITE_P(
    Sizes, NetworkLayoutTest,
    testing::Values(std::pair{std::vector<Index>{2, 2, 3, 2}, Rect{0, 0, 420, 400}},
                    std::pair{std::vector<Index>{2, 2, 3, 2}, Rect{30, 40, 930, 640}},
                    std::pair{std::vector<Index>{2, 8, 8, 8, 8, 2}, Rect{0, 0, 420, 400}},
                    std::pair{std::vector<Index>{2, 8, 8, 8, 8, 2}, Rect{0, 0, 900, 600}},
                    std::pair{std::vector<Index>{2, 1}, Rect{0, 0, 420, 400}},
                    std::pair{std::vector<Index>{5, 40, 3}, Rect{0, 0, 500, 400}}));

TEST_P(NetworkLayoutTest, BoxesAreLegibleInsideAndApart) {
  const auto& [sizes, rect] = GetParam();
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, rect, network(sizes));
  ASSERT_EQ(layout.neurons.size(), sizes.size());
  std::vector<Rect> boxes;
  for (std::size_t layer = 0; layer < sizes.size(); ++layer) {
    const auto shown = static_cast<Index>(layout.neurons[layer].size());
    EXPECT_EQ(shown + layout.hidden_count[layer], sizes[layer]);
    boxes.insert(boxes.end(), layout.neurons[layer].begin(), layout.neurons[layer].end());
    if (layout.hidden_count[layer] > 0) boxes.push_back(layout.more[layer]);
  }
  for (const Rect& box : boxes) {
    EXPECT_GE(box.width(), 22);
    EXPECT_EQ(box.width(), box.height());
    EXPECT_GE(box.x0, rect.x0 + 20);                                      // room for x_1
    EXPECT_LE(box.x1, rect.x1 - 30);                                      // and for δ
    EXPECT_GE(box.y0, rect.y0 + 18);                                      // titles
    EXPECT_LE(box.y1 + (layout.values_beside ? 0 : 12), rect.y1 + 0.5F);  // a underneath
  }
  const float least = layout.values_beside ? 2 : 12;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart = boxes[i].x0 >= boxes[j].x1 || boxes[j].x0 >= boxes[i].x1 ||
                         boxes[i].y0 >= boxes[j].y1 + least || boxes[j].y0 >= boxes[i].y1 + least;
      EXPECT_TRUE(apart) << i << " and " << j;
    }
  }
}

TEST(NetworkLayout, ColumnsAreEvenlySpacedAndCentred) {
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, page, network({2, 2, 3, 2}));
  // Columns share the width; right of the outputs is room for ten letters.
  EXPECT_EQ(layout.neurons[0][0].x0, 32);
  EXPECT_EQ(layout.neurons[3][0].x1, 600 - 10 * 6 - 8);
  const float pitch = layout.neurons[1][0].x0 - layout.neurons[0][0].x0;
  EXPECT_NEAR(layout.neurons[2][0].x0 - layout.neurons[1][0].x0, pitch, 1);  // whole pixels
  const float middle = (layout.neurons[2][0].y0 + layout.neurons[2][2].y1) / 2;
  EXPECT_NEAR(middle, (layout.neurons[0][0].y0 + layout.neurons[0][1].y1) / 2, 1);
}

TEST(NetworkLayout, BoxesGrowWithThePanelAndShrinkBeforeNeuronsAreCut) {
  RecordingCanvas canvas;
  const auto layout = [&](float height, Index neurons) {
    return layout_network(canvas, {0, 0, 900, height}, network({2, neurons, 2}));
  };
  EXPECT_EQ(layout(900, 3).neurons[1][0].width(), 84);
  EXPECT_FALSE(layout(900, 3).values_beside);
  const NetworkLayout tight = layout(250, 8);
  EXPECT_EQ(tight.neurons[1].size(), 8U);
  EXPECT_EQ(tight.hidden_count[1], 0);
  EXPECT_TRUE(tight.values_beside);
  EXPECT_GT(layout(150, 8).hidden_count[1], 0);
}

TEST(NetworkLayout, TitlesShrinkWithTheColumns) {
  RecordingCanvas canvas;
  const auto titles = [&](const Rect& rect, const std::vector<Index>& sizes) {
    return layout_network(canvas, rect, network(sizes)).titles[1];
  };
  const std::string label(find_activation("sigmoid")->label);
  EXPECT_EQ(titles({0, 0, 1200, 600}, {2, 2, 3, 2}),
            (std::vector<std::string>{"Layer 2 · 2 " + label}));
  EXPECT_EQ(titles({0, 0, 520, 400}, {2, 2, 3, 2}),
            (std::vector<std::string>{"Layer 2", "2 " + label}));
  EXPECT_EQ(titles({0, 0, 330, 400}, {2, 8, 8, 8, 8, 2}), (std::vector<std::string>{"[2]", "8"}));
}

TEST(NetworkLayout, TitlesCountLayersAsThePaperDoes) {
  RecordingCanvas canvas;
  const auto titles = layout_network(canvas, {0, 0, 1200, 600}, network({2, 2, 3, 2})).titles;
  const std::string label(find_activation("sigmoid")->label);
  EXPECT_EQ(titles.front(), (std::vector<std::string>{"Layer 1 · input"}));
  EXPECT_EQ(titles[2], (std::vector<std::string>{"Layer 3 · 3 " + label}));
  EXPECT_EQ(titles.back(), (std::vector<std::string>{"Layer 4 · output, 2 " + label}));
}

TEST(NetworkLayout, FindsNeuronsAndWeightsUnderTheMouse) {
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, page, network({2, 2, 3, 2}));
  for (std::size_t layer = 0; layer < layout.neurons.size(); ++layer) {
    for (std::size_t j = 0; j < layout.neurons[layer].size(); ++j) {
      const NeuronId id{static_cast<Index>(layer), static_cast<Index>(j)};
      EXPECT_EQ(layout.neuron_at(layout.neurons[layer][j].center()), id);
    }
  }
  EXPECT_EQ(layout.neuron_at({1, 1}), std::nullopt);
  // Near its ends curves meet; at a third of the way each is alone.
  for (Index to = 0; to < 3; ++to) {
    for (Index from = 0; from < 2; ++from) {
      const WeightId id{1, to, from};
      const auto curve = edge_curve(layout, id);
      ASSERT_TRUE(curve);
      const Point on = curve->at(0.3F);
      EXPECT_EQ(layout.weight_at({on.x, on.y + 0.5F}, 4), id);
    }
  }
  EXPECT_EQ(layout.weight_at({layout.neurons[0][0].x1 + 40, 5}, 4), std::nullopt);
  EXPECT_EQ(edge_curve(layout, {1, 7, 0}), std::nullopt);
}

TEST(NetworkPicture, DrawsEachWeightBySignAndSize) {
  const Architecture architecture = network({2, 2});
  const std::vector<double> parameters{1.0, -0.5, 0.25, -2.0, 0, 0};
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.parameters = parameters;
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, page, architecture);
  draw_network(canvas, layout, picture, dark_palette());
  ASSERT_EQ(canvas.curves.size(), 4U);
  // The smallest first, the largest on top.
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_GT(canvas.curves[i].stroke.width_px, canvas.curves[i - 1].stroke.width_px);
    EXPECT_GT(canvas.curves[i].stroke.color.a, canvas.curves[i - 1].stroke.color.a);
  }
  for (const auto& curve : canvas.curves) {
    const bool blue = curve.stroke.color.b == dark_palette().positive.b;
    EXPECT_EQ(blue, curve.stroke.dash_px == 0);  // negative is dashed
  }
  const Rect& last = layout.neurons[1][1];
  EXPECT_EQ(canvas.curves[3].points[3], (Point{last.x0, last.center().y}));
}

TEST(NetworkPicture, SurvivesWeightsThatAreNotFinite) {
  const Architecture architecture = network({2, 1});
  const std::vector<double> parameters{NAN, INFINITY, 0};
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.parameters = parameters;
  RecordingCanvas canvas;
  draw_network(canvas, layout_network(canvas, page, architecture), picture, dark_palette());
  ASSERT_EQ(canvas.curves.size(), 2U);
  EXPECT_EQ(canvas.curves[0].stroke.color, dark_palette().warning);
}

TEST(NetworkPicture, WritesActivationAndDeltaOfTheSample) {
  const Architecture architecture = network({2, 3, 1});
  const std::vector<double> parameters(static_cast<std::size_t>(architecture.parameters()), 0.1);
  const SampleTrace sample = sample_of(architecture);
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.parameters = parameters;
  picture.sample = &sample;
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, page, architecture);
  draw_network(canvas, layout, picture, dark_palette());
  const auto count = [&](std::string_view text) {
    return std::count_if(canvas.texts.begin(), canvas.texts.end(),
                         [text](const auto& t) { return t.utf8 == text; });
  };
  EXPECT_EQ(count("+0.30"), 2);
  EXPECT_EQ(count("+0.52"), 4);
  EXPECT_EQ(count("δ -0.0400"), 4);
  const auto* delta = canvas.find_text("δ -0.0400");
  EXPECT_EQ(delta->color, dark_palette().delta);
  EXPECT_GE(delta->box.x0, layout.neurons[1][0].x1);
}

TEST(NetworkPicture, IgnoresASampleOfAnotherNetwork) {
  const Architecture architecture = network({2, 3, 1});
  const SampleTrace other = sample_of(network({2, 1}));
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.sample = &other;
  RecordingCanvas canvas;
  draw_network(canvas, layout_network(canvas, page, architecture), picture, dark_palette());
  EXPECT_TRUE(canvas.curves.empty());  // no parameters, no edges
  EXPECT_EQ(canvas.find_text("+0.52"), nullptr);
}

TEST(NetworkPicture, ReadsOutWhatTheMouseAsksFor) {
  const Architecture architecture = network({2, 2});
  const std::vector<double> parameters{1.0, -0.5, 0.431, -2.0, 0.125, -0.75};
  const std::vector<double> gradient{0.1, 0.2, -0.0123456789, 0.3, 0.4, 5e-7};
  const SampleTrace sample = sample_of(architecture);
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.parameters = parameters;
  picture.sample = &sample;
  picture.hovered_weight = WeightId{0, 1, 0};
  RecordingCanvas weight;
  draw_network(weight, layout_network(weight, page, architecture), picture, dark_palette());
  EXPECT_NE(weight.find_text(" = +0.431000"), nullptr);
  EXPECT_NE(weight.find_text("[2]"), nullptr);  // the first weight matrix
  EXPECT_NE(weight.find_text("21"), nullptr);
  EXPECT_EQ(weight.find_text("∂Cost/∂w"), nullptr);  // not known
  picture.gradient = gradient;
  RecordingCanvas both;
  draw_network(both, layout_network(both, page, architecture), picture, dark_palette());
  EXPECT_NE(both.find_text("∂Cost/∂w"), nullptr);
  EXPECT_NE(both.find_text(" = -0.0123457"), nullptr);
  picture.hovered_weight.reset();
  picture.hovered_neuron = NeuronId{1, 1};
  RecordingCanvas neuron;
  draw_network(neuron, layout_network(neuron, page, architecture), picture, dark_palette());
  for (const char* text : {"z", "a", "δ", "b", "∂Cost/∂b", " = +0.100000", " = +0.520000",
                           " = -0.0400000", " = -0.750000", " = +5.00000e-7"})
    EXPECT_NE(neuron.find_text(text), nullptr) << text;
  for (const auto& text : neuron.texts) {
    EXPECT_TRUE(text.box.x0 >= page.x0 && text.box.x1 <= page.x1) << text.utf8;
  }
}

TEST(NetworkPicture, ANotationRenamesAndChangesNoNumber) {
  const Architecture architecture = network({2, 3, 2});
  std::vector<double> parameters(static_cast<std::size_t>(architecture.parameters()), 0.25);
  const SampleTrace sample = sample_of(architecture);
  const auto drawn = [&](const walk::Notation& notation, bool weight) {
    NetworkPicture picture;
    picture.architecture = &architecture;
    picture.parameters = picture.gradient = parameters;
    picture.sample = &sample;
    picture.notation = &notation;
    if (weight) picture.hovered_weight = WeightId{1, 1, 2};
    if (!weight) picture.hovered_neuron = NeuronId{2, 1};
    RecordingCanvas canvas;
    draw_network(canvas, layout_network(canvas, {0, 0, 900, 600}, architecture, notation), picture,
                 dark_palette());
    return canvas;
  };
  // All that has a decimal point, without the letter in front of it.
  const auto numbers = [](const RecordingCanvas& canvas) {
    std::vector<std::string> found;
    for (const auto& text : canvas.texts) {
      if (text.utf8.find('.') == std::string::npos) continue;
      found.push_back(text.utf8.substr(text.utf8.find_first_of("+-0123456789")));
    }
    return found;
  };
  struct Expected {
    const char *notation, *input, *weight, *of_weight, *slope_of_weight, *of_neuron, *delta;
  };
  for (const Expected& row :
       {Expected{"higham", "Layer 1 · input", "w", "[3]", "∂Cost/∂w", "[3]", "δ -0.0400"},
        Expected{"ng", "Layer 0 · input", "w", "[2]", "dw", "[2]", "dz -0.0400"},
        Expected{"zhujian", "Layer 0 · input", "W", "(2)", "∂J/∂W", "(2)", "δ -0.0400"},
        Expected{"ufldl", "Layer 1 · input", "W", "(2)", "∂J/∂W", "(3)", "δ -0.0400"}}) {
    const walk::Notation& notation = *walk::find_notation(row.notation);
    const RecordingCanvas weight = drawn(notation, true), neuron = drawn(notation, false);
    for (const char* text : {row.input, row.weight, row.of_weight, row.slope_of_weight, row.delta})
      EXPECT_NE(weight.find_text(text), nullptr) << row.notation << ": " << text;
    EXPECT_NE(neuron.find_text(row.of_neuron), nullptr) << row.notation;
    EXPECT_EQ(numbers(weight), numbers(drawn(walk::notations().front(), true))) << row.notation;
    EXPECT_EQ(numbers(neuron), numbers(drawn(walk::notations().front(), false))) << row.notation;
  }
}

TEST(NetworkPicture, TheReadOutLeavesTheNumbersOfTheNetworkReadable) {
  const Architecture architecture = network({2, 2});
  const std::vector<double> parameters(6, 0.5);
  const SampleTrace sample = sample_of(architecture);
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.parameters = parameters;
  picture.gradient = parameters;
  picture.sample = &sample;
  picture.hovered_neuron = NeuronId{1, 0};
  RecordingCanvas canvas;
  draw_network(canvas, layout_network(canvas, page, architecture), picture, dark_palette());
  ASSERT_FALSE(canvas.rects.empty());
  const Rect card = canvas.rects.back().rect;  // drawn last
  int outside = 0;
  for (const auto& text : canvas.texts) {
    if (text.font != Font::mono_small) continue;
    const bool apart = text.box.x0 >= card.x1 || text.box.x1 <= card.x0 || text.box.y0 >= card.y1 ||
                       text.box.y1 <= card.y0;
    EXPECT_TRUE(apart) << text.utf8;
    ++outside;
  }
  EXPECT_EQ(outside, 6);  // four a, two δ
}

TEST(NetworkPicture, GivesEveryNeuronItsOwnHeatMap) {
  const Architecture architecture = network({2, 2, 1});
  const GridMap map{2, 2, {0, 1, 0, 1}};
  const DecisionGrid grid{{0, 1, 0, 1}, {{map, map}, {map}}};
  NetworkPicture picture;
  picture.architecture = &architecture;
  picture.grid = &grid;
  picture.grid_revision = 3;
  RecordingCanvas canvas;
  const NetworkLayout layout = layout_network(canvas, page, architecture);
  draw_network(canvas, layout, picture, dark_palette());
  ASSERT_EQ(canvas.images.size(), 5U);
  std::vector<std::uint64_t> keys;
  for (const auto& image : canvas.images)
    keys.push_back(image.key);
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
  EXPECT_EQ(canvas.images[2].rect, layout.neurons[1][0]);
  EXPECT_EQ(canvas.images[2].pixels[0], dark_palette().negative);
  EXPECT_EQ(canvas.images[2].pixels[1], dark_palette().positive);
}

}  // namespace
}  // namespace deltascope::picture
