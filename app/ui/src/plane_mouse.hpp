#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// What the mouse does in the plane: place, select, drag and remove points, pan and zoom.
/// `hovered` and `active` are those of the plane's own item, drawn just before.
void handle_plane_mouse(Desk& desk, bool hovered, bool active, float marker_radius_px);

}  // namespace deltascope::ui
