#include "hand_check.hpp"

#include "walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace deltascope::ui {
namespace {

constexpr std::string_view right_mark = "right";

struct AskedKind {
  walk::Kind kind;
  std::string_view name;  // of the CellKind
};
constexpr std::array asked_kinds{
    AskedKind{walk::Kind::z, "z"},         AskedKind{walk::Kind::a, "a"},
    AskedKind{walk::Kind::delta, "delta"}, AskedKind{walk::Kind::dW, "dW"},
    AskedKind{walk::Kind::db, "db"},
};

const CellKind* cell_kind_of(walk::Kind kind) {
  const auto found = std::find_if(asked_kinds.begin(), asked_kinds.end(),
                                  [&](const AskedKind& row) { return row.kind == kind; });
  return found == asked_kinds.end() ? nullptr : find_cell_kind(found->name);
}

// The matrix that a formula comes to.
const walk::Grid* last_grid(const walk::Formula& formula) {
  if (formula.grid != nullptr) return formula.grid.get();
  for (auto part = formula.parts.rbegin(); part != formula.parts.rend(); ++part) {
    if (const walk::Grid* grid = last_grid(*part)) return grid;
  }
  return nullptr;
}

bool is_right(const lesson::Marked& marked) {
  return marked.mark->name == right_mark;
}

void log_answer(Desk& desk, const Cell& cell, std::string_view text) {
  LessonView& lesson = desk.view.lesson;
  const walk::Step& step = desk.checked->step;
  const std::vector<Attempt> earlier = attempts_that_count(desk);
  const lesson::Marked marked = lesson::mark(step, cell, text, rules(desk), earlier);
  lesson.answered.push_back({{step.number, cell, std::string(text)}, marked});
  lesson.told = lesson.answered.size() - 1;
  desk.view.layout_changed = true;
}

bool needs_answer(const Desk& desk, Index row, Index col) {
  const std::optional<Cell> cell = asked_cell(desk, row, col);
  return cell && !is_settled(desk, *cell);
}

void choose(Desk& desk, Index row, Index col) {
  desk.view.walk.row = row;
  desk.view.walk.col = col;
  desk.view.lesson.field.focus = true;
}

}  // namespace

const Exercise* open_exercise(const Desk& desk) {
  const std::optional<Exercise>& exercise = desk.frame.document.exercise;
  return exercise ? &*exercise : nullptr;
}

bool hand_checks(const Desk& desk) {
  return desk.view.lesson.hand_check || open_exercise(desk) != nullptr;
}

const Exercise& rules(const Desk& desk) {
  const Exercise* exercise = open_exercise(desk);
  return exercise != nullptr ? *exercise : desk.view.lesson.practice;
}

std::optional<CheckedStep> check_step(Desk& desk) {
  if (!hand_checks(desk)) return std::nullopt;
  const std::optional<walk::Step> step = present_step(desk);
  if (!step) return std::nullopt;
  CheckedStep checked{*step, std::nullopt};
  const Desk with_step{desk.ui, desk.frame, desk.view, nullptr, &checked};
  mark_opened_answers(with_step);
  const Exercise* exercise = open_exercise(desk);
  if (exercise == nullptr) return checked;
  Veil veil(*step, [&](const Cell& cell) {
    return exercise->hides(cell) && !is_settled(with_step, cell);
  });
  if (veil.any()) checked.veil = std::move(veil);
  return checked;
}

bool hides_numbers(const Desk& desk) {
  return desk.checked != nullptr && desk.checked->veil.has_value();
}

std::optional<Cell> cell_of(const Desk& desk, const walk::Quantity& quantity) {
  const CellKind* kind = cell_kind_of(quantity.kind);
  const std::vector<std::uint32_t>& samples = desk.snapshot().trace.samples;
  if (kind == nullptr || quantity.layer < 0 || quantity.row < 0) return std::nullopt;
  Cell cell{kind, quantity.layer, quantity.row};
  if (!kind->of_sample && !kind->of_weight) return cell;
  if (quantity.col < 0) return std::nullopt;
  if (kind->of_weight) {
    cell.col = quantity.col;
  } else if (static_cast<std::size_t>(quantity.col) < samples.size()) {
    cell.sample = static_cast<Index>(samples[static_cast<std::size_t>(quantity.col)]);
  } else {
    return std::nullopt;
  }
  return cell;
}

walk::Quantity quantity_of(const Desk& desk, const Cell& cell) {
  const auto kind = std::find_if(asked_kinds.begin(), asked_kinds.end(), [&](const AskedKind& row) {
    return find_cell_kind(row.name) == cell.kind;
  });
  walk::Quantity quantity{kind->kind, cell.layer, cell.row};
  if (cell.kind->of_weight) quantity.col = cell.col;
  if (cell.kind->of_sample) {
    const auto& samples = desk.snapshot().trace.samples;
    const auto at =
        std::find(samples.begin(), samples.end(), static_cast<std::uint32_t>(cell.sample));
    quantity.col = at - samples.begin();
  }
  return quantity;
}

bool asks_results(const walk::Stage& stage) {
  if (cell_kind_of(stage.result.kind) == nullptr) return false;
  const walk::Grid* grid = last_grid(stage.numbers);
  return grid != nullptr && !grid->other_numbers;
}

