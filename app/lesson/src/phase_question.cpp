#include <deltascope/lesson/phase_question.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace deltascope::lesson {
namespace {

using walk::Kind;
using walk::Options;
using walk::PhaseId;
using walk::Quantity;
using walk::Step;

std::string label(const Quantity& quantity, const Options& options) {
  const walk::Notation* notation = options.notation;
  return label_of(quantity, notation == nullptr ? walk::notations().front() : *notation);
}

/// RMS of a layer's δ, of the walked point or of the whole batch.
double rms_delta(const Step& step, Index layer, const Options& options) {
  const Matrix& delta = step.trace->delta[static_cast<std::size_t>(layer)];
  const Index first = options.whole_batch ? 0 : options.column;
  const Index count = options.whole_batch ? delta.cols() : 1;
  double sum = 0.0;
  for (Index i = first; i < first + count; ++i) {
    for (Index row = 0; row < delta.rows(); ++row)
      sum += delta(row, i) * delta(row, i);
  }
  return std::sqrt(sum / static_cast<double>(delta.rows() * count));
}

// Closer than this, nobody can tell: a question would be one about rounding.
constexpr double telling_ratio = 1.001;

bool is_telling(double one, double other) {
  const double low = std::min(std::abs(one), std::abs(other));
  const double high = std::max(std::abs(one), std::abs(other));
  return std::isfinite(high) && high > telling_ratio * low;
}

std::vector<std::string> yes_or_no(const Step&, const PhaseId&, const Options&) {
  return {"yes", "no"};
}

// The step.

std::string ask_step(const Step& step, const PhaseId&, const Options&) {
  const bool tells = step.cost_before && step.cost_after && is_finite(step) &&
                     std::isfinite(*step.cost_after) && *step.cost_after != *step.cost_before;
  return tells ? "Will this step lower the cost over all points?" : "";
}
Index answer_step(const Step& step, const PhaseId&, const Options&) {
  return *step.cost_after < *step.cost_before ? 0 : 1;
}
std::string because_step(const Step& step, const PhaseId& id, const Options& options) {
  if (answer_step(step, id, options) == 0) {
    return "The step goes down the slope, and is short enough not to go too far.";
  }
  const bool is_part = step.trace->batch_size < step.data->size();
  return is_part ? "It follows the slope of its batch, and that is not the slope of all points; or "
                   "it is too long."
                 : "The slope is right, but the step is too long: it lands higher up on the other "
                   "side.";
}

// δ of the output.

double first_delta(const Step& step, const Options& options) {
  return step.trace->delta.back()(0, options.column);
}
Quantity first_output(const Step& step, Kind kind) {
  return {kind, step.net().layers() - 1, 0, walk::every};
}
std::string ask_sign(const Step& step, const PhaseId&, const Options& options) {
  const double delta = first_delta(step, options);
  if (options.whole_batch || !std::isfinite(delta) || delta == 0.0) return {};
  return "Is " + label(first_output(step, Kind::delta), options) + " of this point positive?";
}
Index answer_sign(const Step& step, const PhaseId&, const Options& options) {
  return first_delta(step, options) > 0.0 ? 0 : 1;
}
std::string because_sign(const Step& step, const PhaseId&, const Options& options) {
  const std::string a = label(first_output(step, Kind::a), options);
  return first_delta(step, options) > 0.0
             ? a + " is larger than its target: a larger z would cost more."
             : a + " is smaller than its target: a larger z would cost less.";
}

// δ of a hidden layer.

std::string ask_size(const Step& step, const PhaseId& id, const Options& options) {
  const double here = rms_delta(step, id.layer, options);
  const double behind = rms_delta(step, id.layer + 1, options);
  if (!is_telling(here, behind)) return {};
  return "Is " + label({Kind::delta, id.layer}, options) +
         " larger than δ of the layer behind it (root of the mean square)?";
}
Index answer_size(const Step& step, const PhaseId& id, const Options& options) {
  return rms_delta(step, id.layer, options) > rms_delta(step, id.layer + 1, options) ? 0 : 1;
}
std::string because_size(const Step& step, const PhaseId& id, const Options& options) {
  return answer_size(step, id, options) == 0
             ? "The weights on the way back enlarge it more than the slopes shrink it."
             : "The slopes, and weights that are not large enough, shrink it on its way back.";
}

// The gradient of a layer.

struct WeightAt {
  Index to = 0, from = 0;
  double value = 0.0;
};

/// The largest dW of a layer and up to three more, spread over it, in the order of the matrix.
std::vector<WeightAt> candidates(const Step& step, Index layer) {
  const ConstWeightView dW = step.net().W(step.trace->gradient_data, layer);
  std::vector<WeightAt> all;
  for (Index to = 0; to < dW.rows; ++to) {
    for (Index from = 0; from < dW.cols; ++from)
      all.push_back({to, from, std::abs(dW(to, from))});
  }
  constexpr std::size_t most = 4;
  if (all.size() <= most) return all;
  const auto largest =
      static_cast<std::size_t>(std::ranges::max_element(all, {}, &WeightAt::value) - all.begin());
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < most; ++i)
    places.push_back((largest + i * all.size() / most) % all.size());
  std::ranges::sort(places);
  std::vector<WeightAt> chosen;
  for (const std::size_t place : places)
    chosen.push_back(all[place]);
  return chosen;
}
Index answer_largest(const Step& step, const PhaseId& id, const Options&) {
  const std::vector<WeightAt> all = candidates(step, id.layer);
  return std::ranges::max_element(all, {}, &WeightAt::value) - all.begin();
}
std::string ask_largest(const Step& step, const PhaseId& id, const Options& options) {
  std::vector<WeightAt> all = candidates(step, id.layer);
  if (all.size() < 2) return {};
  std::ranges::sort(all, std::greater(), &WeightAt::value);
  if (!is_telling(all[0].value, all[1].value)) return {};
  return "Which of these weights of " + label({Kind::W, id.layer}, options) +
         " has the largest gradient, whatever its sign?";
}
std::vector<std::string> choices_largest(const Step& step, const PhaseId& id,
                                         const Options& options) {
  std::vector<std::string> names;
  for (const WeightAt& weight : candidates(step, id.layer))
    names.push_back(label({Kind::W, id.layer, weight.to, weight.from}, options));
  return names;
}
std::string because_largest(const Step&, const PhaseId&, const Options&) {
  return "It is δ of the unit that receives times a of the unit that sends, in the mean over the "
         "batch: it is large where both are.";
}

