#pragma once

#include "view.hpp"

#include <span>
#include <string_view>

namespace deltascope::ui {

/// One row, one panel: draws from const data and answers with commands.
struct Panel {
  std::string_view id;
  const char* tab;  ///< what its tab says where panels fold
  void (*draw)(Desk& desk);
};

std::span<const Panel> panels();
const Panel& panel(std::string_view id);

// Each in a file of its own.
void draw_settings_panel(Desk& desk);
void draw_network_panel(Desk& desk);
void draw_boundary_panel(Desk& desk);
void draw_loss_panel(Desk& desk);
void draw_delta_panel(Desk& desk);
void draw_walk_panel(Desk& desk);
void draw_check_panel(Desk& desk);
void draw_sweep_panel(Desk& desk);

/// A panel's title, explained by `about`; a double click gives the panel the whole window, and
/// takes it back.
void panel_heading(Desk& desk, std::string_view id, const char* title, std::string_view about = {});

/// The same for a panel that stands below the others while it is open: at the right of its title,
/// buttons that let it fill the window, and close it.
struct LowerPanel {
  std::string_view id;
  const char* title;
  std::string_view about;
  const char* close;        ///< the control's name
  const char* about_close;  ///< with its key
  void (*toggle)(Desk& desk);
};
void lower_panel_title(Desk& desk, const LowerPanel& panel);
/// Before another one, or none, stands there.
void leave_lower_panel(Desk& desk);

/// Whether the δ panel also shows RMS δ over time, among the preferences' open sections.
inline constexpr const char* delta_history_section = "‖δ‖ over time";

/// The bar on top; wraps where it is too narrow.
void draw_transport(Desk& desk);
/// What must not be overlooked: that a run has diverged, with the ways out; that it is computed
/// with a deliberate mistake, and what the checks say.
void draw_banner(Desk& desk);
bool has_banner(const Desk& desk);
/// Lines that go by themselves.
void draw_toasts(Desk& desk);
/// Takes up the engine's new notices.
void collect_notices(Desk& desk);
/// Seconds until a toast changes its look or goes; infinity without toasts.
double seconds_until_toasts_change(std::span<const Toast> toasts, double now_seconds);

}  // namespace deltascope::ui
