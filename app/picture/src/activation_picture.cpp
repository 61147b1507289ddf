#include <deltascope/picture/activation_picture.hpp>
#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace deltascope::picture {

namespace {

constexpr float label_gap = 10, tick_gap = 5, large_dot = 8;
constexpr double least_reach = 2, least_reach_bounded = 4;  // of z: shows where a is bounded

std::string signed_number(double value) {
  return (value > 0 ? "+" : "") + with_minus(format_number(value, 3));
}

/// Draws one picture; holds what its parts share.
class ActivationDrawing {
 public:
  ActivationDrawing(Canvas& canvas, const Rect& rect, const ActivationPicture& picture,
                    const Palette& palette)
      : canvas_(canvas),
        rect_(rect),
        picture_(picture),
        activation_(*picture.activation),
        palette_(palette),
        s_(canvas.scale()),
        a_(picture.z.size()) {
    const auto n = static_cast<Index>(a_.size());
    activation_.forward({picture.z.data(), n, 1}, {a_.data(), n, 1});
    if (picture.chosen && *picture.chosen >= 0 && *picture.chosen < n)
      chosen_ = static_cast<std::size_t>(*picture.chosen);
    if (chosen_ && has_curve()) slope_ = activation_.slope(picture.z[*chosen_], a_[*chosen_]);
    z_axis_ = z_axis();
    a_axis_ = a_axis();
    lay_out();
  }

  void draw() {
    canvas_.fill_rect(plot_, palette_.plot_background);
    draw_head();
    draw_a_ticks();
    if (has_curve()) {
      draw_foot();
      canvas_.push_clip(plot_);
      draw_curve();
      canvas_.pop_clip();
    } else {
      draw_bars();
    }
    canvas_.stroke_rect(plot_, {palette_.border, s_});
  }

 private:
  bool has_curve() const { return activation_.value != nullptr; }

  Axis z_axis() const {
    double reach = 0;
    for (const double z : picture_.z) {
      if (std::isfinite(z)) reach = std::max(reach, 1.15 * std::abs(z));
    }
    reach = std::max(reach, activation_.bounded ? least_reach_bounded : least_reach);
    return {-reach, reach, false};
  }

  Axis a_axis() const {
    double lo = activation_.low, hi = activation_.high;
    if (!activation_.bounded) {
      lo = activation_.value(z_axis_.lo);
      hi = activation_.value(z_axis_.hi);
    }
    return {lo, hi, false};
  }

  std::string label(const std::string& name, const std::string& number) const {
    if (name.empty() || !chosen_) return name;
    return fmt::format("{} = {}", name, picture_.blank ? "?" : number);
  }
  std::string a_label() const {
    return label(picture_.a_label,
                 chosen_ ? with_minus(format_number(a_[*chosen_], 3)) : std::string());
  }
  std::string z_label() const {
    return label(picture_.z_label, chosen_ ? signed_number(picture_.z[*chosen_]) : std::string());
  }
  /// What stands right of the a label: the slope, or z where no axis is there for it.
  std::string right_label() const {
    if (!has_curve()) return z_label();
    if (!picture_.tangents || !chosen_) return {};
    return label(picture_.slope_label, with_minus(format_number(slope_, 4)));
  }

  std::vector<Tick> a_ticks() const {
    return ticks(a_axis_, std::clamp(static_cast<int>(rect_.height() / (60 * s_)), 2, 5));
  }

  void lay_out() {
    const float height = canvas_.measure("0", Font::small).height;
    rise_ = 0.3F * height;  // of raised parts, and as much for lowered ones
    line_ = height + 2 * rise_;
    const float both = measure_script(canvas_, a_label(), Font::small).width + label_gap * s_ +
                       measure_script(canvas_, right_label(), Font::small).width;
    two_lines_ = both > rect_.width();
    float left = 0;
    for (const Tick& tick : a_ticks())
      left = std::max(left, canvas_.measure(tick.label, Font::script).width);
    plot_ = {rect_.x0 + left + tick_gap * s_, rect_.y0 + (two_lines_ ? 2 : 1) * line_,
             rect_.x1 - label_gap * s_, rect_.y1 - line_};
    plot_ = {std::round(plot_.x0), std::round(plot_.y0), std::round(plot_.x1),
             std::round(plot_.y1)};
    plot_.x1 = std::max(plot_.x1, plot_.x0 + 1);
    plot_.y1 = std::max(plot_.y1, plot_.y0 + 1);
    // Dots on the ends of the a axis are whole; bars stand on its lower end.
    const float air = std::min(large_dot * s_, plot_.height() / 4);
    a_top_ = plot_.y0 + air;
    a_bottom_ = plot_.y1 - (has_curve() ? air : 0);
  }