// The update.

struct Moved {
  Index layer = 0, to = 0, from = 0;
  double by = 0.0;
};

Moved most_moved(const Step& step) {
  Moved most;
  for (Index layer = 0; layer < step.net().layers(); ++layer) {
    const ConstWeightView before = step.net().W(step.parameters, layer);
    const ConstWeightView after = step.net().W(step.parameters_after, layer);
    for (Index to = 0; to < before.rows; ++to) {
      for (Index from = 0; from < before.cols; ++from) {
        const double by = after(to, from) - before(to, from);
        if (std::abs(by) > std::abs(most.by)) most = {layer, to, from, by};
      }
    }
  }
  return most;
}
std::string ask_update(const Step& step, const PhaseId&, const Options& options) {
  if (step.parameters_after.size() != step.parameters.size()) return {};
  const Moved most = most_moved(step);
  if (most.by == 0.0 || !std::isfinite(most.by)) return {};
  return "Will the update raise or lower " +
         label({Kind::W, most.layer, most.to, most.from}, options) + "?";
}
std::vector<std::string> raise_or_lower(const Step&, const PhaseId&, const Options&) {
  return {"raise it", "lower it"};
}
Index answer_update(const Step& step, const PhaseId&, const Options&) {
  return most_moved(step).by > 0.0 ? 0 : 1;
}
std::string because_update(const Step& step, const PhaseId&, const Options&) {
  const Moved most = most_moved(step);
  const double gradient = step.net().W(step.trace->gradient, most.layer)(most.to, most.from);
  if (gradient * most.by < 0.0) {
    return gradient > 0.0 ? "Its gradient is positive, and the step goes against it."
                          : "Its gradient is negative, and the step goes against it.";
  }
  return "Here the update does not go against this step's own gradient.";
}

constexpr std::array table{
    PhaseQuestion{"step-lowers", walk::PhaseKind::cost, ask_step, yes_or_no, answer_step,
                  because_step},
    PhaseQuestion{"delta-sign", walk::PhaseKind::output_delta, ask_sign, yes_or_no, answer_sign,
                  because_sign},
    PhaseQuestion{"delta-size", walk::PhaseKind::hidden_delta, ask_size, yes_or_no, answer_size,
                  because_size},
    PhaseQuestion{"largest-weight", walk::PhaseKind::gradient, ask_largest, choices_largest,
                  answer_largest, because_largest},
    PhaseQuestion{"update-sign", walk::PhaseKind::update, ask_update, raise_or_lower, answer_update,
                  because_update},
};

}  // namespace

std::span<const PhaseQuestion> phase_questions() {
  return table;
}

const PhaseQuestion* question_of(const Step& step, const PhaseId& id, const Options& options) {
  for (const PhaseQuestion& row : phase_questions()) {
    if (row.phase == id.kind && !row.ask(step, id, options).empty()) return &row;
  }
  return nullptr;
}

}  // namespace deltascope::lesson
