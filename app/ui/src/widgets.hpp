#pragma once
// Controls: thin wrappers around Dear ImGui's that look alike and record where they lie. Labels are
// "text###id"; the id is the control's name for tests.

#include "ui.hpp"

#include <deltascope/linalg.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {

enum class ButtonKind { plain, primary, chosen, quiet };

/// The id of "text###id", or the text itself.
std::string_view control_name(std::string_view label);
/// What is shown of "text###id".
std::string_view shown_text(std::string_view label);

bool button(const Ui& ui, const char* label, ButtonKind kind = ButtonKind::plain,
            bool enabled = true, float width_px = 0);
/// The width `button` takes for this label.
float button_width(const Ui& ui, const char* label);
/// A square button with one character.
bool icon_button(const Ui& ui, const char* label, bool enabled = true);
bool checkbox(const Ui& ui, const char* label, bool* value);
/// Buttons side by side of which one is chosen; returns the one pressed. The control's names are
/// "group: option".
std::optional<int> toggle_group(const Ui& ui, const char* group,
                                std::span<const std::string> options, int chosen);
/// Explains the item drawn last once the mouse rests on it; not while it is disabled, nor after a
/// click, whose outcome it would cover, until the mouse comes again.
void tooltip(const Ui& ui, std::string_view text);
/// The same for an item that is disabled: why it is.
void tooltip_when_disabled(const Ui& ui, std::string_view text);
void secondary_text(const Ui& ui, std::string_view text);
/// Lines of `width_px`, broken at spaces other than those around "=".
std::string broken_at_spaces(std::string_view text, float width_px);
void wrapped_text(const Ui& ui, std::string_view text, bool secondary = true);
/// The same for text with raised and lowered parts, as in picture/script_text.hpp.
void wrapped_script(const Ui& ui, std::string_view text, float width_px,
                    picture::Font font = picture::Font::small);
/// Lower buttons, closer together, for the title row of a panel; as long as it lives.
class SmallControls {
 public:
  explicit SmallControls(const Ui& ui);
  ~SmallControls();
  SmallControls(const SmallControls&) = delete;
  SmallControls& operator=(const SmallControls&) = delete;
};
/// How far something is, 0 … 1, over what is left of the line.
void progress_bar(const Ui& ui, const char* label, double done);
/// The title of a panel.
void heading(const Ui& ui, const char* text);
/// Moves the cursor so that what follows, `width_px` wide, ends at the panel's right border.
void align_right(float width_px);
/// Whether `width_px` more fit on the line after the last item; then continues that line.
bool same_line_if_fits(float width_px);

/// A heading that folds what follows. Remembered in the preferences.
bool section(const Ui& ui, const char* title, bool open_at_first);

/// What a person made of a number. Edits with the same gesture belong to one drag.
struct NumberEdit {
  double value = 0;
  std::uint64_t gesture = 0;
};

struct NumberRange {
  double low = 0, high = 1;  ///< what may be typed
  double slider_low = 0;     ///< what the slider covers
  double slider_high = 1;
  bool log = false;
  bool zero_at_left = false;  ///< the left end of a log slider is 0
  bool whole = false;
};

// A value under the hand: the session answers a frame or two later, and until then the control
// shows what the hand did. There is only one at a time.

/// The hand has gone down on it; begins a gesture.
void hold(Ui& ui, ImGuiID control, double value);
void let_go(Ui& ui, ImGuiID control);
/// What the control shows while the session says `value`.
double held_value(Ui& ui, ImGuiID control, double value);

/// A thin slider with its label above it and, on the label's row, the value as a field to type in.
std::optional<NumberEdit> number_slider(Ui& ui, const char* label, double value,
                                        const NumberRange& range);
/// A field to type a number in; what is not a number in range is refused with a toast.
std::optional<double> number_field(Ui& ui, const char* label, double value,
                                   const NumberRange& range, float width_px);
/// A slider over positions 0 … count − 1; `shown` stands on the label's row.
std::optional<int> position_slider(Ui& ui, const char* label, int position, int count,
                                   std::string_view shown, float width_px);

struct TextEdit {
  std::string text;
  bool entered = false;  ///< by the Enter key, rather than by leaving the field
  bool changed = false;  ///< since the field was entered
};
/// A text field that keeps what is typed while it is active. Returns the text once it has been
/// changed or entered.
std::optional<TextEdit> text_field(Ui& ui, const char* label, std::string_view text,
                                   float width_px);

struct ComboStyle {
  std::span<const std::string> why_not = {};  ///< for each row why it cannot be chosen, or nothing
  float width_px = 0;                         ///< 0: all there is
};
/// A combo box; its label stands above it. `otherwise` is shown while none is chosen.
std::optional<int> combo(const Ui& ui, const char* label, std::span<const std::string_view> names,
                         int chosen, const char* otherwise = "", const ComboStyle& style = {});

/// A combo box over the rows of a table that `offered` admits.
template <class Row, class Offered>
const Row* table_combo(const Ui& ui, const char* label, std::span<const Row> table,
                       const Row* chosen, Offered offered, const char* otherwise = "") {
  std::vector<std::string_view> names;
  std::vector<const Row*> rows;
  int present = -1;
  for (const Row& row : table) {
    if (&row != chosen && !offered(row)) continue;
    if (&row == chosen) present = static_cast<int>(rows.size());
    rows.push_back(&row);
    names.push_back(row.label);
  }
  const std::optional<int> pressed = combo(ui, label, names, present, otherwise);
  return pressed ? rows[static_cast<std::size_t>(*pressed)] : nullptr;
}
template <class Row>
const Row* table_combo(const Ui& ui, const char* label, std::span<const Row> table,
                       const Row* chosen) {
  return table_combo(ui, label, table, chosen, [](const Row&) { return true; });
}

/// All rows of a table; those that `why_not` gives a reason against cannot be chosen, and say so.
template <class Row, class WhyNot>
const Row* suitable_combo(const Ui& ui, const char* label, std::span<const Row> table,
                          const Row* chosen, WhyNot why_not) {
  std::vector<std::string_view> names;
  std::vector<std::string> reasons;
  for (const Row& row : table) {
    names.push_back(row.label);
    reasons.push_back(&row == chosen ? std::string() : why_not(row));
  }
  const std::optional<int> pressed =
      combo(ui, label, names, static_cast<int>(chosen - table.data()), "", {reasons});
  return pressed ? &table[static_cast<std::size_t>(*pressed)] : nullptr;
}

/// The step that "1000000", "1,000,000", "1 000 000" or "1e6" means; nullopt: none.
std::optional<std::uint64_t> step_in(std::string text);

/// Shows a number that a person may edit: as many digits as needed, at most six.
std::string shown_number(double value);

}  // namespace deltascope::ui
