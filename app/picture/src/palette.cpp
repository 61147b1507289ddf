#include <deltascope/picture/palette.hpp>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

constexpr Color rgb(unsigned hex) {
  return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
          static_cast<std::uint8_t>(hex), 255};
}

constexpr Palette dark = {
    .dark = true,
    .background = rgb(0x12151A),
    .panel = rgb(0x191D24),
    .frame = rgb(0x2A303B),
    .frame_hovered = rgb(0x343C49),
    .border = rgb(0x343B47),
    .text = rgb(0xE8EBF0),
    .secondary = rgb(0xA3ADBB),
    .positive = rgb(0x3F9BE8),
    .negative = rgb(0xF39A2B),
    .zero = rgb(0x20252E),
    .accent = rgb(0x17806F),
    .on_accent = rgb(0xFFFFFF),
    .delta = rgb(0xF287C0),
    .walk = rgb(0x66FFA3),
    .activation = rgb(0x37E0A0),
    .weight = rgb(0xC79BFF),
    .bias = rgb(0xEBD24A),
    .gradient = rgb(0xFF7A68),
    .slope = rgb(0xA5E06A),
    .cost = rgb(0x6CCBE8),
    .warning = rgb(0xF0C24B),
    .plot_background = rgb(0x1E232C),
    .grid = rgb(0x333A46),
    .grid_minor = rgb(0x272D37),
    .boundary = rgb(0xF4F6F8),
    .marker_outline = rgb(0xF8FAFC),
    .runs = {rgb(0xFFC044), rgb(0xCA344A), rgb(0x85FFA6), rgb(0x875F90), rgb(0xBC6B0C),
             rgb(0x8FA596)},
    .classes = {rgb(0x3F9BE8), rgb(0xF39A2B), rgb(0x4FE0A4), rgb(0x9D5CF5), rgb(0xF5EE55),
                rgb(0xD8434B), rgb(0xCFF6FA), rgb(0x76809C)},
};

constexpr Palette light = {
    .dark = false,
    .background = rgb(0xE9ECF1),
    .panel = rgb(0xF7F8FA),
    .frame = rgb(0xE8EBF0),
    .frame_hovered = rgb(0xDCE1E9),
    .border = rgb(0xCFD5DE),
    .text = rgb(0x1B222C),
    .secondary = rgb(0x55606F),
    .positive = rgb(0x0B6BB8),
    .negative = rgb(0xD9730B),
    .zero = rgb(0xF4F5F7),
    .accent = rgb(0x0B7A67),
    .on_accent = rgb(0xFFFFFF),
    .delta = rgb(0xB0186B),
    .walk = rgb(0x9900FF),
    .activation = rgb(0x007A45),
    .weight = rgb(0x4B12A8),
    .bias = rgb(0x583E1C),
    .gradient = rgb(0xC4213B),
    .slope = rgb(0x4A5B03),
    .cost = rgb(0x055556),
    .warning = rgb(0x9A6700),
    .plot_background = rgb(0xFFFFFF),
    .grid = rgb(0xD9DEE6),
    .grid_minor = rgb(0xEDF0F4),
    .boundary = rgb(0x1B222C),
    .marker_outline = rgb(0xFFFFFF),
    .runs = {rgb(0xCA7F10), rgb(0x4A085F), rgb(0xFF1463), rgb(0x9D86B0), rgb(0x590E01),
             rgb(0x9F2F0B)},
    .classes = {rgb(0x0B6BB8), rgb(0xD9730B), rgb(0x3E9A74), rgb(0x9417F0), rgb(0x7A6400),
                rgb(0x7E1020), rgb(0x0A0D12), rgb(0x600060)},
};

double linear(std::uint8_t component) {
  const double c = component / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

const Palette& dark_palette() {
  return dark;
}
const Palette& light_palette() {
  return light;
}

Color diverging(const Palette& palette, double t) {
  if (std::isnan(t)) return palette.frame;
  return mixed(palette.zero, t < 0 ? palette.negative : palette.positive, std::abs(t));
}

double contrast(Color a, Color b) {
  const double first = luminance(a);
  const double second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Color readable_on(Color background) {
  constexpr Color black = rgb(0x000000);
  constexpr Color white = rgb(0xFFFFFF);
  return contrast(black, background) >= contrast(white, background) ? black : white;
}

}  // namespace deltascope::picture
