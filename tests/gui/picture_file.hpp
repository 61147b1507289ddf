#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace deltascope::test {

/// A PNG as it is on disk: 0xRRGGBB, row 0 on top. Empty when it cannot be read.
struct PictureFile {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;

  std::size_t colors() const;
  /// Fraction of the pixels that have the most frequent colour.
  double largest_share() const;
};

PictureFile read_picture(const std::filesystem::path& file);

}  // namespace deltascope::test
