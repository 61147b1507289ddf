#include "picture_file.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace deltascope::test {
namespace {

std::unordered_map<std::uint32_t, std::size_t> counts(const PictureFile& picture) {
  std::unordered_map<std::uint32_t, std::size_t> result;
  for (const std::uint32_t pixel : picture.pixels)
    ++result[pixel];
  return result;
}

}  // namespace

std::size_t PictureFile::colors() const {
  return counts(*this).size();
}

double PictureFile::largest_share() const {
  std::size_t most = 0;
  for (const auto& [color, count] : counts(*this))
    most = std::max(most, count);
  return static_cast<double>(most) / static_cast<double>(std::max<std::size_t>(1, pixels.size()));
}

PictureFile read_picture(const std::filesystem::path& file) {
  constexpr int rgb = 3;
  PictureFile picture;
  int channels = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
      stbi_load(file.c_str(), &picture.width, &picture.height, &channels, rgb), &stbi_image_free);
  if (!bytes) return {};
  const auto count =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.pixels.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned char* p = bytes.get() + rgb * i;
    picture.pixels[i] = (std::uint32_t{p[0]} << 16U) | (std::uint32_t{p[1]} << 8U) | p[2];
  }
  return picture;
}

}  // namespace deltascope::test
