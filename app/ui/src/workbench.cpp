#include "actions.hpp"
#include "checks.hpp"
#include "dialogs.hpp"
#include "hand_check.hpp"
#include "keys.hpp"
#include "layout.hpp"
#include "look.hpp"
#include "panels.hpp"
#include "theme.hpp"
#include "timeline.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/ui/view_hints.hpp>
#include <deltascope/ui/workbench.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

namespace deltascope::ui {
namespace {

constexpr std::string_view settings_panel = "settings";
constexpr std::array table{
    Panel{"boundary", "Boundary", draw_boundary_panel},
    Panel{"network", "Network", draw_network_panel},
    Panel{"loss", "Cost", draw_loss_panel},
    Panel{"delta", "δ", draw_delta_panel},
    Panel{"walk", "Walk", draw_walk_panel},
    Panel{"checks", "Checks", draw_check_panel},
    Panel{"sweep", "Many seeds", draw_sweep_panel},
    Panel{settings_panel, "Settings", draw_settings_panel},
};

constexpr float edge = 8;  // around everything, in units
// Dear ImGui needs 1/6 s to dim what lies behind a dialog.
constexpr double fade_seconds = 0.25;

void begin_panel(const char* id, const picture::Rect& rect, ImGuiWindowFlags flags = 0) {
  ImGui::SetCursorScreenPos(ImVec2(rect.x0, rect.y0));
  ImGui::BeginChild(id, ImVec2(rect.width(), rect.height()), true, flags);
}

// How high the window's content came out, with its padding.
float content_height() {
  return ImGui::GetCursorPosY() + ImGui::GetScrollY() - ImGui::GetStyle().ItemSpacing.y +
         ImGui::GetStyle().WindowPadding.y;
}

enum class Edge { top, bottom };

// A bar as high as its content, measured in the frame before. Returns what is left beside it.
picture::Rect draw_bar(Desk& desk, const char* id, const picture::Rect& area, float& height,
                       void (*draw)(Desk&), Edge at = Edge::top) {
  const Ui& ui = desk.ui;
  if (height <= 0) height = ImGui::GetFrameHeight() + 2 * ui.px(12);
  const float shown = std::min(height, area.height() / 2), gap = ui.px(edge);
  picture::Rect bar = area, rest = area;
  if (at == Edge::top) {
    bar.y1 = area.y0 + shown;
    rest.y0 = bar.y1 + gap;
  } else {
    bar.y0 = area.y1 - shown;
    rest.y1 = bar.y0 - gap;
  }
  begin_panel(id, bar);
  draw(desk);
  const float needed = content_height();
  ImGui::EndChild();
  if (needed != height) {
    height = needed;
    desk.view.layout_changed = true;
  }
  return rest;
}

// Of two panels in one tab: the upper one needs to be seen whole, the lower one scrolls.
float upper_height(const Ui& ui, float room) {
  constexpr float wanted = 262, least_below = 110;
  return std::max(room / 2, std::min(ui.px(wanted), room - ui.px(least_below)));
}

// The panel of a slot that the mouse is over; of tabs the open one says so itself.
void note_mouse(Desk& desk, std::string_view panel) {
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows)) desk.view.panel_under_mouse = panel;
}

