#include <deltascope/picture/marks.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace deltascope::picture {

namespace {

// Of 0 … 255; images are made of hundreds of thousands, and std::lround is a call.
std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(value + 0.5);
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

void Canvas::curves(std::uint64_t /*key*/, std::span<const Bezier> curves) {
  for (const Bezier& c : curves)
    curve(c.from, c.control_1, c.control_2, c.to, c.stroke);
}

// Of those on the same spot only the topmost can be seen: a file need not hold the others.
void Canvas::marks(const Marks& given) {
  const Rect visible = given.mapping.area_px.shrunk(-2 * given.reach_px);
  const float cell = std::max(1.0F, given.same_spot_px);
  const auto columns = static_cast<std::size_t>(visible.width() / cell) + 1;
  const auto rows = static_cast<std::size_t>(visible.height() / cell) + 1;
  std::vector<bool> taken(columns * rows);
  std::vector<std::pair<Point, const Figure*>> shown;
  for (auto mark = given.marks.rbegin(); mark != given.marks.rend(); ++mark) {
    const Point at = given.mapping.to_px(mark->at);
    if (!visible.contains(at)) continue;
    const std::size_t place = static_cast<std::size_t>((at.y - visible.y0) / cell) * columns +
                              static_cast<std::size_t>((at.x - visible.x0) / cell);
    if (taken[place]) continue;
    taken[place] = true;
    shown.emplace_back(at, &given.figures[mark->figure]);
  }
  for (auto mark = shown.rbegin(); mark != shown.rend(); ++mark)
    (*mark->second)(*this, mark->first);
}

}  // namespace deltascope::picture
