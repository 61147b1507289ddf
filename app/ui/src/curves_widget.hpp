#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// Curves that one can look into: the wheel zooms (over an axis: only that one), dragging pans, a
/// double click fits again, and the mouse reads values. Draws `picture` with the axes of `view`
/// into the next `room`; returns where it lies.
picture::Rect curves_widget(const Ui& ui, const char* id, ImVec2 room,
                            picture::CurvesPicture picture, CurvesView& view);

}  // namespace deltascope::ui