  float x_of(double z) const {
    return plot_.x0 + static_cast<float>(z_axis_.fraction(z)) * plot_.width();
  }
  float y_of(double a) const {
    return a_bottom_ - static_cast<float>(a_axis_.fraction(a)) * (a_bottom_ - a_top_);
  }
  Point at(std::size_t neuron) const { return {x_of(picture_.z[neuron]), y_of(a_[neuron])}; }
  bool has_place(std::size_t neuron) const {
    return std::isfinite(picture_.z[neuron]) && std::isfinite(a_[neuron]);
  }

  void draw_head() {
    const float y = rect_.y0 + rise_;
    draw_script(canvas_, {rect_.x0, y}, a_label(), Font::small, palette_.text);
    draw_script(canvas_, {rect_.x1, two_lines_ ? y + line_ : y}, right_label(), Font::small,
                has_curve() ? palette_.walk : palette_.text, AlignX::right);
  }

  void draw_a_ticks() {
    for (const Tick& tick : a_ticks()) {
      if (!tick.major()) continue;
      const float y = y_of(tick.value);
      canvas_.line({plot_.x0, y}, {plot_.x1, y}, {palette_.grid_minor, s_});
      if (picture_.blank) continue;
      canvas_.text({plot_.x0 - tick_gap * s_, y}, tick.label, Font::script, palette_.secondary,
                   AlignX::right, AlignY::middle);
    }
  }

  /// The z axis: its name stands under the chosen dot, and ticks make room for it.
  void draw_foot() {
    const std::string name = z_label();
    const float width = measure_script(canvas_, name, Font::small).width;
    float left = rect_.x1 - width;
    if (chosen_ && has_place(*chosen_)) left = std::min(left, at(*chosen_).x - width / 2);
    left = std::max(left, rect_.x0);
    draw_script(canvas_, {left, plot_.y1 + rise_}, name, Font::small, palette_.text);
    const int target = std::clamp(static_cast<int>(plot_.width() / (50 * s_)), 3, 8);
    float taken_until = rect_.x0;
    for (const Tick& tick : ticks(z_axis_, target)) {
      if (!tick.major()) continue;
      const float x = x_of(tick.value);
      canvas_.line({x, plot_.y0}, {x, plot_.y1}, {palette_.grid_minor, s_});
      const float half = canvas_.measure(tick.label, Font::script).width / 2;
      const float apart = half + label_gap * s_;
      const bool under_name = x + apart > left && x - apart < left + width;
      if (picture_.blank || under_name || x - half < taken_until || x + half > rect_.x1) continue;
      taken_until = x + half + tick_gap * s_;
      canvas_.text({x, plot_.y1 + rise_ + 2 * s_}, tick.label, Font::script, palette_.secondary,
                   AlignX::center);
    }
  }

  void draw_curve() {
    const Stroke zero{palette_.grid, 1.5F * s_};
    canvas_.line({x_of(0), plot_.y0}, {x_of(0), plot_.y1}, zero);
    canvas_.line({plot_.x0, y_of(0)}, {plot_.x1, y_of(0)}, zero);
    // An even number of pieces, so that z = 0 is a corner of the line where the curve has a kink.
    const int pieces = 2 * std::max(8, static_cast<int>(plot_.width() / (4 * s_)));
    std::vector<Point> points;
    for (int i = 0; i <= pieces; ++i) {
      const double z = z_axis_.hi * (2.0 * i / pieces - 1);
      points.push_back({x_of(z), y_of(activation_.value(z))});
    }
    canvas_.polyline(points, {palette_.secondary, 2 * s_});
    for (std::size_t j = 0; j < a_.size(); ++j) {
      if (has_place(j) && j != chosen_) draw_dot(j);
    }
    if (chosen_ && has_place(*chosen_)) draw_chosen();
  }

