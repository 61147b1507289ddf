#include "icon.hpp"

#include "window.hpp"

#include <memory>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace deltascope::gui {

void set_icon(Window& window, const std::filesystem::path& png) {
  constexpr int rgba = 4;
  int width = 0;
  int height = 0;
  int channels = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> pixels(
      stbi_load(png.c_str(), &width, &height, &channels, rgba), &stbi_image_free);
  if (pixels) window.set_icon(width, height, pixels.get());
}

}  // namespace deltascope::gui
