#include "support/recording_canvas.hpp"

#include <deltascope/picture/network_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{0, 0, 600, 400};

/// A small network with a sample and something lit: the lower hidden neuron and what runs into the
/// first output.
struct Walk {
  explicit Walk(std::vector<Index> sizes = {2, 2, 3}) {
    const std::vector<const Activation*> activations(sizes.size() - 1, find_activation("sigmoid"));
    net = {std::move(sizes), activations};
    for (Index i = 0; i < net.parameters(); ++i)
      parameters.push_back(i % 2 == 0 ? 0.5 : -0.25);
    sample.x.assign(static_cast<std::size_t>(net.inputs()), 0.3);
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const auto n = static_cast<std::size_t>(net.fan_out(layer));
      sample.z.emplace_back(n, 0.1);
      sample.a.emplace_back(n, 0.52);
      sample.delta.emplace_back(n, -0.04);
    }
    lights.neurons = {{1, 1}};
    lights.weights = {{1, 0, 0}, {1, 0, 1}};
    picture.architecture = &net;
    picture.parameters = parameters;
    picture.sample = &sample;
    picture.lights = &lights;
  }
  NetworkLayout layout() const {
    RecordingCanvas canvas;
    return layout_network(canvas, page, net);
  }
  RecordingCanvas drawn() const {
    RecordingCanvas canvas;
    draw_network(canvas, layout(), picture, palette);
    return canvas;
  }
  EdgeCurve edge(std::size_t i) const { return *edge_curve(layout(), lights.weights[i]); }

  const Palette& palette = dark_palette();
  Architecture net;
  std::vector<double> parameters;
  SampleTrace sample;
  NetworkLights lights;
  NetworkPicture picture;
};

/// Frames in the walk's colour, its fainter halo not counted.
std::vector<Rect> rings(const RecordingCanvas& canvas, Color color) {
  std::vector<Rect> found;
  for (const auto& frame : canvas.frames) {
    if (!(frame.stroke.color == color)) continue;
    found.push_back({frame.points[0].x, frame.points[0].y, frame.points[1].x, frame.points[1].y});
  }
  return found;
}

/// Where dots of the walk are.
std::vector<Point> dots(const RecordingCanvas& canvas, Color color) {
  std::vector<Point> found;
  for (const auto& circle : canvas.circles) {
    if (circle.color == color) found.push_back(circle.rect.center());
  }
  return found;
}

/// Arrow heads of the walk, the tip first.
std::vector<std::vector<Point>> heads(const RecordingCanvas& canvas, Color color) {
  std::vector<std::vector<Point>> found;
  for (const auto& polygon : canvas.polygons) {
    if (polygon.color == color) found.push_back(polygon.points);
  }
  return found;
}

/// A picture in a few numbers, enough to see that nothing changed.
std::vector<float> all_of(const RecordingCanvas& canvas) {
  std::vector<float> result{static_cast<float>(canvas.calls())};
  for (const auto* lines : {&canvas.curves, &canvas.frames, &canvas.lines}) {
    for (const auto& line : *lines) {
      result.insert(result.end(), {line.points[0].x, line.points[0].y, line.stroke.width_px,
                                   static_cast<float>(line.stroke.color.a)});
    }
  }
  for (const auto& text : canvas.texts)
    result.push_back(static_cast<float>(text.color.a) + text.box.x0);
  return result;
}

TEST(NetworkLights, RingWhatIsLitInsideItsBox) {
  const Walk walk;
  const RecordingCanvas canvas = walk.drawn();
  const auto found = rings(canvas, walk.palette.walk);
  ASSERT_EQ(found.size(), 1U);
  const Rect& box = walk.layout().neurons[1][1];
  EXPECT_EQ(found[0].center(), box.center());
  EXPECT_LT(found[0].width(), box.width());  // numbers and δ's ring are around it
  EXPECT_GT(found[0].width(), box.width() - 8);
}

TEST(NetworkLights, AreThickerThanTheRingOfDelta) {
  const Walk walk;
  float walked = 0, delta = 0;
  for (const auto& frame : walk.drawn().frames) {
    const Color color = frame.stroke.color;
    if (color == walk.palette.walk) walked = std::max(walked, frame.stroke.width_px);
    if (color.r == walk.palette.delta.r && color.g == walk.palette.delta.g)
      delta = std::max(delta, frame.stroke.width_px);
  }
  EXPECT_GT(delta, 0);
  EXPECT_GE(walked, 2 * delta);
}

