#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// The task, the learner's name, how many cells are right, and "Save answers"; nothing without an
/// exercise.
void draw_exercise_strip(Desk& desk);

}  // namespace deltascope::ui
