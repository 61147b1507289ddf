// The cells that an exercise hides in the step on screen, how many are right, and where to go next.

#include "hand_check.hpp"
#include "walk.hpp"

#include <algorithm>

namespace deltascope::ui {
namespace {

class Cells {
 public:
  Cells(const Exercise& exercise, const walk::Step& step) : exercise_(exercise), step_(step) {
    for (const std::uint32_t sample : step.trace->samples) {
      const auto index = static_cast<Index>(sample);
      // A batch drawn with replacement may have a point twice.
      if (std::find(samples_.begin(), samples_.end(), index) == samples_.end())
        samples_.push_back(index);
    }
  }

  void add(const char* kind_name, Index layer) {
    const CellKind* kind = find_cell_kind(kind_name);
    const Index cols = kind->of_weight ? step_.net().fan_in(layer) : 1;
    const std::vector<Index> one{0};
    for (const Index sample : kind->of_sample ? samples_ : one) {
      for (Index row = 0; row < step_.net().fan_out(layer); ++row) {
        for (Index col = 0; col < cols; ++col) {
          const Cell cell{kind, layer, row, col, sample};
          if (exercise_.hides(cell)) cells.push_back(cell);
        }
      }
    }
  }

  std::vector<Cell> cells;

 private:
  const Exercise& exercise_;
  const walk::Step& step_;
  std::vector<Index> samples_;
};

// The place in the walk where the cell is asked for; nullopt where it never is.
std::optional<walk::Cursor> place_of(const WalkPage& page, const walk::Quantity& asked,
                                     const walk::Options& options) {
  for (std::size_t p = 0; p < page.phases.size(); ++p) {
    const walk::PhaseId& id = page.phases[p];
    const bool may_ask = id.layer == asked.layer || id.kind == walk::PhaseKind::regularization;
    if (!may_ask) continue;
    const walk::Phase phase = walk::phase(page.step, id, options);
    for (std::size_t s = 0; s < phase.stages.size(); ++s) {
      const walk::Quantity& result = phase.stages[s].result;
      if (result.kind != asked.kind || result.layer != asked.layer) continue;
      if (asks_results(phase.stages[s])) return walk::Cursor{p, s};
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Cell> hidden_cells(const Desk& desk) {
  const Exercise* exercise = open_exercise(desk);
  if (exercise == nullptr || desk.checked == nullptr) return {};
  const walk::Step& step = desk.checked->step;
  Cells cells(*exercise, step);
  for (Index layer = 0; layer < step.net().layers(); ++layer) {
    cells.add("z", layer);
    cells.add("a", layer);
  }
  for (Index layer = step.net().layers() - 1; layer >= 0; --layer)
    cells.add("delta", layer);
  for (Index layer = step.net().layers() - 1; layer >= 0; --layer) {
    for (const char* kind : {"dW", "db"})
      cells.add(kind, layer);
  }
  return std::move(cells.cells);
}

Score score(const Desk& desk) {
  std::vector<Cell> cells = hidden_cells(desk);
  if (open_exercise(desk) == nullptr) {
    for (const Attempt& attempt : attempts_that_count(desk)) {
      if (std::find(cells.begin(), cells.end(), attempt.cell) == cells.end())
        cells.push_back(attempt.cell);
    }
  }
  const auto is_right = [&](const Cell& cell) {
    const lesson::Marked* marked = mark_of(desk, cell);
    return marked != nullptr && marked->mark->points == 1.0;
  };
  return {std::count_if(cells.begin(), cells.end(), is_right), static_cast<Index>(cells.size())};
}

void go_to_open_cell(Desk& desk) {
  if (desk.page == nullptr) return;
  const WalkPage& page = *desk.page;
  const std::vector<Cell> cells = hidden_cells(desk);
  const std::optional<Cell> here = asked_cell(desk, desk.view.walk.row, desk.view.walk.col);
  const auto at = here ? std::find(cells.begin(), cells.end(), *here) : cells.end();
  const auto start = static_cast<std::size_t>(at == cells.end() ? 0 : at - cells.begin() + 1);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[(start + i) % cells.size()];
    if (is_settled(desk, cell)) continue;
    const walk::Quantity asked = quantity_of(desk, cell);
    walk::Options options = page.options;
    if (cell.kind->of_sample) options.column = asked.col;
    const std::optional<walk::Cursor> place = place_of(page, asked, options);
    if (!place) continue;
    set_cursor(desk, *place);
    if (cell.kind->of_sample && !options.whole_batch) desk.view.selected = cell.sample;
    const bool has_columns = cell.kind->of_weight || (cell.kind->of_sample && options.whole_batch);
    desk.view.walk.row = cell.row;
    desk.view.walk.col = has_columns ? asked.col : 0;
    desk.view.lesson.field.focus = true;
    return;
  }
}

}  // namespace deltascope::ui
