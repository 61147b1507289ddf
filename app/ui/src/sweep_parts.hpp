#pragma once
// Parts of the sweep's panel.

#include "view.hpp"

namespace deltascope::ui {

/// Whether anything is finished.
inline bool has_runs(const Desk& desk) {
  const auto& result = desk.frame.sweep.result;
  return result != nullptr && !result->runs.empty();
}
/// Whether it is of the settings and points on screen, whatever their seed.
inline bool is_sweep_of_now(const Desk& desk) {
  return desk.frame.sweep.is_of(desk.settings(), desk.data());
}
/// Letters in the panel: larger where it has the whole window.
inline picture::Font sweep_font(const Desk& desk) {
  return desk.view.alone == "sweep" ? picture::Font::body : picture::Font::small;
}

/// The finished runs; a click takes one into the window.
void draw_sweep_table(Desk& desk, float height_px);
/// As wide as the table's columns are.
float sweep_table_width(const Desk& desk);

}  // namespace deltascope::ui
