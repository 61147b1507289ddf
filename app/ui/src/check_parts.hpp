#pragma once
// Parts of the checks' panel.

#include "view.hpp"

namespace deltascope::ui {

/// Whether the checks have the whole window: larger letters.
inline bool checks_are_alone(const Desk& desk) {
  return desk.view.alone == "checks";
}
inline picture::Font check_font(const Desk& desk) {
  return checks_are_alone(desk) ? picture::Font::body : picture::Font::small;
}
inline picture::Font check_number_font(const Desk& desk) {
  return checks_are_alone(desk) ? picture::Font::mono : picture::Font::mono_small;
}

/// A classic mistake, to be made on purpose: which one, and its formula beside the right one.
void draw_mistake_choice(Desk& desk);
/// What comes of the present one, and where it hides; nothing without a mistake.
void explain_mistake(const Desk& desk);
/// A bar for each W and each b of what was found: its worst error on a logarithmic axis.
void draw_check_bars(Desk& desk);
/// Every parameter with both numbers.
void draw_check_table(Desk& desk, float height_px);
/// As wide as the table's columns are.
float check_table_width(const Desk& desk);

}  // namespace deltascope::ui
