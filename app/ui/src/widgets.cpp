#include "widgets.hpp"

#include <deltascope/picture/script_text.hpp>

#include <algorithm>
#include <limits>

namespace deltascope::ui {
namespace {

constexpr std::string_view id_mark = "###";

// Pops as many colours as were pushed.
class ColorScope {
 public:
  void push(ImGuiCol slot, picture::Color color) {
    ImGui::PushStyleColor(slot, to_imgui(color));
    ++count_;
  }
  ColorScope() = default;
  ~ColorScope() { ImGui::PopStyleColor(count_); }
  ColorScope(const ColorScope&) = delete;
  ColorScope& operator=(const ColorScope&) = delete;

 private:
  int count_ = 0;
};

void push_kind(ColorScope& colors, const Ui& ui, ButtonKind kind) {
  const picture::Palette& palette = ui.palette;
  if (kind == ButtonKind::primary || kind == ButtonKind::chosen) {
    colors.push(ImGuiCol_Button, palette.accent);
    colors.push(ImGuiCol_ButtonHovered, picture::mixed(palette.accent, palette.panel, 0.15));
    colors.push(ImGuiCol_ButtonActive, picture::mixed(palette.accent, palette.panel, 0.25));
    colors.push(ImGuiCol_Text, palette.on_accent);
  } else if (kind == ButtonKind::quiet) {
    colors.push(ImGuiCol_Button, picture::faded(palette.frame, 0));
  }
}

// Whether the space at `i` stands beside "=": "η = 5" is read as one.
bool in_equation(std::string_view text, std::size_t i) {
  return (i > 0 && text[i - 1] == '=') || (i + 1 < text.size() && text[i + 1] == '=');
}

// Dear ImGui by itself also breaks lines behind a point or a comma, in the middle of a number.
}  // namespace

std::string broken_at_spaces(std::string_view text, float width_px) {
  std::string lines(text);
  std::size_t line = 0, space = std::string::npos;
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    const bool at_end = i == lines.size() || lines[i] == '\n';
    if (!at_end && (lines[i] != ' ' || in_equation(lines, i))) continue;
    const float width = ImGui::CalcTextSize(lines.data() + line, lines.data() + i).x;
    if (width >= width_px && space != std::string::npos) {
      lines[space] = '\n';
      line = space + 1;
    }
    space = at_end ? std::string::npos : i;
    if (at_end) line = i + 1;
  }
  return lines;
}

void Ui::record(std::string_view label, ImVec2 low, ImVec2 high, bool enabled) const {
  controls.record(control_name(label), {low.x, low.y, high.x, high.y}, enabled,
                  ImGui::IsRectVisible(low, high));
}

void Ui::record(std::string_view label, bool enabled) const {
  record(label, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), enabled);
}

std::string_view control_name(std::string_view label) {
  const auto mark = label.find(id_mark);
  return mark == std::string_view::npos ? label : label.substr(mark + id_mark.size());
}

std::string_view shown_text(std::string_view label) {
  return label.substr(0, label.find(id_mark));
}

bool button(const Ui& ui, const char* label, ButtonKind kind, bool enabled, float width_px) {
  ColorScope colors;
  push_kind(colors, ui, kind);
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::Button(label, ImVec2(width_px, 0));
  ImGui::EndDisabled();
  ui.record(label, enabled);
  return pressed;
}

float button_width(const Ui&, const char* label) {
  const std::string_view text = shown_text(label);
  return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x +
         2 * ImGui::GetStyle().FramePadding.x;
}

bool icon_button(const Ui& ui, const char* label, bool enabled) {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(ui.px(4), ImGui::GetStyle().FramePadding.y));
  const bool pressed = button(ui, label, ButtonKind::plain, enabled, ImGui::GetFrameHeight());
  ImGui::PopStyleVar();
  return pressed;
}

bool checkbox(const Ui& ui, const char* label, bool* value) {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(3), ui.px(2)));
  const bool changed = ImGui::Checkbox(label, value);
  ImGui::PopStyleVar();
  ui.record(label);
  return changed;
}

