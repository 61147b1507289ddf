#include "support/recording_canvas.hpp"

#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/marks.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{10, 20, 410, 420};

/// `count` samples on a diagonal, of alternating class, and a grid that is positive on the left.
struct Plane {
  explicit Plane(Index count, Index inputs = 2, Index outputs = 2) {
    data.X.resize(inputs, count);
    data.Y.resize(outputs, count);
    for (Index i = 0; i < count; ++i) {
      for (Index k = 0; k < inputs; ++k) {
        data.X(k, i) = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
      }
      for (Index k = 0; k < outputs; ++k)
        data.Y(k, i) = k == i % outputs ? 1 : 0;
    }
    const GridMap falling{3, 3, {1, 0.5, 0, 1, 0.5, 0, 1, 0.5, 0}};
    const GridMap rising{3, 3, {0, 0.4F, 1, 0, 0.4F, 1, 0, 0.4F, 1}};
    grid = {{0, 1, 0, 1}, {{falling, rising}}};
    picture.view = {0, 1, 0, 1};
    picture.data = &data;
    picture.grid = &grid;
    picture.output = find_activation("sigmoid");
  }
  Dataset data;
  DecisionGrid grid;
  BoundaryPicture picture;
};

int rings_of(const RecordingCanvas& canvas, Color color) {
  return static_cast<int>(std::count_if(canvas.rings.begin(), canvas.rings.end(),
                                        [&](const auto& r) { return r.stroke.color == color; }));
}

TEST(BoundaryPicture, PlaneLiesBetweenItsAxesAndTheScale) {
  const Plane plane(4);
  RecordingCanvas canvas;
  const Rect area = boundary_mapping(canvas, page, plane.picture).area_px;
  // Letters are 6 × 12: five for the labels on the left, four beside the scale.
  EXPECT_EQ(area, (Rect{10 + 30 + 6, 20 + 12 + 6, 410 - 10 - 12 - 6 - 24, 420 - 12 - 12}));
}

TEST(BoundaryPicture, LayoutGrowsWithTheScale) {
  const Plane plane(4);
  RecordingCanvas canvas(1.5F);
  const Rect large{15, 30, 615, 630};
  const Rect area = boundary_mapping(canvas, large, plane.picture).area_px;
  EXPECT_EQ(area, (Rect{15 + 54, 30 + 27, 615 - 78, 630 - 36}));
}

TEST(BoundaryPicture, HeatMapLiesWhereItsGridLies) {
  Plane plane(4);
  plane.picture.view = {-1, 3, -1, 3};
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  const PlaneMapping mapping = boundary_mapping(canvas, page, plane.picture);
  ASSERT_FALSE(canvas.images.empty());
  const Point top_left = mapping.to_px({0, 1});
  EXPECT_EQ(canvas.images[0].rect.x0, top_left.x);
  EXPECT_EQ(canvas.images[0].rect.y0, top_left.y);
  EXPECT_EQ(canvas.clip_depth, 0);
}

TEST(BoundaryPicture, SmoothColoursFollowTheScoreAndHardOnesOnlyItsSign) {
  Plane plane(1);
  RecordingCanvas smooth;
  draw_boundary(smooth, page, plane.picture, dark_palette());
  ASSERT_EQ(smooth.images[0].width, 3);
  const auto& row = smooth.images[0].pixels;
  EXPECT_GT(row[0].b, row[0].r);  // positive is blue
  EXPECT_GT(row[2].r, row[2].b);  // negative is orange
  plane.picture.shading = Shading::hard;
  RecordingCanvas hard;
  draw_boundary(hard, page, plane.picture, dark_palette());
  const auto& image = hard.images[0];
  for (const Color pixel : image.pixels) {
    EXPECT_TRUE(pixel == image.pixels.front() || pixel == image.pixels.back());
  }
  EXPECT_NE(image.revision, smooth.images[0].revision);
}

TEST(BoundaryPicture, PixelsAreNotComputedAgainForACanvasThatHoldsThem) {
  const Plane plane(1);
  RecordingCanvas canvas;
  canvas.holds_everything = true;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  ASSERT_FALSE(canvas.images.empty());
  for (const auto& image : canvas.images)
    EXPECT_TRUE(image.pixels.empty());
}

// Remembers how many marks it was handed.
struct MarkedCanvas : RecordingCanvas {
  void marks(const Marks& given) override {
    counts.push_back(given.marks.size());
    revisions.push_back(given.revision);
    RecordingCanvas::marks(given);
  }
  std::vector<std::size_t> counts;
  std::vector<std::uint64_t> revisions;
};