void draw_tabs(Desk& desk, const Slot& slot) {
  if (!ImGui::BeginTabBar("tabs")) return;
  for (const std::string_view id : slot.panels) {
    const Panel& row = panel(id);
    const std::string label = std::string(row.tab) + "###tab " + std::string(row.id);
    const bool select = id == settings_panel && desk.view.show_settings;
    const bool open =
        ImGui::BeginTabItem(label.c_str(), nullptr, select ? ImGuiTabItemFlags_SetSelected : 0);
    desk.ui.record(label);
    if (!open) continue;
    const bool stacked = !slot.below_first.empty() && id == slot.panels.front();
    const float room = ImGui::GetContentRegionAvail().y;
    ImGui::BeginChild(row.id.data(), ImVec2(0, stacked ? upper_height(desk.ui, room) : 0));
    note_mouse(desk, row.id);
    row.draw(desk);
    ImGui::EndChild();
    if (stacked) {
      ImGui::Separator();
      ImGui::BeginChild(slot.below_first.data());
      note_mouse(desk, slot.below_first);
      panel(slot.below_first).draw(desk);
      ImGui::EndChild();
    }
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

void draw_slot(Desk& desk, const Slot& slot) {
  begin_panel(slot.panels.front().data(), slot.rect);
  note_mouse(desk, slot.panels.front());
  if (slot.panels.size() == 1) {
    panel(slot.panels.front()).draw(desk);
  } else {
    draw_tabs(desk, slot);
  }
  ImGui::EndChild();
}

void draw_splitter(Desk& desk, const Splitter& splitter) {
  const Ui& ui = desk.ui;
  const std::string id = "splitter " + std::string(splitter.name);
  ImGui::SetCursorScreenPos(ImVec2(splitter.rect.x0, splitter.rect.y0));
  ImGui::InvisibleButton(id.c_str(), ImVec2(splitter.rect.width(), splitter.rect.height()));
  ui.record(id);
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(splitter.vertical ? ImGuiMouseCursor_ResizeEW
                                            : ImGuiMouseCursor_ResizeNS);
    const picture::Rect& bar = splitter.rect;
    const float inset = ui.px(3);
    const picture::Rect line = splitter.vertical
                                   ? picture::Rect{bar.x0 + inset, bar.y0, bar.x1 - inset, bar.y1}
                                   : picture::Rect{bar.x0, bar.y0 + inset, bar.x1, bar.y1 - inset};
    ui.canvas().fill_rect(line, ui.palette.accent, ui.px(1));
  }
  const ImGuiIO& io = ImGui::GetIO();
  const float moved = splitter.vertical ? io.MouseDelta.x : io.MouseDelta.y;
  if (!active || moved == 0) return;
  const float half = (splitter.vertical ? splitter.rect.width() : splitter.rect.height()) / 2;
  const float mouse = splitter.vertical ? io.MousePos.x : io.MousePos.y;
  ui.preferences.splits[std::string(splitter.name)] = dragged_to(splitter, mouse - half);
  desk.view.layout_changed = true;
}

void follow_session(Desk& desk) {
  View& view = desk.view;
  const DocumentStatus& document = desk.frame.document;
  if (std::exchange(view.sessions, document.sessions) != document.sessions) {
    apply(document.view, desk.ui.preferences);
    desk.ui.toasts.clear();     // they are about the one before
    view.plane.looked.reset();  // the engine forgets what was looked at
    view.plane.drag.reset();
    view.neuron.reset();
    view.checks = {};
    view.checks.seen = desk.frame.check.number;  // of the session before
    view.sweep.planned = false;
    view.loss = {};
    view.delta = {};
  }
  // Variants are compared with the same point in view; in another document it means nothing.
  if (std::exchange(view.opened, document.opened) != document.opened) {
    view.kept.clear();
    view.selected.reset();
    view.plane.area.reset();
    view.plane.by_hand = false;
    open_answers(desk);
    // There it says what to watch, and offers its variants.
    view.show_settings =
        !document.about.empty() || !document.variants.empty() || !document.questions.empty();
  }
  if (view.selected && *view.selected >= desk.data().size()) view.selected.reset();
}

Arrangement arrangement(const Desk& desk) {
  const Preferences& preferences = desk.ui.preferences;
  if (preferences.walking) return Arrangement::walking;
  if (preferences.checking) return Arrangement::checking;
  return desk.view.sweep.open ? Arrangement::sweeping : Arrangement::training;
}

void draw_window(Desk& desk) {
  const Ui& ui = desk.ui;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(screen);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  constexpr ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::Begin("###workbench", nullptr, flags);
  ImGui::PopStyleVar(2);

  const float border = ui.px(edge);
  picture::Rect area{border, border, screen.x - border, screen.y - border};
  area = draw_bar(desk, "transport", area, desk.view.transport_height, draw_transport);
  if (has_banner(desk)) {
    area = draw_bar(desk, "banner", area, desk.view.banner_height, draw_banner);
  }
  if (ui.preferences.timeline) {
    area = draw_bar(desk, "timeline", area, desk.view.timeline_height, draw_timeline, Edge::bottom);
  }
  const View& view = desk.view;
  const Layout layout = view.alone.empty()
                            ? divide(area, ui.scale(), ui.preferences.splits, arrangement(desk))
                            : alone(view.alone, area);
  desk.view.panel_under_mouse = {};
  for (const Slot& slot : layout.slots)
    draw_slot(desk, slot);
  desk.view.show_settings = false;
  for (const Splitter& splitter : layout.splitters)
    draw_splitter(desk, splitter);
  draw_dialogs(desk);
  ImGui::End();
}

}  // namespace

std::span<const Panel> panels() {
  return table;
}

void panel_heading(Desk& desk, std::string_view id, const char* title, std::string_view about) {
  heading(desk.ui, title);
  tooltip(desk.ui, std::string(about) + (about.empty() ? "" : "\n") +
                       "Double click: it fills the window, or goes back (X)");
  desk.ui.record("heading " + std::string(id));
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    actions::show_alone(desk, id);
  }
}

const Panel& panel(std::string_view id) {
  return *std::find_if(table.begin(), table.end(), [&](const Panel& row) { return row.id == id; });
}