std::optional<int> toggle_group(const Ui& ui, const char* group,
                                std::span<const std::string> options, int chosen) {
  std::optional<int> pressed;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(4), ui.px(4)));
  for (std::size_t i = 0; i < options.size(); ++i) {
    const int index = static_cast<int>(i);
    const std::string label = options[i] + "###" + group + ": " + options[i];
    const float width = button_width(ui, label.c_str());
    if (i > 0) same_line_if_fits(width);
    const ButtonKind kind = index == chosen ? ButtonKind::chosen : ButtonKind::plain;
    const float room = ImGui::GetContentRegionAvail().x;
    ImGui::PushID(index);
    if (button(ui, label.c_str(), kind, true, std::min(width, room))) pressed = index;
    ImGui::PopID();
    if (width > room) tooltip(ui, options[i]);  // cut off
  }
  ImGui::PopStyleVar();
  return pressed;
}

namespace {

// For an item that is hovered.
void show_tooltip(const Ui& ui, std::string_view text) {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  HoverState& hover = ui.hover;
  if (!hover.present || hover.x != low.x || hover.y != low.y) {
    hover = {true, true, low.x, low.y, ui.now_seconds};
  }
  hover.seen = true;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    hover.since_seconds = std::numeric_limits<double>::infinity();
  }
  if (hover.seconds_left(ui.now_seconds) > 0) return;
  // Beside the item, where it hides none of its neighbours, and inside the window.
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool from_right = low.x > screen.x / 2, above = low.y > screen.y * 0.8F;
  ImGui::SetNextWindowPos(
      ImVec2(from_right ? high.x : low.x, above ? low.y - ui.px(6) : high.y + ui.px(6)),
      ImGuiCond_Always, ImVec2(from_right ? 1.0F : 0.0F, above ? 1.0F : 0.0F));
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 26);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

}  // namespace

void tooltip(const Ui& ui, std::string_view text) {
  if (!text.empty() && ImGui::IsItemHovered()) show_tooltip(ui, text);
}

void tooltip_when_disabled(const Ui& ui, std::string_view text) {
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) show_tooltip(ui, text);
}

void secondary_text(const Ui& ui, std::string_view text) {
  const FontScope font(ui.fonts, picture::Font::small);
  ColorScope colors;
  colors.push(ImGuiCol_Text, ui.palette.secondary);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
}

void wrapped_text(const Ui& ui, std::string_view text, bool secondary) {
  const FontScope font(ui.fonts, secondary ? picture::Font::small : picture::Font::body);
  ColorScope colors;
  if (secondary) colors.push(ImGuiCol_Text, ui.palette.secondary);
  const std::string lines = broken_at_spaces(text, ImGui::GetContentRegionAvail().x);
  ImGui::PushTextWrapPos(0);  // of what is longer than a line
  ImGui::TextUnformatted(lines.c_str());
  ImGui::PopTextWrapPos();
}

void wrapped_script(const Ui& ui, std::string_view text, float width_px, picture::Font font) {
  ImGuiCanvas canvas = ui.canvas();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float space = canvas.measure(" ", font).width;
  const float line_height = canvas.measure("x", font).height + ui.px(7);
  float x = 0, y = 0, widest = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const float width = picture::measure_script(canvas, word, font).width;
    if (x > 0 && x + width > width_px) {
      x = 0;
      y += line_height;
    }
    picture::draw_script(canvas, {corner.x + x, corner.y + y + line_height / 2}, word, font,
                         ui.palette.secondary, picture::AlignX::left, picture::AlignY::middle);
    widest = std::max(widest, x + width);
    x += width + space;
  }
  ImGui::Dummy(ImVec2(widest, y + line_height));
}

void progress_bar(const Ui& ui, const char* label, double done) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  ImGui::Dummy(ImVec2(width, height));
  ui.record(label);
  ImGuiCanvas canvas = ui.canvas();
  const float y = at.y + height / 2, half = ui.px(4);
  const float filled = width * static_cast<float>(std::clamp(done, 0.0, 1.0));
  canvas.fill_rect({at.x, y - half, at.x + width, y + half}, ui.palette.frame, half);
  canvas.fill_rect({at.x, y - half, at.x + filled, y + half}, ui.palette.accent, half);
}