TEST(BoundaryPicture, MarksAreNotComputedAgainForACanvasThatHoldsThem) {
  Plane plane(4);
  const std::uint32_t batch[] = {1, 2};
  plane.picture.batch = batch;
  plane.picture.data_revision = 7;
  plane.picture.batch_revision = 8;
  MarkedCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  canvas.holds_everything = true;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  EXPECT_EQ(canvas.counts, (std::vector<std::size_t>{4, 2, 0, 0}));
  EXPECT_EQ(canvas.revisions, (std::vector<std::uint64_t>{7, 8, 7, 8}));
}

TEST(BoundaryPicture, RingsThatOverlapAreAllDrawn) {
  Plane plane(100);
  std::vector<std::uint32_t> batch(50);
  std::iota(batch.begin(), batch.end(), 25U);
  plane.picture.batch = batch;
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  int rings = 0;
  for (const auto& ring : canvas.rings) {
    const float radius = ring.points[1].x - ring.points[0].x;
    rings += radius > marker_radius_px(canvas, 100) ? 1 : 0;
  }
  EXPECT_EQ(rings, 50);
}

TEST(BoundaryPicture, DecisionLineStandsWhereTheScoreIsZero) {
  const Plane plane(1);
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  const PlaneMapping mapping = boundary_mapping(canvas, page, plane.picture);
  int found = 0;
  for (const auto& line : canvas.lines) {
    if (!(line.stroke.color == dark_palette().boundary)) continue;
    ++found;
    // The score is 0.1 in the middle and −1 at the right: zero 1/11 of the way.
    for (const Point p : line.points)
      EXPECT_NEAR(mapping.to_plane(p).x, 0.5 + 0.5 / 11, 1e-4);
  }
  EXPECT_EQ(found, 1);
}

TEST(BoundaryPicture, OsAndXsStandOnTheirPoints) {
  Plane plane(2);
  plane.picture.show_scale = false;
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  const PlaneMapping mapping = boundary_mapping(canvas, page, plane.picture);
  ASSERT_EQ(canvas.rings.size(), 2U);  // one O: outline and ring
  EXPECT_EQ(canvas.rings[1].points[0], mapping.to_px({0.25, 0.25}));
  EXPECT_EQ(canvas.rings[1].stroke.color, dark_palette().classes[0]);
  int arms = 0;
  for (const auto& line : canvas.lines) {
    if (!(line.stroke.color == dark_palette().classes[1])) continue;
    ++arms;
    const Point middle{(line.points[0].x + line.points[1].x) / 2,
                       (line.points[0].y + line.points[1].y) / 2};
    EXPECT_NEAR(middle.x, mapping.to_px({0.75, 0.75}).x, 1e-3);
    EXPECT_NEAR(middle.y, mapping.to_px({0.75, 0.75}).y, 1e-3);
  }
  EXPECT_EQ(arms, 2);
}

TEST(BoundaryPicture, RingsSelectedAndBatchButNotABatchOfAll) {
  Plane plane(3);
  const Palette& palette = dark_palette();
  plane.picture.selected = 1;
  const std::vector<std::uint32_t> some{0, 2}, all{0, 1, 2};
  plane.picture.batch = some;
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, palette);
  EXPECT_EQ(rings_of(canvas, palette.delta), 1);
  EXPECT_EQ(rings_of(canvas, palette.boundary), 2);
  plane.picture.batch = all;
  RecordingCanvas full;
  draw_boundary(full, page, plane.picture, palette);
  EXPECT_EQ(rings_of(full, palette.boundary), 0);
}

TEST(BoundaryPicture, TheWalkedSampleHasTheStrongestRingOutsideAllOthers) {
  Plane plane(3);
  const Palette& palette = dark_palette();
  const std::vector<std::uint32_t> batch{1, 2};
  plane.picture.batch = batch;
  plane.picture.show_scale = false;
  plane.picture.selected = plane.picture.hovered = plane.picture.walked = 1;
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, palette);
  ASSERT_EQ(rings_of(canvas, palette.walk), 1);
  const auto& walked = canvas.rings.back();
  EXPECT_EQ(walked.stroke.color, palette.walk);
  const PlaneMapping mapping = boundary_mapping(canvas, page, plane.picture);
  EXPECT_EQ(walked.points[0], mapping.to_px({0.5, 0.5}));
  const auto inner = [](const auto& r) {
    return r.points[1].x - r.points[0].x - r.stroke.width_px / 2;
  };
  const auto outer = [&inner](const auto& r) { return inner(r) + r.stroke.width_px; };
  for (const Color other : {palette.delta, palette.boundary, palette.secondary}) {
    ASSERT_GE(rings_of(canvas, other), 1);
    for (const auto& r : canvas.rings) {
      if (!(r.stroke.color == other)) continue;
      EXPECT_GT(walked.stroke.width_px, r.stroke.width_px);
      EXPECT_GT(inner(walked), outer(r));
    }
  }
}