  void draw_tangent(std::size_t neuron, float length_px, const Stroke& stroke) {
    const double slope = activation_.slope(picture_.z[neuron], a_[neuron]);
    const double along_x = plot_.width() / (z_axis_.hi - z_axis_.lo);
    const double along_y = -slope * (a_bottom_ - a_top_) / (a_axis_.hi - a_axis_.lo);
    const double half = 0.5 * length_px / std::hypot(along_x, along_y);
    const auto dx = static_cast<float>(half * along_x), dy = static_cast<float>(half * along_y);
    const Point dot = at(neuron);
    canvas_.line({dot.x - dx, dot.y - dy}, {dot.x + dx, dot.y + dy}, stroke);
  }

  float tangent_px() const { return std::min(64 * s_, 0.5F * plot_.width()); }

  void draw_dot(std::size_t neuron) {
    if (picture_.tangents) {
      draw_tangent(neuron, 0.6F * tangent_px(), {faded(palette_.walk, 0.6), 1.5F * s_});
    }
    canvas_.fill_circle(at(neuron), 4.5F * s_, palette_.plot_background);
    canvas_.fill_circle(at(neuron), 3.5F * s_, palette_.text);
  }

  void draw_chosen() {
    const Point dot = at(*chosen_);
    const Stroke guide{palette_.walk, s_, 3 * s_, 3 * s_};
    canvas_.line(dot, {dot.x, plot_.y1}, guide);
    canvas_.line(dot, {plot_.x0, dot.y}, guide);
    if (picture_.tangents) draw_tangent(*chosen_, tangent_px(), {palette_.walk, 3 * s_});
    canvas_.fill_circle(dot, large_dot * s_, palette_.plot_background);
    canvas_.fill_circle(dot, 6.5F * s_, palette_.walk);
  }

  void draw_bars() {
    const float pitch = plot_.width() / static_cast<float>(std::max<std::size_t>(a_.size(), 1));
    float taken_until = rect_.x0;
    for (std::size_t j = 0; j < a_.size(); ++j) {
      const float x = plot_.x0 + (static_cast<float>(j) + 0.5F) * pitch;
      const float half = std::max(0.35F * pitch, 0.5F * s_);
      const bool is_chosen = j == chosen_;
      if (std::isfinite(a_[j])) {
        const Rect bar{x - half, y_of(a_[j]), x + half, plot_.y1};
        canvas_.fill_rect(bar, is_chosen ? palette_.walk : palette_.secondary);
        if (is_chosen) canvas_.stroke_rect(bar, {palette_.text, 2 * s_});
      }
      const std::string number = std::to_string(j + 1);
      const float wide = canvas_.measure(number, Font::script).width / 2;
      if (x - wide < taken_until) continue;
      taken_until = x + wide + 3 * s_;
      canvas_.text({x, plot_.y1 + rise_}, number, Font::script,
                   is_chosen ? palette_.text : palette_.secondary, AlignX::center);
    }
  }

  Canvas& canvas_;
  Rect rect_;
  const ActivationPicture& picture_;
  const Activation& activation_;
  const Palette& palette_;
  float s_;
  std::vector<double> a_;
  std::optional<std::size_t> chosen_;
  double slope_ = 0;  ///< at the chosen neuron
  Axis z_axis_, a_axis_;
  Rect plot_;
  float a_top_ = 0, a_bottom_ = 0;  ///< the ends of the a axis
  float rise_ = 0;                  ///< room above and below a label for raised and lowered parts
  float line_ = 0;                  ///< height of a line of labels with it
  bool two_lines_ = false;          ///< above the plot
};

}  // namespace

void draw_activation(Canvas& canvas, const Rect& rect, const ActivationPicture& picture,
                     const Palette& palette) {
  if (picture.activation == nullptr || picture.z.empty()) return;
  ActivationDrawing(canvas, rect, picture, palette).draw();
}

}  // namespace deltascope::picture
