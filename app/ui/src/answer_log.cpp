// The answers of a document: taken up when it is opened, kept for when it is saved.

#include "hand_check.hpp"

#include <algorithm>

namespace deltascope::ui {

void open_answers(Desk& desk) {
  LessonView& lesson = desk.view.lesson;
  const int digits = lesson.practice.digits;
  lesson = {};
  lesson.practice.digits = digits;
  const DocumentStatus& document = desk.frame.document;
  lesson.learner = document.answers.learner;
  lesson.predictions = document.answers.predictions;
  for (const Attempt& attempt : document.answers.attempts)
    lesson.answered.push_back({attempt, std::nullopt});
  if (document.exercise) desk.ui.preferences.walking = true;
}

void mark_opened_answers(const Desk& desk) {
  std::vector<Answered>& all = desk.view.lesson.answered;
  const auto waits = [&](const Answered& answered) {
    return !answered.marked && answered.attempt.step == desk.snapshot().step;
  };
  if (std::none_of(all.begin(), all.end(), waits)) return;
  const walk::Step& step = desk.checked->step;
  std::vector<Attempt> earlier = attempts_that_count(desk);
  for (Answered& answered : all) {
    if (!waits(answered) || !lesson::value_of(step, answered.attempt.cell)) continue;
    answered.marked =
        lesson::mark(step, answered.attempt.cell, answered.attempt.text, rules(desk), earlier);
    earlier.push_back(answered.attempt);
  }
}

Answers answers_to_save(const Desk& desk) {
  const LessonView& lesson = desk.view.lesson;
  Answers answers;
  answers.predictions = lesson.predictions;
  if (open_exercise(desk) == nullptr) return answers;
  answers.learner = lesson.learner;
  for (const Answered& answered : lesson.answered)
    answers.attempts.push_back(answered.attempt);
  return answers;
}

bool has_unsaved_answers(const Desk& desk) {
  return open_exercise(desk) != nullptr && answers_to_save(desk) != desk.frame.document.answers;
}

}  // namespace deltascope::ui
