#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// Wheel zooms (over an axis: only that one), dragging pans, a double click fits again. For the
/// item drawn last; returns the x under the mouse while it is over the plot.
std::optional<double> handle_curves_mouse(const Ui& ui, const picture::CurvesLayout& layout,
                                          CurvesView& view);

}  // namespace deltascope::ui
