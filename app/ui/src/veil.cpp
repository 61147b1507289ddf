#include "veil.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace deltascope::ui {

bool Veil::Flags::any(Index row, Index col) const {
  for (Index r = row == walk::every ? 0 : row; r < (row == walk::every ? rows : row + 1); ++r) {
    for (Index c = col == walk::every ? 0 : col; c < (col == walk::every ? cols : col + 1); ++c) {
      if (r < rows && c < cols && values[at(r, c)]) return true;
    }
  }
  return false;
}

Veil::Veil(const walk::Step& step, const std::function<bool(const Cell&)>& is_open)
    : columns_(step.trace->X.cols() + 1), least_squares_(step.settings->optimizer->least_squares) {
  const Architecture& net = step.net();
  for (Index layer = 0; layer < net.layers(); ++layer) {
    for (Layers* layers : {&z_, &a_, &pulled_, &delta_})
      layers->emplace_back(net.fan_out(layer), columns_);
    dW_.emplace_back(net.fan_out(layer), net.fan_in(layer));
    db_.emplace_back(net.fan_out(layer), 1);
  }
  go_forward(step, is_open);
  go_back(step, is_open);
  add_up(step, is_open);
  for (const Layers* layers : {&z_, &a_, &pulled_, &delta_, &dW_, &db_}) {
    for (const Flags& flags : *layers)
      any_ = any_ || flags.any(walk::every, walk::every);
  }
}

Cell Veil::cell(const walk::Step& step, const char* kind, Index layer, Index row,
                Index column) const {
  Cell cell{find_cell_kind(kind), layer, row};
  if (!cell.kind->of_sample) {
    cell.col = cell.kind->of_weight ? column : 0;
  } else if (column < others()) {
    cell.sample = static_cast<Index>(step.trace->samples[static_cast<std::size_t>(column)]);
  } else {
    cell.sample = step.data->size();  // nobody's, never answered
  }
  return cell;
}

void Veil::go_forward(const walk::Step& step, const std::function<bool(const Cell&)>& is_open) {
  for (Index layer = 0; layer < step.net().layers(); ++layer) {
    const auto l = static_cast<std::size_t>(layer);
    const bool couples = step.net().activation(layer).value == nullptr;
    for (Index c = 0; c < columns_; ++c) {
      const bool before = layer > 0 && a_[l - 1].any(walk::every, c);
      for (Index j = 0; j < z_[l].rows; ++j)
        z_[l].set(j, c, before || is_open(cell(step, "z", layer, j, c)));
      for (Index j = 0; j < a_[l].rows; ++j) {
        const bool unknown = z_[l].any(couples ? walk::every : j, c);
        a_[l].set(j, c, unknown || is_open(cell(step, "a", layer, j, c)));
      }
    }
  }
}

void Veil::go_back(const walk::Step& step, const std::function<bool(const Cell&)>& is_open) {
  const Index last = step.net().layers() - 1;
  for (Index layer = last; layer >= 0; --layer) {
    const auto l = static_cast<std::size_t>(layer);
    const bool couples = step.net().activation(layer).value == nullptr;
    for (Index c = 0; c < columns_; ++c) {
      const bool behind = layer < last && delta_[l + 1].any(walk::every, c);
      for (Index j = 0; j < delta_[l].rows; ++j) {
        pulled_[l].set(j, c, behind);
        const bool slope = a_[l].any(couples ? walk::every : j, c);
        delta_[l].set(j, c, behind || slope || is_open(cell(step, "delta", layer, j, c)));
      }
    }
  }
}

void Veil::add_up(const walk::Step& step, const std::function<bool(const Cell&)>& is_open) {
  for (Index layer = 0; layer < step.net().layers(); ++layer) {
    const auto l = static_cast<std::size_t>(layer);
    for (Index j = 0; j < dW_[l].rows; ++j) {
      bool of_delta = false;
      for (Index c = 0; c < others(); ++c)
        of_delta = of_delta || delta_[l].any(j, c);
      db_[l].set(j, 0, of_delta || is_open(cell(step, "db", layer, j, 0)));
      for (Index k = 0; k < dW_[l].cols; ++k) {
        bool of_a = false;
        for (Index c = 0; layer > 0 && c < others(); ++c)
          of_a = of_a || a_[l - 1].any(k, c);
        dW_[l].set(j, k, of_delta || of_a || is_open(cell(step, "dW", layer, j, k)));
      }
    }
  }
}

bool Veil::covers(const walk::Quantity& quantity) const {
  if (!any_) return false;
  const auto in = [&](const Layers& layers, Index col) {
    const auto l = static_cast<std::size_t>(quantity.layer);
    return quantity.layer >= 0 && l < layers.size() && layers[l].any(quantity.row, col);
  };
  switch (quantity.kind) {
    case walk::Kind::z:
      return in(z_, quantity.col);
    case walk::Kind::a:
    case walk::Kind::slope:
    case walk::Kind::residual:
      return in(a_, quantity.col);
    case walk::Kind::pulled:
      return in(pulled_, quantity.col);
    case walk::Kind::delta:
      return in(delta_, quantity.col);
    case walk::Kind::dW_data:
    case walk::Kind::dW:
      return in(dW_, quantity.col);
    case walk::Kind::W_m:
    case walk::Kind::W_v:
    case walk::Kind::W_after:
      return least_squares_ || in(dW_, quantity.col);
    case walk::Kind::db:
      return in(db_, walk::every);
    case walk::Kind::b_m:
    case walk::Kind::b_v:
    case walk::Kind::b_after:
      return least_squares_ || in(db_, walk::every);
    case walk::Kind::loss:
      return a_.back().any(walk::every, quantity.col);
    case walk::Kind::cost:
      return a_.back().any(walk::every, walk::every);
    case walk::Kind::least_squares_residual:
    case walk::Kind::jacobian:
    case walk::Kind::step:
      return true;  // of every cell there is
    default:
      return false;  // given, not computed
  }
}

walk::Formula without_hidden(walk::Formula formula, const Veil& veil) {
  if (formula.form == walk::Form::number && formula.of && veil.covers(*formula.of)) {
    formula.text = "0.000";
  }
  if (formula.grid != nullptr) {
    walk::Grid grid = *formula.grid;
    for (Index r = 0; r < grid.rows; ++r) {
      for (Index c = 0; c < grid.cols; ++c) {
        if (veil.covers(grid.entry(r, c))) {
          grid.values[static_cast<std::size_t>(r * grid.cols + c)] = 0.0;
        }
      }
    }
    formula.grid = std::make_shared<const walk::Grid>(std::move(grid));
  }
  for (walk::Formula& part : formula.parts)
    part = without_hidden(std::move(part), veil);
  return formula;
}

}  // namespace deltascope::ui
