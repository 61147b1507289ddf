#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/picture/plane_mapping.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace deltascope::picture {

enum class Shading { smooth, hard };

/// What a picture of the plane shows. Pointers may be null: then that part is left out.
struct BoundaryPicture {
  Rectangle view;  ///< the part of the plane that is visible
  const Dataset* data = nullptr;
  std::uint64_t data_revision = 0;     ///< changes with the points and with `output`
  const Activation* output = nullptr;  ///< how outputs are coded
  const DecisionGrid* grid =
      nullptr;  ///< may cover another rectangle than `view`: drawn where it lies
  std::uint64_t grid_revision = 0;
  Shading shading = Shading::smooth;
  bool show_scale = true;  ///< colour bar at the right
  std::optional<Index> selected, hovered;
  std::optional<Index> walked;           ///< a walk is at this one: a strong ring round the others
  std::span<const std::uint32_t> batch;  ///< ringed
  std::uint64_t batch_revision = 0;      ///< changes with the batch and with its points
};

/// Where the plane itself lies inside `rect`, after axes and colour bar.
PlaneMapping boundary_mapping(Canvas& canvas, const Rect& rect, const BoundaryPicture& picture);
void draw_boundary(Canvas& canvas, const Rect& rect, const BoundaryPicture& picture,
                   const Palette& palette);

/// How large markers are when there are so many points: they shrink to dots.
float marker_radius_px(const Canvas& canvas, Index samples);

/// Around a point of the batch.
Stroke batch_ring(const Canvas& canvas, const Palette& palette);

/// "O", "X", then numbers from 3.
std::string class_name(int label);

/// So many classes look different; then the shapes come again.
inline constexpr int marker_shapes = 8;

/// One point's marker: class 0 an O, class 1 an X, further classes further shapes.
void draw_marker(Canvas& canvas, Point center, float radius_px, int label, const Palette& palette);

/// The sample nearest to `at` among those whose markers cover it; of equally near ones the topmost.
std::optional<Index> sample_at(const PlaneMapping& mapping, ConstMatrixView X, Point at,
                               float radius_px);

}  // namespace deltascope::picture
