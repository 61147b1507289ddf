#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// Tells the engine what is looked at, whenever that changes: the selected point and the visible
/// part of the plane.
void send_look(Desk& desk);

/// Another number whenever the heat maps of `grid` are others.
std::uint64_t grid_revision(const GridSnapshot& grid);

}  // namespace deltascope::ui
