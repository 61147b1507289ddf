#pragma once

#include <deltascope/exercise.hpp>
#include <deltascope/walk/formula.hpp>
#include <deltascope/walk/quantity.hpp>
#include <deltascope/walk/step.hpp>

#include <functional>
#include <vector>

namespace deltascope::ui {

/// What an exercise keeps from view in a step: its open cells, and every number that is computed
/// from one of them, from which one could be worked back. With each right answer it lifts.
class Veil {
 public:
  /// `is_open`: asked for, and not answered yet.
  Veil(const walk::Step& step, const std::function<bool(const Cell&)>& is_open);

  /// Whether the number of this quantity is hidden; of a whole one, whether any of its numbers is.
  /// Columns are those of the trace, and `others` after them.
  bool covers(const walk::Quantity& quantity) const;
  /// The column that stands for points whose numbers are not in the trace.
  Index others() const { return columns_ - 1; }
  bool any() const { return any_; }

 private:
  /// One flag per entry of a matrix.
  struct Flags {
    Index rows = 0, cols = 0;
    std::vector<bool> values;
    Flags(Index rows_given, Index cols_given)
        : rows(rows_given), cols(cols_given), values(static_cast<std::size_t>(rows * cols)) {}
    std::size_t at(Index row, Index col) const {
      return static_cast<std::size_t>(row * cols + col);
    }
    void set(Index row, Index col, bool on) { values[at(row, col)] = on; }
    bool any(Index row, Index col) const;  ///< walk::every is all of them
  };
  using Layers = std::vector<Flags>;

  void go_forward(const walk::Step& step, const std::function<bool(const Cell&)>& is_open);
  void go_back(const walk::Step& step, const std::function<bool(const Cell&)>& is_open);
  void add_up(const walk::Step& step, const std::function<bool(const Cell&)>& is_open);
  Cell cell(const walk::Step& step, const char* kind, Index layer, Index row, Index column) const;

  Index columns_ = 0;
  bool any_ = false, least_squares_ = false;
  Layers z_, a_, pulled_, delta_, dW_, db_;
};

/// The same formula without the hidden numbers: not even a width or a colour tells of them.
walk::Formula without_hidden(walk::Formula formula, const Veil& veil);

}  // namespace deltascope::ui
