#pragma once

#include <deltascope/picture/canvas.hpp>
#include <deltascope/problem.hpp>

#include <filesystem>
#include <memory>

namespace deltascope::picture {

/// A canvas that becomes a PNG or SVG file, without a display.
class CairoCanvas : public Canvas {
 public:
  enum class Format { png, svg };

  /// `width` × `height` units of the design, times `scale` pixels each. A size that cannot be made
  /// is a problem when saving.
  static std::unique_ptr<CairoCanvas> create(Format format, int width, int height, float scale);
  /// Ends the drawing and writes the file atomically; a problem names it when that fails. May be
  /// called again for another file.
  virtual bool save(const std::filesystem::path& file, Problems& problems) = 0;
};

}  // namespace deltascope::picture
