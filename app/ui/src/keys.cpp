#include "keys.hpp"

#include "actions.hpp"
#include "dialogs.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace deltascope::ui {
namespace {

template <void (*action)(Desk&)>
void plain(Desk& desk, int) {
  action(desk);
}
template <void (*action)(Desk&, int)>
void with(Desk& desk, int argument) {
  action(desk, argument);
}

constexpr Shift no = Shift::no, yes = Shift::yes, either = Shift::either;

constexpr std::array table{
    KeyBinding{Key::space, false, no, false, "Space", "Train or pause",
               plain<actions::train_or_pause>},
    KeyBinding{Key::s, false, no, true, "S", "One step", plain<actions::step>},
    KeyBinding{Key::s, false, yes, true, "Shift+S", "One step back", plain<actions::step_back>},
    KeyBinding{Key::end, false, either, false, "End", "Back to the newest step",
               plain<actions::go_to_newest>},
    KeyBinding{Key::j, false, no, false, "J", "Timeline: steps and commands to go back to",
               plain<actions::toggle_timeline>},
    KeyBinding{Key::w, false, no, false, "W", "Walk through one step by hand",
               plain<actions::toggle_walk>},
    KeyBinding{Key::c, false, no, false, "C", "Check gradient and update",
               plain<actions::toggle_checks>},
    KeyBinding{Key::right, false, no, true, "→ ←",
               "Next and back in the walk; without it, a step on and back", plain<actions::next>},
    KeyBinding{Key::left, false, no, true, "", "", plain<actions::back>},
    KeyBinding{Key::page_down, false, no, true, "Page Down, Up", "Next and previous phase",
               with<actions::change_phase>, +1},
    KeyBinding{Key::page_up, false, no, true, "", "", with<actions::change_phase>, -1},
    KeyBinding{Key::home, false, no, false, "Home",
               "The first phase; without the walk, the first step", plain<actions::first_phase>},
    KeyBinding{Key::d, false, no, false, "D", "Neuron by neuron, or a layer at a time",
               plain<actions::toggle_pace>},
    KeyBinding{Key::b, false, no, false, "B", "Cover the walk's results, or show them",
               plain<actions::toggle_blank>},
    KeyBinding{Key::a, false, no, false, "A", "Check your own numbers by hand",
               plain<actions::toggle_hand_check>},
    KeyBinding{Key::down, false, no, true, "↓ ↑", "Next and previous cell to be worked out",
               with<actions::change_cell>, +1},
    KeyBinding{Key::up, false, no, true, "", "", with<actions::change_cell>, -1},
    KeyBinding{Key::o, false, no, false, "O", "To the next open cell of an exercise",
               plain<actions::next_open_cell>},
    KeyBinding{Key::v, false, no, false, "V", "Show the cell's number",
               plain<actions::show_number>},
    KeyBinding{Key::i, false, no, false, "I", "Explain the cell's number", plain<actions::explain>},
    KeyBinding{Key::q, false, no, false, "Q", "Predict first, then see the numbers",
               plain<actions::toggle_predict_first>},
    KeyBinding{Key::e, false, no, false, "E", "Export this step", plain<actions::export_step>},
    KeyBinding{Key::g, false, no, false, "G", "Train to a given step", plain<actions::ask_run_to>},
    KeyBinding{Key::r, false, no, false, "R", "Reset to the same weights", plain<actions::reset>},
    KeyBinding{Key::n, false, no, false, "N", "New seed: other weights", plain<actions::new_seed>},
    KeyBinding{Key::n, false, yes, false, "Shift+N", "Many seeds: how often does this succeed?",
               plain<actions::toggle_sweep>},
    KeyBinding{Key::plus, false, either, true, "+", "Faster", with<actions::change_speed>, +1},
    KeyBinding{Key::minus, false, either, true, "−", "Slower", with<actions::change_speed>, -1},
    KeyBinding{Key::digit_1, false, yes, false, "Shift+1 … 8", "Class that a click places",
               with<actions::pick_class>, 0},
    KeyBinding{Key::digit_2, false, yes, false, "", "", with<actions::pick_class>, 1},
    KeyBinding{Key::digit_3, false, yes, false, "", "", with<actions::pick_class>, 2},
    KeyBinding{Key::digit_4, false, yes, false, "", "", with<actions::pick_class>, 3},
    KeyBinding{Key::digit_5, false, yes, false, "", "", with<actions::pick_class>, 4},
    KeyBinding{Key::digit_6, false, yes, false, "", "", with<actions::pick_class>, 5},
    KeyBinding{Key::digit_7, false, yes, false, "", "", with<actions::pick_class>, 6},
    KeyBinding{Key::digit_8, false, yes, false, "", "", with<actions::pick_class>, 7},
    KeyBinding{Key::del, false, no, false, "Delete", "Remove the selected point",
               plain<actions::remove_chosen_point>},
    KeyBinding{Key::backspace, false, no, false, "", "", plain<actions::remove_chosen_point>},
    KeyBinding{Key::z, true, no, true, "Ctrl+Z", "Undo", plain<actions::undo>},
    KeyBinding{Key::y, true, no, true, "Ctrl+Y", "Redo", plain<actions::redo>},
    KeyBinding{Key::z, true, yes, true, "", "", plain<actions::redo>},
    KeyBinding{Key::f, false, no, false, "F", "Fit the plane and the curves", plain<actions::fit>},
    KeyBinding{Key::h, false, no, false, "H", "Hard or smooth shading",
               plain<actions::toggle_hard_shading>},
    KeyBinding{Key::l, false, no, false, "L", "Logarithmic step axis",
               plain<actions::toggle_log_axis>},
    KeyBinding{Key::m, false, no, false, "M", "Next notation", plain<actions::next_notation>},
    KeyBinding{Key::t, false, no, false, "T", "Dark or light", plain<actions::toggle_theme>},
    KeyBinding{Key::plus, true, either, true, "Ctrl++", "Larger", with<actions::change_zoom>, +1},
    KeyBinding{Key::minus, true, either, true, "Ctrl+−", "Smaller", with<actions::change_zoom>, -1},
    KeyBinding{Key::digit_0, true, either, false, "Ctrl+0", "100 %", with<actions::change_zoom>, 0},
    KeyBinding{Key::f11, false, either, false, "F11", "Full screen",
               plain<actions::toggle_fullscreen>},
    KeyBinding{Key::x, false, no, false, "X", "The panel under the mouse fills the window",
               plain<actions::toggle_alone>},
    KeyBinding{Key::k, false, no, false, "K", "Keep the picture still, while training goes on",
               plain<actions::toggle_frozen>},
    KeyBinding{Key::p, false, no, false, "P", "Presets", plain<actions::show_presets>},
    KeyBinding{Key::digit_1, false, no, false, "1 … 9", "One of the first nine presets",
               with<actions::open_preset_at>, 0},
    KeyBinding{Key::digit_2, false, no, false, "", "", with<actions::open_preset_at>, 1},
    KeyBinding{Key::digit_3, false, no, false, "", "", with<actions::open_preset_at>, 2},
    KeyBinding{Key::digit_4, false, no, false, "", "", with<actions::open_preset_at>, 3},
    KeyBinding{Key::digit_5, false, no, false, "", "", with<actions::open_preset_at>, 4},
    KeyBinding{Key::digit_6, false, no, false, "", "", with<actions::open_preset_at>, 5},
    KeyBinding{Key::digit_7, false, no, false, "", "", with<actions::open_preset_at>, 6},
    KeyBinding{Key::digit_8, false, no, false, "", "", with<actions::open_preset_at>, 7},
    KeyBinding{Key::digit_9, false, no, false, "", "", with<actions::open_preset_at>, 8},
    KeyBinding{Key::o, true, no, false, "Ctrl+O", "Open", plain<actions::open>},
    KeyBinding{Key::s, true, no, false, "Ctrl+S", "Save", plain<actions::save>},
    KeyBinding{Key::s, true, yes, false, "Ctrl+Shift+S", "Save as", plain<actions::save_as>},
    KeyBinding{Key::q, true, no, false, "Ctrl+Q", "Quit", plain<actions::quit>},
    KeyBinding{Key::slash, false, either, false, "?", "These keys", plain<actions::toggle_help>},
    KeyBinding{Key::f1, false, either, false, "", "", plain<actions::toggle_help>},
    KeyBinding{Key::escape, false, either, false, "Esc", "Close, or deselect",
               plain<actions::escape>},
};

constexpr std::array mouse_table{
    MouseHelp{"Click on a point", "Select it"},
    MouseHelp{"Click beside", "Place a point of the picked class"},
    MouseHelp{"Shift or right click", "Place an X"},
    MouseHelp{"Drag a point", "Move it"},
    MouseHelp{"Ctrl+click", "Remove a point"},
    MouseHelp{"Double click a neuron", "Type its bias and weights"},
    MouseHelp{"Drag the plane", "Pan (also with the middle button)"},
    MouseHelp{"Wheel", "Zoom the plane or the curves"},
    MouseHelp{"Double click", "Fit the curves"},
};

bool matches(const KeyBinding& row, const KeyEvent& event) {
  return row.key == event.key && row.ctrl == event.ctrl && !event.alt &&
         (row.shift == either || (row.shift == yes) == event.shift) &&
         (row.repeats || !event.repeat);
}

// A digit is a choice with Alt, and begins an answer where one is asked for.
bool is_digit(Key key) {
  return key >= Key::digit_0 && key <= Key::digit_9;
}
bool begins_answer(const KeyEvent& event) {
  const bool sign = event.key == Key::plus || event.key == Key::minus;
  return !event.ctrl && !event.alt && (sign || is_digit(event.key));
}

// While a question or the help is open, only these act.
bool acts_in_dialogs(const KeyBinding& row, Dialog dialog) {
  return row.key == Key::escape ||
         (dialog == Dialog::help && (row.key == Key::slash || row.key == Key::f1));
}

}  // namespace

