// What keys and buttons do in the walk.
#include "actions.hpp"
#include "dialogs.hpp"
#include "hand_check.hpp"
#include "panels.hpp"
#include "question_box.hpp"
#include "walk.hpp"

#include <algorithm>

namespace deltascope::ui::actions {
namespace {

// With what the frame draws, also where a key comes before it.
template <class Act>
void on_page(Desk& desk, Act act) {
  const std::optional<CheckedStep> checked = check_step(desk);
  Desk there{desk.ui, desk.frame, desk.view, nullptr, checked ? &*checked : nullptr};
  const std::optional<WalkPage> page = open_page(there);
  if (!page) return;
  there.page = &*page;
  act(there);
}

}  // namespace

void toggle_walk(Desk& desk) {
  bool& walking = desk.ui.preferences.walking;
  walking = !walking;
  desk.ui.preferences.checking = false;
  if (walking && desk.snapshot().run == RunState::playing) desk.ui.outbox.control(Pause{});
  leave_lower_panel(desk);
  set_cursor(desk, {});
}

void next(Desk& desk) {
  if (!desk.ui.preferences.walking) {
    step(desk);
    return;
  }
  if (desk.snapshot().run == RunState::playing) {
    desk.ui.outbox.control(Pause{});
    return;
  }
  const std::optional<walk::Step> present = present_step(desk);
  if (!present) {
    step(desk);  // says what is missing
    return;
  }
  const walk::Options options = walk_options(desk);
  const walk::Pace pace = walk_pace(desk);
  const walk::Cursor here = clamped(*present, options, pace, desk.view.walk.cursor);
  if (const auto further = walk::next(*present, options, pace, here)) {
    set_cursor(desk, *further);
  } else if (desk.frame.frozen) {
    desk.ui.toast("The picture is kept still; press K to take this step", true);
  } else if (steps_locked(desk)) {
    step(desk);  // says so
  } else {
    step(desk);
    set_cursor(desk, begin_of(*present, options, pace, 0, 0));
    desk.view.walk.uncovered.clear();
  }
}

void back(Desk& desk) {
  if (!desk.ui.preferences.walking) {
    step_back(desk);
    return;
  }
  const std::optional<walk::Step> present = present_step(desk);
  if (!present) return;
  const walk::Options options = walk_options(desk);
  const walk::Pace pace = walk_pace(desk);
  const walk::Cursor here = clamped(*present, options, pace, desk.view.walk.cursor);
  if (const auto before = walk::previous(*present, options, pace, here)) {
    set_cursor(desk, *before);
    desk.view.walk.runs_until_seconds = 0;  // it has been seen
  }
}

void change_phase(Desk& desk, int by) {
  const std::optional<walk::Step> present = present_step(desk);
  if (!desk.ui.preferences.walking || !present) return;
  const auto last = static_cast<std::ptrdiff_t>(walk::phases(*present).size()) - 1;
  const auto here = static_cast<std::ptrdiff_t>(desk.view.walk.cursor.phase);
  const auto there = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(here + by, 0, last));
  set_cursor(desk, begin_of(*present, walk_options(desk), walk_pace(desk), there, 0));
}

void first_phase(Desk& desk) {
  if (!desk.ui.preferences.walking) {
    go_to_first(desk);
    return;
  }
  change_phase(desk, -static_cast<int>(desk.view.walk.cursor.phase));
}

void toggle_pace(Desk& desk) {
  bool& neurons = desk.ui.preferences.neuron_by_neuron;
  neurons = !neurons;
  set_cursor(desk, {desk.view.walk.cursor.phase, desk.view.walk.cursor.stage});
}

void toggle_blank(Desk& desk) {
  desk.view.walk.blank = !desk.view.walk.blank;
  desk.view.walk.uncovered.clear();
}

void toggle_hand_check(Desk& desk) {
  if (open_exercise(desk) != nullptr) {
    desk.ui.toast("This exercise is checked by hand", true);
    return;
  }
  LessonView& lesson = desk.view.lesson;
  lesson.hand_check = !lesson.hand_check;
  lesson.told.reset();
  lesson.explained.reset();
  const walk::Cursor& here = desk.view.walk.cursor;
  desk.view.walk.cursor = {here.phase, here.stage};
  if (lesson.hand_check && !desk.ui.preferences.walking) toggle_walk(desk);
}

void toggle_predict_first(Desk& desk) {
  desk.ui.preferences.predict_first = !desk.ui.preferences.predict_first;
}

void change_cell(Desk& desk, int by) {
  on_page(desk, [by](Desk& there) { choose_cell(there, by); });
}

void next_open_cell(Desk& desk) {
  on_page(desk, [](Desk& there) { go_to_open_cell(there); });
}

void show_number(Desk& desk) {
  on_page(desk, [](Desk& there) {
    const std::optional<Cell> cell = chosen_cell(there);
    if (cell) show_number_of(there, *cell);
  });
}

void choose_answer(Desk& desk, int choice) {
  if (desk.ui.preferences.walking && present_step(desk)) {
    on_page(desk, [choice](Desk& there) { press_choice(there, choice); });
  } else {
    press_choice(desk, choice);
  }
}

void explain(Desk& desk) {
  on_page(desk, [](Desk& there) {
    const std::optional<Cell> cell = chosen_cell(there);
    if (cell) toggle_explained(there, *cell);
  });
}

void export_step(Desk& desk) {
  const std::optional<CheckedStep> checked = check_step(desk);
  if (checked && checked->veil) {
    desk.ui.toast("Not before every hidden number is found: the export would tell them", true);
  } else if (present_step(desk)) {
    start_file_dialog(desk, Dialog::export_step);
  } else {
    desk.ui.toast("There is no step to export: place points first.", true);
  }
}

}  // namespace deltascope::ui::actions