class Workbench::Impl {
 public:
  Impl(Textures& textures_given, Preferences preferences_given, DrawCalls* draw_calls_given)
      : textures(textures_given),
        draw_calls(draw_calls_given),
        preferences(std::move(preferences_given)) {}

  const picture::Palette& palette() const {
    return preferences.dark ? picture::dark_palette() : picture::light_palette();
  }

  Textures& textures;
  DrawCalls* draw_calls;
  Preferences preferences;
  Fonts fonts;
  HeldImages held_images;
  EditState edit;
  HoverState hover;
  std::vector<Toast> toasts;
  ControlRegistry controls;
  View view;
  Dialog drawn_dialog = Dialog::none;
  double fade_seconds_left = 0;  // of what lies behind a dialog
  double now_seconds = 0;
  bool unsaved_answers = false;
};

Workbench::Workbench(Textures& textures, Preferences preferences, DrawCalls* draw_calls)
    : impl_(std::make_unique<Impl>(textures, std::move(preferences), draw_calls)) {}
Workbench::~Workbench() = default;

bool Workbench::fonts_outdated(float display_scale) const {
  return impl_->fonts.pixels_per_unit() != display_scale * impl_->preferences.zoom;
}

Problems Workbench::build_fonts(float display_scale) {
  return impl_->fonts.build(display_scale * impl_->preferences.zoom);
}

void Workbench::draw(const Frame& frame, Outbox& outbox) {
  Impl& impl = *impl_;
  impl.now_seconds = frame.now_seconds;
  impl.held_images.begin_frame();
  impl.controls.clear();
  impl.view.layout_changed = false;
  impl.hover.seen = false;
  // A caret that does not blink lets the window sleep.
  ImGui::GetIO().ConfigInputTextCursorBlink = false;
  apply_theme(impl.palette(), impl.fonts.pixels_per_unit());
  Ui ui{impl.preferences, impl.palette(),   impl.fonts,    impl.textures,
        impl.draw_calls,  impl.held_images, outbox,        impl.edit,
        impl.hover,       impl.toasts,      impl.controls, frame.snapshot.number,
        frame.now_seconds};
  Desk desk{ui, frame, impl.view};
  if (!std::exchange(impl.view.started, true)) {
    outbox.control(SetSpeed{impl.preferences.steps_per_second});
  }
  const FontScope body(impl.fonts, picture::Font::body);
  follow_session(desk);
  collect_notices(desk);
  update_dialogs(desk);
  dispatch_keys(desk);
  const std::optional<CheckedStep> checked = check_step(desk);
  desk.checked = checked ? &*checked : nullptr;
  follow_checks(desk);
  const std::optional<WalkPage> page = open_page(desk);
  desk.page = page ? &*page : nullptr;
  draw_window(desk);
  keep_locks(desk);
  draw_toasts(desk);
  send_look(desk);
  if (impl.view.focus != impl.view.found_focus) impl.view.layout_changed = true;
  impl.view.focus = std::exchange(impl.view.found_focus, std::nullopt);
  impl.unsaved_answers = deltascope::ui::has_unsaved_answers(desk);
  impl.hover.present = impl.hover.seen;
  impl.fade_seconds_left -= ImGui::GetIO().DeltaTime;
  if (std::exchange(impl.drawn_dialog, impl.view.dialog) != impl.view.dialog) {
    impl.fade_seconds_left = fade_seconds;
  }
}

double Workbench::seconds_until_next_change() const {
  if (impl_->view.layout_changed || impl_->fade_seconds_left > 0) return 0;
  if (impl_->view.walk.runs_until_seconds > impl_->now_seconds) return 0;
  const double tooltip = impl_->hover.seconds_left(impl_->now_seconds);
  const double toasts = seconds_until_toasts_change(impl_->toasts, impl_->now_seconds);
  return impl_->hover.present && tooltip > 0 ? std::min(tooltip, toasts) : toasts;
}

const Preferences& Workbench::preferences() const {
  return impl_->preferences;
}

bool Workbench::has_unsaved_answers() const {
  return impl_->unsaved_answers;
}

std::optional<picture::Rect> Workbench::find_control(std::string_view label) const {
  const Control* control = impl_->controls.find(label);
  if (control == nullptr || !control->visible) return std::nullopt;
  return control->rect_px;
}

std::optional<picture::PlaneMapping> Workbench::plane() const {
  return impl_->view.plane.mapping;
}

std::optional<walk::Quantity> Workbench::focus() const {
  return impl_->view.focus;
}

const ControlRegistry& Workbench::controls() const {
  return impl_->controls;
}

}  // namespace deltascope::ui
