#include <deltascope/picture/canvas.hpp>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

double unit(double t) {
  return t > 0 ? std::min(t, 1.0) : 0.0;
}  // NaN is 0

}  // namespace

Color faded(Color color, double alpha) {
  color.a = rounded(color.a * unit(alpha));
  return color;
}

Color mixed(Color a, Color b, double t) {
  const double u = unit(t);
  const auto blend = [u](std::uint8_t from, std::uint8_t to) {
    return rounded(from + u * (static_cast<double>(to) - from));
  };
  return {blend(a.r, b.r), blend(a.g, b.g), blend(a.b, b.b), blend(a.a, b.a)};
}

}  // namespace deltascope::picture