std::span<const KeyBinding> key_bindings() {
  return table;
}

std::span<const MouseHelp> mouse_help() {
  return mouse_table;
}

void dispatch_keys(Desk& desk) {
  EditState& edit = desk.ui.edit;
  const bool list_open = std::exchange(edit.list_open, false);  // said anew by the open one
  edit.close_list = false;
  const bool types = ImGui::GetIO().WantTextInput;
  AnswerField& answers = desk.view.lesson.field;
  const bool asks = std::exchange(answers.present, false);  // said anew by the line
  const bool asks_here = asks && desk.view.dialog == Dialog::none;
  for (const KeyEvent& event : desk.frame.keys) {
    const bool escapes = event.key == Key::escape && !event.alt && !event.ctrl;
    if (escapes && list_open) {
      edit.close_list = true;
      continue;
    }
    // A field in a dialog goes with it; elsewhere Escape takes back what has been typed.
    const bool chooses = answers.active && (event.key == Key::up || event.key == Key::down);
    if (types && !chooses && !(escapes && desk.view.dialog != Dialog::none)) continue;
    if (asks_here && begins_answer(event)) continue;
    if (event.alt && is_digit(event.key) && desk.view.dialog == Dialog::none) {
      const int number = static_cast<int>(event.key) - static_cast<int>(Key::digit_0);
      if (number > 0) actions::choose_answer(desk, number - 1);
      continue;
    }
    if (desk.view.dialog == Dialog::presets && event.key != Key::escape) {
      press_in_presets(desk, event);
      continue;
    }
    const auto* row = std::find_if(table.begin(), table.end(), [&](const KeyBinding& binding) {
      return matches(binding, event);
    });
    if (row == table.end()) continue;
    const Dialog dialog = desk.view.dialog;
    if (dialog == Dialog::none || acts_in_dialogs(*row, dialog)) row->act(desk, row->argument);
  }
}

}  // namespace deltascope::ui