TEST(BoundaryPicture, IgnoresASelectionThatIsGone) {
  Plane plane(3);
  plane.picture.selected = 99;
  plane.picture.hovered = -1;
  plane.picture.walked = 3;
  const std::vector<std::uint32_t> gone{77};
  plane.picture.batch = gone;
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  EXPECT_EQ(rings_of(canvas, dark_palette().delta), 0);
  EXPECT_EQ(rings_of(canvas, dark_palette().walk), 0);
}

TEST(BoundaryPicture, SaysWhyThePlaneIsEmpty) {
  const Plane plane(3, 3);
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  ASSERT_EQ(canvas.calls(), 1U);
  EXPECT_EQ(canvas.texts[0].utf8, "This network has 3 inputs; the plane shows networks with two.");
}

TEST(BoundaryPicture, DrawsAxesEvenWithNothingToShow) {
  RecordingCanvas canvas;
  draw_boundary(canvas, page, {}, light_palette());
  EXPECT_NE(canvas.find_text("0"), nullptr);
  EXPECT_TRUE(canvas.images.empty());
}

TEST(BoundaryPicture, ManyPointsCostAtMostOneMarkerPerPixel) {
  const Plane plane(100'000);
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  EXPECT_GT(canvas.rects.size(), 200U);
  EXPECT_LT(canvas.rects.size(), 2'000U);  // they lie on a diagonal of about 340 pixels
}

TEST(BoundaryPicture, PointsOutsideTheViewAreNotDrawn) {
  Plane plane(50);
  plane.picture.show_scale = false;
  plane.picture.view = {5, 6, 5, 6};
  RecordingCanvas canvas;
  draw_boundary(canvas, page, plane.picture, dark_palette());
  EXPECT_TRUE(canvas.rings.empty());
}

TEST(BoundaryPicture, ScaleNamesBothEnds) {
  Plane plane(2);
  RecordingCanvas two;
  draw_boundary(two, page, plane.picture, dark_palette());
  EXPECT_NE(two.find_text("+1"), nullptr);
  EXPECT_NE(two.find_text("−1"), nullptr);
  plane.grid.maps.back().pop_back();
  RecordingCanvas one;
  draw_boundary(one, page, plane.picture, dark_palette());
  EXPECT_EQ(one.find_text("+1"), nullptr);
  EXPECT_NE(one.find_text("a"), nullptr);
}

TEST(SampleAt, TakesTheNearestWithinReach) {
  Matrix X(2, 3);
  X(0, 0) = 0.3;  // an O and, drawn over it, an X
  X(0, 1) = 0.4;
  X(1, 0) = X(1, 1) = 0.4;
  X(0, 2) = X(1, 2) = 0.9;
  const PlaneMapping mapping{{0, 0, 100, 100}, {0, 1, 0, 1}};
  EXPECT_EQ(sample_at(mapping, X.view(), {30, 60}, 12), 0);
  EXPECT_EQ(sample_at(mapping, X.view(), {34, 60}, 12), 0);
  EXPECT_EQ(sample_at(mapping, X.view(), {36, 60}, 12), 1);
  EXPECT_EQ(sample_at(mapping, X.view(), {40, 60}, 12), 1);
  EXPECT_EQ(sample_at(mapping, X.view(), {90, 10}, 5), 2);
  EXPECT_EQ(sample_at(mapping, X.view(), {10, 10}, 5), std::nullopt);
  X(0, 1) = 0.3;
  EXPECT_EQ(sample_at(mapping, X.view(), {30, 60}, 12), 1);  // the topmost of equals
  EXPECT_EQ(sample_at(mapping, Matrix(3, 1).view(), {50, 50}, 5), std::nullopt);
}

TEST(Marker, EveryClassHasItsOwnShape) {
  std::vector<std::array<std::size_t, 4>> shapes;
  for (int label = 0; label < 8; ++label) {
    RecordingCanvas canvas;
    draw_marker(canvas, {0, 0}, 8, label, dark_palette());
    const float turn = canvas.lines.empty() ? 0 : canvas.lines.front().points[0].x;
    shapes.push_back({canvas.rings.size(), canvas.lines.size(),
                      canvas.lines.empty() ? 0 : canvas.lines.back().points.size(),
                      static_cast<std::size_t>(std::abs(turn) > 0.01F)});
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_NE(shapes[i], shapes[j]) << i << " and " << j;
  }
}

}  // namespace
}  // namespace deltascope::picture