TEST(NetworkLights, DimTheNumbersAndBoxesOfTheRest) {
  const Walk walk;
  const RecordingCanvas canvas = walk.drawn();
  const NetworkLayout layout = walk.layout();
  int bright = 0, dim = 0;
  for (const auto& text : canvas.texts) {
    if (text.utf8 != "+0.52" && text.utf8 != "δ -0.0400" && text.utf8 != "+0.30") continue;
    text.color.a == 255 ? ++bright : ++dim;
    if (text.color.a == 255) {
      EXPECT_NEAR(text.box.y0, layout.neurons[1][1].center().y, 60) << text.utf8;
    } else {
      EXPECT_NEAR(text.color.a, 0.45 * 255, 1);
    }
  }
  EXPECT_EQ(bright, 2);  // a and δ of the one
  EXPECT_EQ(dim, 10);
  for (std::size_t layer = 0; layer < layout.neurons.size(); ++layer) {
    for (std::size_t j = 0; j < layout.neurons[layer].size(); ++j) {
      const Rect& box = layout.neurons[layer][j];
      const bool veiled = std::any_of(canvas.rects.begin(), canvas.rects.end(), [&](const auto& r) {
        return r.rect.center() == box.center() && r.color == faded(walk.palette.panel, 0.55);
      });
      EXPECT_EQ(veiled, !(layer == 1 && j == 1)) << layer << ", " << j;
    }
  }
}

TEST(NetworkLights, BringTheirWeightsForwardAndKeepSigns) {
  const Walk walk;
  Walk without;
  without.picture.lights = nullptr;
  const RecordingCanvas lit = walk.drawn(), plain = without.drawn();
  ASSERT_EQ(lit.curves.size(), plain.curves.size());
  for (const auto& before : plain.curves) {
    const auto now = std::find_if(lit.curves.begin(), lit.curves.end(),
                                  [&](const auto& c) { return c.points == before.points; });
    ASSERT_NE(now, lit.curves.end());
    const bool is_lit = before.points[3] == walk.edge(0).to;
    if (is_lit) {
      EXPECT_EQ(now->stroke.color.a, 255);
      EXPECT_GT(now->stroke.width_px, before.stroke.width_px);
    } else {
      EXPECT_LT(now->stroke.color.a, 0.5 * before.stroke.color.a);
      EXPECT_EQ(now->stroke.width_px, before.stroke.width_px);
    }
    EXPECT_EQ(now->stroke.dash_px > 0, before.stroke.dash_px > 0);
    EXPECT_EQ(now->stroke.color.b, before.stroke.color.b);
  }
  // On top of the others.
  const auto last = lit.curves.end() - 2;
  EXPECT_EQ(last->points[3], walk.edge(0).to);
  EXPECT_EQ((last + 1)->points[3], walk.edge(0).to);
}

TEST(NetworkLights, LeaveAWholeBusyLayerItsDifferences) {
  Walk walk({2, 8, 8});
  walk.lights.weights.clear();
  for (Index to = 0; to < 8; ++to) {
    for (Index from = 0; from < 8; ++from)
      walk.lights.weights.push_back({1, to, from});
  }
  for (const auto& curve : walk.drawn().curves)
    EXPECT_LT(curve.stroke.color.a, 255);
}

TEST(NetworkLights, ThePulseRunsWithTheFlow) {
  Walk walk;
  for (const double pulse : {0.0, 0.25, 1.0}) {
    walk.lights.pulse = pulse;
    walk.lights.flow = walk::Flow::forward;
    const auto forward = dots(walk.drawn(), walk.palette.walk);
    walk.lights.flow = walk::Flow::backward;
    const auto backward = dots(walk.drawn(), walk.palette.walk);
    ASSERT_EQ(forward.size(), 2U);
    ASSERT_EQ(backward.size(), 2U);
    const auto t = static_cast<float>(pulse);
    for (const std::size_t i : {0U, 1U}) {
      const auto is = [](Point p) {
        return [p](Point q) { return std::hypot(p.x - q.x, p.y - q.y) < 1e-3F; };
      };
      EXPECT_TRUE(std::any_of(forward.begin(), forward.end(), is(walk.edge(i).at(t)))) << t;
      EXPECT_TRUE(std::any_of(backward.begin(), backward.end(), is(walk.edge(i).at(1 - t)))) << t;
    }
  }
  EXPECT_TRUE(walk.drawn().polygons.empty());
}

TEST(NetworkLights, APulseStaysOnItsEdge) {
  Walk walk;
  walk.lights.flow = walk::Flow::forward;
  walk.lights.pulse = 7;
  const auto found = dots(walk.drawn(), walk.palette.walk);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NEAR(found[0].x, walk.edge(0).to.x, 1e-3);
}

