#include "panels.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <limits>

namespace deltascope::ui {
namespace {

constexpr double shown_seconds = 6, warning_seconds = 9, fading_seconds = 0.4;
constexpr double fading_frame_seconds = 1.0 / 30;
constexpr std::size_t most_toasts = 3;

double life_seconds(const Toast& toast) {
  return toast.warning ? warning_seconds : shown_seconds;
}

void draw_toast(const Ui& ui, const Toast& toast, std::size_t index) {
  const double left = toast.since_seconds + life_seconds(toast) - ui.now_seconds;
  const auto alpha = static_cast<float>(std::clamp(left / fading_seconds, 0.0, 1.0));
  ImGui::PushStyleVar(ImGuiStyleVar_Alpha, alpha);
  ImGui::PushID(static_cast<int>(index));
  ImGui::BeginGroup();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::Indent(ui.px(14));
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + ui.px(480));
  ImGui::TextUnformatted(toast.text.data(), toast.text.data() + toast.text.size());
  ImGui::PopTextWrapPos();
  ImGui::Unindent(ui.px(14));
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y;
  const picture::Color color = toast.warning ? ui.palette.warning : ui.palette.accent;
  ui.canvas().fill_rect({corner.x, corner.y, corner.x + ui.px(4), bottom},
                        picture::faded(color, alpha), ui.px(2));
  ImGui::PopID();
  ImGui::PopStyleVar();
}

}  // namespace

void collect_notices(Desk& desk) {
  for (const Notice& notice : desk.snapshot().notices) {
    if (notice.number <= desk.view.shown_notice) continue;
    desk.view.shown_notice = notice.number;
    desk.ui.toast(notice.text, notice.refused);
  }
}

void draw_toasts(Desk& desk) {
  Ui& ui = desk.ui;
  std::vector<Toast>& toasts = ui.toasts;
  std::erase_if(toasts, [&](const Toast& toast) {
    return ui.now_seconds >= toast.since_seconds + life_seconds(toast);
  });
  if (toasts.size() > most_toasts) {
    toasts.erase(toasts.begin(), toasts.end() - static_cast<std::ptrdiff_t>(most_toasts));
  }
  if (toasts.empty()) return;
  // At the lower edge they hide no title and no button; the timeline is one that is dragged.
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float below = ui.preferences.timeline ? desk.view.timeline_height + ui.px(8) : 0;
  ImGui::SetNextWindowPos(ImVec2(screen.x / 2, screen.y - below - ui.px(12)), ImGuiCond_Always,
                          ImVec2(0.5F, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, to_imgui(ui.palette.frame));
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs |
                                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_AlwaysAutoResize |
                                     ImGuiWindowFlags_NoSavedSettings |
                                     ImGuiWindowFlags_NoFocusOnAppearing;
  ImGui::Begin("###toasts", nullptr, flags);
  for (std::size_t i = 0; i < toasts.size(); ++i)
    draw_toast(ui, toasts[i], i);
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

double seconds_until_toasts_change(std::span<const Toast> toasts, double now_seconds) {
  double soonest = std::numeric_limits<double>::infinity();
  for (const Toast& toast : toasts) {
    const double fades = toast.since_seconds + life_seconds(toast) - fading_seconds - now_seconds;
    soonest = std::min(soonest, std::max(fades, fading_frame_seconds));
  }
  return soonest;
}

}  // namespace deltascope::ui