void heading(const Ui& ui, const char* text) {
  const SmallControls small(ui);  // as high as the buttons that may follow on its line
  const FontScope font(ui.fonts, picture::Font::heading);
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(text);
}

SmallControls::SmallControls(const Ui& ui) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(6), ui.px(6)));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(9), ui.px(3)));
}

SmallControls::~SmallControls() {
  ImGui::PopStyleVar(2);
}

void align_right(float width_px) {
  const float x = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width_px;
  ImGui::SetCursorPosX(std::max(x, ImGui::GetCursorPosX()));
}

bool same_line_if_fits(float width_px) {
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  const float spacing = ImGui::GetStyle().ItemSpacing.x;
  if (ImGui::GetItemRectMax().x + spacing + width_px > right + 0.5F) return false;
  ImGui::SameLine();
  return true;
}

bool section(const Ui& ui, const char* title, bool open_at_first) {
  const auto found = ui.preferences.open_sections.find(title);
  bool open = found == ui.preferences.open_sections.end() ? open_at_first : found->second;
  const std::string id = std::string("section ") + title;

  const float height = ImGui::GetFrameHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  if (ImGui::InvisibleButton(id.c_str(), ImVec2(width, height))) {
    open = !open;
    ui.preferences.open_sections[title] = open;
  }
  const bool hovered = ImGui::IsItemHovered();
  ui.record(id);
  ImGuiCanvas canvas = ui.canvas();
  if (hovered) {
    canvas.fill_rect({at.x - ui.px(6), at.y, at.x + width + ui.px(6), at.y + height},
                     picture::faded(ui.palette.frame, 0.6), ui.px(6));
  }
  const float middle = at.y + height / 2, r = ui.px(4), x = at.x + r;
  const picture::Color color = hovered ? ui.palette.text : ui.palette.secondary;
  const picture::Stroke stroke{color, ui.scale() * 1.6F};
  const picture::Point down[] = {
      {x - r, middle - r / 2}, {x, middle + r / 2}, {x + r, middle - r / 2}};
  const picture::Point right[] = {
      {x - r / 2, middle - r}, {x + r / 2, middle}, {x - r / 2, middle + r}};
  canvas.polyline(open ? down : right, stroke);
  canvas.text({at.x + ui.px(18), middle}, title, picture::Font::heading, ui.palette.text,
              picture::AlignX::left, picture::AlignY::middle);
  return open;
}

std::optional<int> combo(const Ui& ui, const char* label, std::span<const std::string_view> names,
                         int chosen, const char* otherwise, const ComboStyle& style) {
  if (!shown_text(label).empty()) secondary_text(ui, shown_text(label));
  std::optional<int> pressed;
  const std::string preview(chosen >= 0 ? names[static_cast<std::size_t>(chosen)] : otherwise);
  const std::string id = std::string("###") + std::string(control_name(label));
  const float width = style.width_px > 0 ? style.width_px : ImGui::GetContentRegionAvail().x;
  const ImVec2 low = ImGui::GetCursorScreenPos();
  ui.record(id, low, ImVec2(low.x + width, low.y + ImGui::GetFrameHeight()));
  ImGui::SetNextItemWidth(width);
  if (!ImGui::BeginCombo(id.c_str(), preview.c_str(), ImGuiComboFlags_HeightLargest)) {
    return pressed;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const int index = static_cast<int>(i);
    const std::string name(names[i]);
    const std::string why_not = i < style.why_not.size() ? style.why_not[i] : std::string();
    ImGui::BeginDisabled(!why_not.empty());
    if (ImGui::Selectable(name.c_str(), index == chosen) && index != chosen) pressed = index;
    ImGui::EndDisabled();
    ui.record(std::string(control_name(label)) + ": " + name, why_not.empty());
    if (!why_not.empty()) tooltip_when_disabled(ui, why_not + ".");
  }
  if (ui.edit.close_list) {
    ImGui::CloseCurrentPopup();
  } else {
    ui.edit.list_open = true;
  }
  ImGui::EndCombo();
  return pressed;
}

}  // namespace deltascope::ui