TEST(NetworkLights, ArrowHeadsShowTheWayInAStillPicture) {
  Walk walk;
  walk.lights.flow = walk::Flow::forward;
  const auto forward = heads(walk.drawn(), walk.palette.walk);
  ASSERT_EQ(forward.size(), 2U);
  for (const auto& head : forward) {
    EXPECT_GT(head[0].x, std::max(head[1].x, head[2].x));
    EXPECT_LT(head[0].x, walk.edge(0).to.x);
    EXPECT_GT(head[0].x, walk.edge(0).to.x - 10);
    EXPECT_GT(head[1].y, head[2].y);  // clockwise on screen
  }
  walk.lights.flow = walk::Flow::backward;
  const RecordingCanvas canvas = walk.drawn();
  const auto backward = heads(canvas, walk.palette.walk);
  ASSERT_EQ(backward.size(), 2U);
  for (const auto& head : backward) {
    EXPECT_LT(head[0].x, std::min(head[1].x, head[2].x));
    EXPECT_GT(head[0].x, walk.edge(0).from.x);
    EXPECT_LT(head[1].y, head[2].y);
  }
  walk.lights.flow = walk::Flow::none;
  EXPECT_TRUE(walk.drawn().polygons.empty());
}

TEST(NetworkLights, ArrowHeadsKeepClearOfTheNumbers) {
  // Large boxes, small ones, and a written beside them.
  for (const auto& sizes : {std::vector<Index>{2, 2, 3}, {2, 8, 8}, {2, 14, 14}}) {
    Walk walk(sizes);
    walk.lights.weights = {{1, 0, 0}};  // level, as neighbours above and below have the same place
    for (const auto flow : {walk::Flow::forward, walk::Flow::backward}) {
      walk.lights.flow = flow;
      const RecordingCanvas canvas = walk.drawn();
      const auto found = heads(canvas, walk.palette.walk);
      ASSERT_EQ(found.size(), 1U);
      for (const auto& text : canvas.texts) {
        const auto& b = text.box;
        for (const Point corner : found[0]) {
          EXPECT_FALSE(b.contains(corner)) << text.utf8 << " of " << sizes[1];
        }
      }
    }
  }
}

TEST(NetworkLights, ThatAreEmptyOrOfAnotherNetworkChangeNothing) {
  Walk walk;
  Walk without;
  without.picture.lights = nullptr;
  walk.lights = {};
  EXPECT_EQ(all_of(walk.drawn()), all_of(without.drawn()));
  walk.lights.neurons = {{7, 0}, {1, 2}, {-1, 0}, {0, -1}};
  walk.lights.weights = {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}, {-1, 0, 0}};
  EXPECT_EQ(all_of(walk.drawn()), all_of(without.drawn()));
}

TEST(NetworkLights, OfANeuronThatIsNotShownRingItsStandIn) {
  Walk walk({2, 60, 2});
  walk.lights.weights.clear();
  walk.lights.neurons = {{1, 59}};
  const NetworkLayout layout = walk.layout();
  ASSERT_GT(layout.hidden_count[1], 0);
  const auto found = rings(walk.drawn(), walk.palette.walk);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].center(), layout.more[1].center());
}

TEST(NetworkPicture, CoversWhatTheWalkHasNotComeTo) {
  Walk walk;
  walk.picture.lights = nullptr;
  walk.picture.covered = [](const walk::Quantity& quantity) {
    return quantity.kind == walk::Kind::delta && quantity.layer == 0;
  };
  const RecordingCanvas canvas = walk.drawn();
  const auto count = [&](std::string_view wanted) {
    return std::count_if(canvas.texts.begin(), canvas.texts.end(),
                         [&](const auto& text) { return text.utf8 == wanted; });
  };
  EXPECT_EQ(count("δ ?"), 2);
  EXPECT_EQ(count("?"), 0);
}

TEST(NetworkPicture, CoversEveryNumberForALecturer) {
  Walk walk;
  walk.picture.lights = nullptr;
  walk.picture.gradient = walk.parameters;
  walk.picture.blank = true;
  walk.picture.hovered_neuron = NeuronId{1, 0};
  const RecordingCanvas neuron = walk.drawn();
  walk.picture.hovered_neuron.reset();
  walk.picture.hovered_weight = WeightId{1, 0, 0};
  const RecordingCanvas weight = walk.drawn();
  for (const RecordingCanvas* canvas : {&neuron, &weight}) {
    for (const auto& text : canvas->texts)
      EXPECT_EQ(text.utf8.find('.'), std::string::npos) << text.utf8;
    const auto count = [&](std::string_view wanted) {
      return std::count_if(canvas->texts.begin(), canvas->texts.end(),
                           [&](const auto& text) { return text.utf8 == wanted; });
    };
    EXPECT_EQ(count("?"), 7);
    EXPECT_EQ(count("δ ?"), 5);
  }
  EXPECT_NE(neuron.find_text(" = ?"), nullptr);
  EXPECT_NE(weight.find_text(" = ?"), nullptr);
}

}  // namespace
}  // namespace deltascope::picture
