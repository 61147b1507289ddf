// The sessions that come with the program: their titles, and what each one shows.

#include "actions.hpp"
#include "dialogs.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace deltascope::ui {
namespace {

// In units; both shrink with the window.
constexpr float usual_width = 820, usual_height = 540;
constexpr float list_share = 0.4F;

std::span<const Preset> presets_of(const Desk& desk) {
  return desk.frame.document.presets;
}

void move_cursor(Desk& desk, std::ptrdiff_t by) {
  PresetsView& view = desk.view.presets;
  const std::ptrdiff_t last = std::ssize(presets_of(desk)) - 1;
  const std::ptrdiff_t at = std::clamp(static_cast<std::ptrdiff_t>(view.cursor) + by,
                                       std::ptrdiff_t{0}, std::max(last, std::ptrdiff_t{0}));
  view.cursor = static_cast<std::size_t>(at);
  view.show_cursor = true;
}

void open_at_cursor(Desk& desk) {
  const std::span<const Preset> presets = presets_of(desk);
  if (desk.view.presets.cursor >= presets.size()) return;
  desk.view.dialog = Dialog::none;
  actions::open_preset(desk, presets[desk.view.presets.cursor]);
}

// The next title that starts with this letter, round and round.
void find_letter(Desk& desk, char letter) {
  const std::span<const Preset> presets = presets_of(desk);
  PresetsView& view = desk.view.presets;
  for (std::size_t ahead = 1; ahead <= presets.size(); ++ahead) {
    const std::size_t at = (view.cursor + ahead) % presets.size();
    const std::string& title = presets[at].title;
    if (!title.empty() && (title.front() | 0x20) == letter) {
      view.cursor = at;
      view.show_cursor = true;
      return;
    }
  }
}

struct Movement {
  Key key;
  std::ptrdiff_t by;
};
constexpr std::ptrdiff_t page = 8, all = std::numeric_limits<std::int32_t>::max();
constexpr std::array movements{
    Movement{Key::up, -1},          Movement{Key::down, +1},   Movement{Key::page_up, -page},
    Movement{Key::page_down, page}, Movement{Key::home, -all}, Movement{Key::end, all},
};

void draw_title(Desk& desk, std::size_t index) {
  const Ui& ui = desk.ui;
  PresetsView& view = desk.view.presets;
  const std::string& title = presets_of(desk)[index].title;
  const float pad = ui.px(6);
  const float wrap = ImGui::GetContentRegionAvail().x - 2 * pad;
  const float height = ImGui::CalcTextSize(title.c_str(), nullptr, false, wrap).y;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(static_cast<int>(index));
  if (ImGui::Selectable("###title", index == view.cursor, ImGuiSelectableFlags_AllowDoubleClick,
                        ImVec2(0, height + pad))) {
    view.cursor = index;
    if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) open_at_cursor(desk);
  }
  ImGui::PopID();
  ui.record("preset: " + title);
  if (index == view.cursor && view.show_cursor) {
    ImGui::SetScrollHereY();
    view.show_cursor = false;
  }
  ImGui::GetWindowDrawList()->AddText(
      ImGui::GetFont(), ImGui::GetFontSize(), ImVec2(at.x + pad, at.y + pad / 2),
      ImGui::GetColorU32(ImGuiCol_Text), title.c_str(), nullptr, wrap);
}

void draw_about(const Ui& ui, const Preset& preset) {
  {
    const FontScope font(ui.fonts, picture::Font::heading);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(preset.title.c_str());
    ImGui::PopTextWrapPos();
  }
  wrapped_text(ui, preset.about, false);
  if (!preset.variants.empty()) {
    ImGui::Dummy(ImVec2(0, ui.px(2)));
    wrapped_text(ui, "Variants to compare with it:");
    for (const std::string& variant : preset.variants)
      wrapped_text(ui, "–  " + variant, false);
  }
  ImGui::Dummy(ImVec2(0, ui.px(2)));
  wrapped_text(ui, "On the command line: --preset " + preset.name);
}

}  // namespace

void actions::show_presets(Desk& desk) {
  if (const Preset* open = open_preset_row(desk)) {
    desk.view.presets.cursor = static_cast<std::size_t>(open - presets_of(desk).data());
  }
  move_cursor(desk, 0);
  desk.view.dialog = Dialog::presets;
}

void press_in_presets(Desk& desk, const KeyEvent& event) {
  if (event.ctrl || event.alt) return;
  if (event.key == Key::enter) open_at_cursor(desk);
  for (const Movement& row : movements) {
    if (row.key == event.key) move_cursor(desk, row.by);
  }
  if (event.key >= Key::a && event.key <= Key::z) {
    find_letter(desk,
                static_cast<char>('a' + (static_cast<int>(event.key) - static_cast<int>(Key::a))));
  }
}

void draw_presets(Desk& desk) {
  const Ui& ui = desk.ui;
  const std::span<const Preset> presets = presets_of(desk);
  heading(ui, "Presets");
  if (presets.empty()) {
    wrapped_text(ui, "No presets are installed beside this program.", false);
    if (button(ui, "Close###Close presets", ButtonKind::primary)) actions::escape(desk);
    return;
  }
  // What the dialog's border, its heading and its buttons leave of the window.
  const ImGuiStyle& style = ImGui::GetStyle();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float outside = 2 * ui.px(18);
  const float width = std::min(ui.px(usual_width), screen.x - outside - 2 * style.WindowPadding.x);
  const float buttons = style.ItemSpacing.y + ImGui::GetFrameHeight() + style.WindowPadding.y;
  const float height =
      std::min(ui.px(usual_height), screen.y - outside - ImGui::GetCursorPosY() - buttons);
  const float list_width = std::floor(width * list_share);
  ImGui::BeginChild("titles", ImVec2(list_width, height), true);
  for (std::size_t i = 0; i < presets.size(); ++i)
    draw_title(desk, i);
  ImGui::EndChild();
  ImGui::SameLine(0, ui.px(16));
  ImGui::BeginChild("about", ImVec2(width - list_width - ui.px(16), height));
  draw_about(ui, presets[desk.view.presets.cursor]);
  ImGui::EndChild();
  if (button(ui, "Open###Open preset", ButtonKind::primary)) open_at_cursor(desk);
  ImGui::SameLine();
  if (button(ui, "Cancel###Cancel presets")) actions::escape(desk);
}

}  // namespace deltascope::ui