std::optional<Cell> asked_cell(const Desk& desk, Index row, Index col) {
  if (desk.page == nullptr || desk.checked == nullptr) return std::nullopt;
  const walk::Stage& stage = desk.page->stage();
  if (!asks_results(stage) || row >= stage.rows || col >= stage.cols) return std::nullopt;
  const bool of_sample = cell_kind_of(stage.result.kind)->of_sample;
  const Index column =
      of_sample && !desk.page->options.whole_batch ? desk.page->options.column : col;
  const std::optional<Cell> cell = cell_of(desk, stage.result.at(row, column));
  const Exercise* exercise = open_exercise(desk);
  if (!cell || (exercise != nullptr && !exercise->hides(*cell))) return std::nullopt;
  return cell;
}

std::optional<Cell> chosen_cell(const Desk& desk) {
  return asked_cell(desk, desk.view.walk.row, desk.view.walk.col);
}

bool is_asked_for(const Desk& desk, const walk::Quantity& quantity) {
  if (desk.page == nullptr || open_exercise(desk) != nullptr) return false;
  const walk::Stage& stage = desk.page->stage();
  const walk::Quantity& result = stage.result;
  if (quantity.kind != result.kind || quantity.layer != result.layer) return false;
  if (!asks_results(stage)) return false;
  const std::optional<Cell> cell = cell_of(desk, quantity);
  return !cell || !is_settled(desk, *cell);
}

bool counts(const Desk& desk, const Answered& answered) {
  if (desk.checked == nullptr || !answered.marked) return false;
  const walk::Step& step = desk.checked->step;
  if (answered.attempt.step != step.number) return false;
  const std::optional<double> now = lesson::value_of(step, answered.attempt.cell);
  return now && std::bit_cast<std::uint64_t>(*now) ==
                    std::bit_cast<std::uint64_t>(answered.marked->expected);
}

std::vector<Attempt> attempts_that_count(const Desk& desk) {
  std::vector<Attempt> attempts;
  for (const Answered& answered : desk.view.lesson.answered) {
    if (counts(desk, answered)) attempts.push_back(answered.attempt);
  }
  return attempts;
}

const lesson::Marked* mark_of(const Desk& desk, const Cell& cell) {
  const Answered* found = nullptr;
  if (desk.checked == nullptr) return nullptr;
  for (const Answered& answered : desk.view.lesson.answered) {
    if (answered.attempt.cell == cell && counts(desk, answered)) found = &answered;
  }
  return found != nullptr ? &*found->marked : nullptr;
}

bool is_settled(const Desk& desk, const Cell& cell) {
  const auto& all = desk.view.lesson.answered;
  return std::any_of(all.begin(), all.end(), [&](const Answered& answered) {
    return answered.attempt.cell == cell &&
           (answered.attempt.text.empty() || (answered.marked && is_right(*answered.marked))) &&
           counts(desk, answered);
  });
}

void answer(Desk& desk, std::string_view text) {
  const std::optional<Cell> cell = chosen_cell(desk);
  const bool blank = text.find_first_not_of(" \t") == std::string_view::npos;
  if (!cell || blank) {
    choose_cell(desk, +1);
    return;
  }
  log_answer(desk, *cell, text);
  desk.view.lesson.field.focus = true;
  // Where it is not right, the advice is about this one.
  if (is_settled(desk, *cell)) choose_cell(desk, +1);
}

void show_number_of(Desk& desk, const Cell& cell) {
  if (!why_not_shown(desk, cell).empty()) return;
  log_answer(desk, cell, "");
  desk.view.lesson.field.focus = true;
}

void choose_cell(Desk& desk, int by) {
  if (desk.page == nullptr) return;
  const walk::Stage& stage = desk.page->stage();
  const Index count = stage.rows * stage.cols;
  if (count == 0) return;
  const Index here = desk.view.walk.row * stage.cols + desk.view.walk.col;
  for (Index i = 1; i < count; ++i) {
    const Index place = ((here + by * i) % count + count) % count;
    if (!needs_answer(desk, place / stage.cols, place % stage.cols)) continue;
    choose(desk, place / stage.cols, place % stage.cols);
    return;
  }
  if (needs_answer(desk, desk.view.walk.row, desk.view.walk.col))
    desk.view.lesson.field.focus = true;
}

std::string why_not_explained(const Desk& desk, const Cell& cell) {
  const Exercise* exercise = open_exercise(desk);
  if (exercise == nullptr) return {};
  if (!exercise->explanations) return "This exercise gives no explanations";
  return mark_of(desk, cell) == nullptr ? "Answer it first, even with a guess" : "";
}

void toggle_explained(Desk& desk, const Cell& cell) {
  if (!why_not_explained(desk, cell).empty()) return;
  std::optional<Cell>& explained = desk.view.lesson.explained;
  explained = explained == cell ? std::nullopt : std::optional(cell);
}

std::string why_not_shown(const Desk& desk, const Cell& cell) {
  const Exercise* exercise = open_exercise(desk);
  if (exercise != nullptr && !exercise->explanations) return "This exercise shows no numbers";
  return is_settled(desk, cell) ? "It is shown already" : "";
}

const char* sign_of(const lesson::Marked& marked) {
  if (is_right(marked)) return "✓";
  if (marked.mark->name == "empty") return "–";
  return marked.mark->points > 0 ? "~" : "✗";
}

picture::Color color_of(const lesson::Marked& marked, const picture::Palette& palette) {
  if (is_right(marked)) return palette.activation;
  if (marked.mark->name == "empty") return palette.secondary;
  return marked.mark->points > 0 ? palette.warning : palette.gradient;
}

}  // namespace deltascope::ui
