// What an exercise locks: stopped where wishes leave the window.

#include "hand_check.hpp"

#include <algorithm>
#include <string>

namespace deltascope::ui {
namespace {

bool makes_steps(const Request& request) {
  return std::holds_alternative<Play>(request) || std::holds_alternative<StepOnce>(request) ||
         std::holds_alternative<RunTo>(request) || std::holds_alternative<GoToStep>(request);
}

}  // namespace

const Lock* stopped_by(const Exercise& exercise, const Request& request) {
  const auto* command = std::get_if<Command>(&request);
  const auto stops = [&](const Lock* lock) {
    return command != nullptr ? lock->stops(command->action)
                              : lock->stops_steps && makes_steps(request);
  };
  const auto found = std::find_if(exercise.locked.begin(), exercise.locked.end(), stops);
  return found == exercise.locked.end() ? nullptr : *found;
}

void keep_locks(Desk& desk) {
  const Exercise* exercise = open_exercise(desk);
  if (exercise == nullptr) return;
  const bool hides = hides_numbers(desk);
  desk.ui.outbox.drop_engine([&](const Request& request) {
    // The gradient check lists what is to be worked out.
    if (hides && std::holds_alternative<RunCheck>(request)) {
      desk.ui.toast("The check shows numbers that this exercise hides", true);
      return true;
    }
    const Lock* lock = stopped_by(*exercise, request);
    if (lock == nullptr) return false;
    desk.ui.toast("Locked in this exercise: " + std::string(lock->label), true);
    return true;
  });
}

bool steps_locked(const Desk& desk) {
  const Exercise* exercise = open_exercise(desk);
  return exercise != nullptr && stopped_by(*exercise, StepOnce{}) != nullptr;
}

bool has_lock(const Desk& desk, std::string_view name) {
  const Exercise* exercise = open_exercise(desk);
  return exercise != nullptr && std::any_of(exercise->locked.begin(), exercise->locked.end(),
                                            [&](const Lock* lock) { return lock->name == name; });
}

bool is_locked(const Desk& desk, const Action& action) {
  const Exercise* exercise = open_exercise(desk);
  return exercise != nullptr && stopped_by(*exercise, Command{action}) != nullptr;
}

}  // namespace deltascope::ui
