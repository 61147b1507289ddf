#pragma once
// What the window remembers of a learner: what was asked, answered and predicted.

#include <deltascope/exercise.hpp>
#include <deltascope/lesson/marking.hpp>
#include <deltascope/walk/phase.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::ui {

/// An answer and its mark. It counts as long as the cell has the number that it had then: training
/// on, or another weight, opens the cell again.
struct Answered {
  Attempt attempt;
  std::optional<lesson::Marked> marked;  ///< nullopt: from a file, and its step was not on screen
};

/// The line on which the chosen cell is answered.
struct AnswerField {
  std::string text;        ///< as typed so far
  std::string begins;      ///< typed before the field was there
  std::optional<Cell> of;  ///< whose answer `text` is
  bool focus = false;      ///< at the next frame
  bool present = false;    ///< in the last frame: a digit starts it
  bool active = false;     ///< being typed in, in the last frame
};

/// A phase of the walk at one step: its numbers wait for a prediction, or were shown after one.
struct PhasePrediction {
  std::uint64_t step = 0;
  walk::PhaseId phase;
  std::optional<Index> choice;  ///< nullopt: skipped
};

struct LessonView {
  bool hand_check = false;  ///< asked for by the person; an exercise is always checked
  Exercise practice;        ///< what counts without an exercise: every cell, so many digits
  std::string learner;
  std::vector<Answered> answered;  ///< in order; of an exercise those of its file first
  std::vector<Prediction> predictions;
  AnswerField field;
  std::optional<std::size_t> told;  ///< of `answered`: the mark that the line tells about
  std::optional<Cell> explained;    ///< whose worked example is open
  // Questions.
  std::vector<std::string> skipped;          ///< of the document
  std::optional<std::string> told_question;  ///< answered just now: its outcome is on screen
  std::vector<PhasePrediction> phases;
};

}  // namespace deltascope::ui
