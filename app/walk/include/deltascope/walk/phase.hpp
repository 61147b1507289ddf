#pragma once

#include <deltascope/walk/formula.hpp>
#include <deltascope/walk/step.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace deltascope::walk {

/// The textbook's steps, in its order.
enum class PhaseKind {
  batch,           ///< which samples
  forward,         ///< z, then a, of one layer
  cost,            ///< a − y and C_x; for a batch their mean
  output_delta,    ///< δ of the output
  hidden_delta,    ///< δ of one hidden layer
  gradient,        ///< dW and db of one layer
  regularization,  ///< + λW, only with λ > 0
  update,          ///< all layers at once
  // Levenberg–Marquardt instead of what follows the cost.
  jacobian,  ///< r = y − F and one sample's rows of J
  trial,     ///< μ, Δp, and what became of ‖r‖²
  verdict    ///< accepted or rejected; μ of the next trial
};

struct PhaseId {
  PhaseKind kind = PhaseKind::batch;
  Index layer = 0;  ///< weight layer, for the kinds of one layer
  bool operator==(const PhaseId&) const = default;
};

/// Which way numbers run along the edges that are lit.
enum class Flow { none, forward, backward };

/// One thing that one sees happen: "turn W", "pull δ back", "times the slope".
struct Stage {
  std::string about;  ///< one sentence; script text (see picture/script_text.hpp)
  Formula rule;       ///< in symbols, for the whole layer
  Formula numbers;    ///< the same with matrices of numbers; may be empty
  /// What worked examples are computed of, and how many there are; none if its kind is none. Of one
  /// sample `result.col` names it, and there is one column.
  Quantity result;
  Index rows = 0, cols = 0;
  std::vector<Quantity> lit;  ///< what the network and the plane light up
  Flow flow = Flow::none;
  std::optional<Index> curve_of_layer;  ///< draw this layer's activation with a dot at z …
  bool tangent = false;                 ///< … and its slope there
};

struct Phase {
  PhaseId id;
  std::string title;          ///< script text: "δ^[2]"
  std::string about;          ///< a sentence or two; script text
  Formula rule;               ///< what the phase as a whole computes
  std::vector<Stage> stages;  ///< at least one
};

/// The same entry with its numbers plugged in, ready for a pocket calculator: the printed operands
/// give the printed result. Where they do not, because what was computed is not what the formula
/// says, a "≠" stands between the two.
struct Worked {
  Formula rule;  ///< δ_1^[2] = Σ_k w_k1^[3] δ_k^[3] · a_1^[2] (1 − a_1^[2])
  Formula numbers;  ///< δ_1^[2] = (0.5·(−0.2) + …) · 0.25 · (1 − 0.25) = …; its terms have moments
  /// By moment, from 1: what each term lights up; the last one is the result. None without moments.
  std::vector<Quantity> terms;
};

/// Those of this step, in order: a layer's gradient after every δ, from the output back.
std::vector<PhaseId> phases(const Step& step);
/// Without a notation in `options`: the first of notations().
Phase phase(const Step& step, const PhaseId& id, const Options& options);
/// `row` < rows and `col` < cols of the stage's result.
Worked worked(const Step& step, const PhaseId& id, std::size_t stage, Index row, Index col,
              const Options& options);

}  // namespace deltascope::walk
