#pragma once
// Checking by hand: which cells are asked for, what was answered, what stays covered. In practice
// the person asks for it and every result of the walk's stage is asked for; an exercise says itself
// which cells it hides, and hides them in every panel.

#include "veil.hpp"
#include "view.hpp"

#include <deltascope/lesson/marking.hpp>
#include <deltascope/picture/palette.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {

/// That of the open document; null: none.
const Exercise* open_exercise(const Desk& desk);
/// Whether answers are asked for: always in an exercise.
bool hand_checks(const Desk& desk);
/// What counts as right: the exercise's rules, or those of practice.
const Exercise& rules(const Desk& desk);

/// The step on screen, whose numbers are asked for.
struct CheckedStep {
  walk::Step step;
  std::optional<Veil> veil;  ///< of an exercise; nullopt: nothing is hidden
};
/// Of this frame; nullopt where nothing is asked for. Marks answers from a file whose step it is.
std::optional<CheckedStep> check_step(Desk& desk);

/// Whether an exercise keeps some number of the step on screen covered.
bool hides_numbers(const Desk& desk);

/// The cell that a quantity of the trace is; nullopt: none, or a whole matrix of them.
std::optional<Cell> cell_of(const Desk& desk, const walk::Quantity& quantity);
/// The same quantity of the walk; its column is that of the trace.
walk::Quantity quantity_of(const Desk& desk, const Cell& cell);
/// The cell that this result of the walk's stage is; nullopt where it is not asked for.
std::optional<Cell> asked_cell(const Desk& desk, Index row, Index col);
/// The one that the answer line is about.
std::optional<Cell> chosen_cell(const Desk& desk);
/// Whether the present stage asks for this number, and it is not settled.
bool is_asked_for(const Desk& desk, const walk::Quantity& quantity);
/// Whether the stage's own results are asked for, rather than numbers on the way to them.
bool asks_results(const walk::Stage& stage);

/// Whether an answer is about the number that its cell has now: after another step or another
/// weight it is a new question.
bool counts(const Desk& desk, const Answered& answered);
std::vector<Attempt> attempts_that_count(const Desk& desk);
/// The newest mark that counts for a cell; null: none yet.
const lesson::Marked* mark_of(const Desk& desk, const Cell& cell);
/// Answered rightly, or shown on request: its number need not be covered.
bool is_settled(const Desk& desk, const Cell& cell);

/// The exercise's cells in the step on screen, in the order of the walk.
std::vector<Cell> hidden_cells(const Desk& desk);
struct Score {
  Index right = 0, of = 0;
};
/// Of the step on screen: the exercise's cells, or in practice those that were answered.
Score score(const Desk& desk);

/// Marks what was typed for the chosen cell and logs it; goes on to the next one if it is right.
/// An empty text goes on.
void answer(Desk& desk, std::string_view text);
/// Gives the cell up: its number is shown, and the log has an empty answer.
void show_number_of(Desk& desk, const Cell& cell);
/// Chooses the next (+1) or previous (−1) cell of the stage that is still covered.
void choose_cell(Desk& desk, int by);
/// To the next open cell of the walk, in whatever phase or sample.
void go_to_open_cell(Desk& desk);

/// Why the worked example of the cell cannot be asked for; empty: it can.
std::string why_not_explained(const Desk& desk, const Cell& cell);
void toggle_explained(Desk& desk, const Cell& cell);
std::string why_not_shown(const Desk& desk, const Cell& cell);

/// How a mark looks: ✓, ~ for a part of the points, ✗, – for a cell that was given up.
const char* sign_of(const lesson::Marked& marked);
picture::Color color_of(const lesson::Marked& marked, const picture::Palette& palette);

/// Takes up the answers of the document that has just been opened.
void open_answers(Desk& desk);
/// Marks answers of a file once their step is on screen.
void mark_opened_answers(const Desk& desk);
/// What a file keeps: of an exercise everything, else what was predicted.
Answers answers_to_save(const Desk& desk);
bool has_unsaved_answers(const Desk& desk);

/// The lock of the exercise that stops this request; null: none.
const Lock* stopped_by(const Exercise& exercise, const Request& request);
/// Drops what the exercise has locked from the outbox, and says so.
void keep_locks(Desk& desk);
/// Whether the exercise stops steps, or commands like this one: their controls are disabled.
bool steps_locked(const Desk& desk);
bool has_lock(const Desk& desk, std::string_view name);
bool is_locked(const Desk& desk, const Action& action);

}  // namespace deltascope::ui
