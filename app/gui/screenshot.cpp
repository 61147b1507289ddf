#include "screenshot.hpp"

#include <deltascope/atomic_file.hpp>

#include <glad/gl.h>

#include <string>
#include <vector>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

namespace deltascope::gui {
namespace {

void append_bytes(void* to, void* data, int size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(data),
                                        static_cast<std::size_t>(size));
}

}  // namespace

bool save_screenshot(int width_px, int height_px, const std::filesystem::path& file,
                     Problems& problems) {
  const std::size_t row_bytes = static_cast<std::size_t>(width_px) * 3;
  std::vector<unsigned char> pixels(row_bytes * static_cast<std::size_t>(height_px));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadBuffer(GL_BACK);
  glReadPixels(0, 0, width_px, height_px, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());

  // OpenGL's first row is the lowest, a file's the topmost: a negative stride turns it over.
  const int stride = static_cast<int>(row_bytes);
  const unsigned char* top = pixels.data() + row_bytes * static_cast<std::size_t>(height_px - 1);
  std::string png;
  if (stbi_write_png_to_func(append_bytes, &png, width_px, height_px, 3, top, -stride) == 0) {
    problems.push_back({file.string(), "the picture could not be encoded"});
    return false;
  }
  return write_atomically(file, png, problems);
}

}  // namespace deltascope::gui
