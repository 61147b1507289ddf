#pragma once
// The pictures that render draws, one row each.

#include <deltascope/picture/gallery.hpp>
#include <deltascope/session.hpp>

#include <span>

namespace deltascope::cli {

/// What there is to draw, and how it is to be looked at.
struct Scene {
  Session& session;
  const History& history;
  const StepTrace& trace;  ///< of all points, after the last step
  picture::PictureRun run;
  picture::LossStyle loss;
  picture::Shading shading;
};

struct PictureRow {
  const char* name;   ///< of the file, and for --only
  const char* title;  ///< with {delta}, {loss} and {cost} for the notation's own letters
  bool (*save)(const picture::PictureFile& file, const Scene& scene, Problems& problems);
};

std::span<const PictureRow> pictures();

}  // namespace deltascope::cli
