// What the commands on points do.

#include "session_editor.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope {
namespace {

// The data set with column `sample` replaced by `count` columns (0 or 1) of x and y.
std::shared_ptr<Dataset> spliced(const Dataset& data, Index sample, bool replace,
                                 std::span<const double> x, std::span<const double> y) {
  const auto splice = [&](const Matrix& from, std::span<const double> column) {
    const auto rows = static_cast<std::size_t>(from.rows());
    const std::span<const double> values = from.values();
    const std::size_t before = static_cast<std::size_t>(sample) * rows;
    const std::size_t after = before + (replace ? rows : 0);
    Matrix to(from.rows(), from.cols() + (column.empty() ? 0 : 1) - (replace ? 1 : 0));
    const auto middle = std::copy_n(values.begin(), before, to.values().begin());
    const auto rest = std::copy(column.begin(), column.end(), middle);
    std::copy(values.begin() + static_cast<Index>(after), values.end(), rest);
    return to;
  };
  auto result = std::make_shared<Dataset>();
  result->X = splice(data.X, x);
  result->Y = splice(data.Y, y);
  return result;
}

std::vector<double> column(const Matrix& matrix, Index sample) {
  const ConstMatrixView view = matrix.view().columns(sample, 1);
  return {view.data, view.data + view.rows};
}

const Outcome no_such_point{false, "That point does not exist any more."};

}  // namespace

Outcome SessionEditor::refuse_point(double x, double y) const {
  if (net().inputs() != 2) {
    return {false, "Points can be placed only while the network has two inputs."};
  }
  if (!std::isfinite(x) || !std::isfinite(y)) {
    return {false, "A point needs two finite coordinates."};
  }
  return {true, {}};
}

Outcome SessionEditor::refuse_label(int label) const {
  if (label >= 0 && label < class_count(net().outputs())) return {true, {}};
  return {false, "Class " + std::to_string(label + 1) + " needs an output neuron of its own: the " +
                     "network tells only " + std::to_string(class_count(net().outputs())) +
                     " classes apart. Add neurons to the output layer first."};
}

Index SessionEditor::largest_listed() const {
  Index largest = -1;
  const auto& batches = session_.settings().batches;
  if (batches == nullptr) return largest;
  for (const auto& batch : *batches) {
    for (const std::uint32_t sample : batch) {
      largest = std::max(largest, static_cast<Index>(sample));
    }
  }
  return largest;
}

Outcome SessionEditor::refuse_removal_from(Index sample) const {
  if (!session_.settings().sampling->needs_list || sample > largest_listed()) return {true, {}};
  return {false,
          "The document lists by number which points each batch takes: choose another way to draw "
          "batches first."};
}

Outcome SessionEditor::edit(const AddPoint& action) {
  if (Outcome refused = refuse_point(action.x, action.y); !refused.accepted) return refused;
  if (Outcome refused = refuse_label(action.label); !refused.accepted) return refused;
  std::vector<double> target(static_cast<std::size_t>(net().outputs()));
  encode_label(action.label, net().output_activation(), target);
  return edit(InsertPoint{session_.data().size(), {action.x, action.y}, target});
}

Outcome SessionEditor::edit(const InsertPoint& action) {
  const Dataset& data = session_.data();
  if (data.size() >= max_samples) {
    return {false, "There are already 2,000,000 points, which is the most a session can hold."};
  }
  if (action.sample < 0 || action.sample > data.size()) return no_such_point;
  session_.replace_data(spliced(data, action.sample, false, action.x, action.y));
  inverse_ = {RemovePoint{action.sample}};
  return {true, {}};
}

Outcome SessionEditor::edit(const RemovePoint& action) {
  if (!has_sample(action.sample)) return no_such_point;
  const Dataset& data = session_.data();
  if (Outcome refused = refuse_removal_from(action.sample); !refused.accepted) return refused;
  inverse_ = {
      InsertPoint{action.sample, column(data.X, action.sample), column(data.Y, action.sample)}};
  session_.replace_data(spliced(data, action.sample, true, {}, {}));
  return {true, {}};
}

Outcome SessionEditor::edit(const MovePoint& action) {
  if (Outcome refused = refuse_point(action.x, action.y); !refused.accepted) return refused;
  if (!has_sample(action.sample)) return no_such_point;
  const Dataset& data = session_.data();
  const std::vector<double> x = column(data.X, action.sample);
  if (x[0] == action.x && x[1] == action.y) return {true, {}};
  auto moved = std::make_shared<Dataset>(data);
  moved->X(0, action.sample) = action.x;
  moved->X(1, action.sample) = action.y;
  session_.replace_data(std::move(moved));
  inverse_ = {MovePoint{action.sample, x[0], x[1]}};
  return {true, {}};
}

Outcome SessionEditor::edit(const RelabelPoint& action) {
  if (Outcome refused = refuse_label(action.label); !refused.accepted) return refused;
  std::vector<double> target(static_cast<std::size_t>(net().outputs()));
  encode_label(action.label, net().output_activation(), target);
  return edit(RestoreTarget{action.sample, target});
}

Outcome SessionEditor::edit(const RestoreTarget& action) {
  if (!has_sample(action.sample)) return no_such_point;
  const std::vector<double> before = column(session_.data().Y, action.sample);
  if (before == action.y) return {true, {}};
  auto changed = std::make_shared<Dataset>(session_.data());
  std::ranges::copy(action.y, &changed->Y(0, action.sample));
  session_.replace_data(std::move(changed));
  inverse_ = {RestoreTarget{action.sample, before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const ReplaceData& action) {
  inverse_ = {ReplaceData{session_.state().data}};
  session_.replace_data(action.data);
  return {true, {}};
}

Outcome SessionEditor::edit(const ClearPoints&) {
  if (session_.data().size() == 0) return {true, {}};
  if (Outcome refused = refuse_removal_from(0); !refused.accepted) return refused;
  auto empty = std::make_shared<Dataset>();
  empty->X.resize(net().inputs(), 0);
  empty->Y.resize(net().outputs(), 0);
  return edit(ReplaceData{std::move(empty)});
}

Outcome SessionEditor::edit(const ChooseDataset& action) {
  if (action.recipe == nullptr) return {false, "There is no such data set."};
  if (Outcome refused = refuse_removal_from(0); !refused.accepted) return refused;
  if (net().inputs() != 2) {
    return {false, "This data set lies in the plane and needs a network with two inputs."};
  }
  constexpr double most_noise = 10.0;
  if (!(action.request.noise >= 0 && action.request.noise <= most_noise)) {
    return {false, "Noise must lie between 0 and 10."};
  }
  if (action.request.points < 0 || action.request.points > max_samples) {
    return {false, "A data set has between 1 and 2,000,000 points."};
  }
  Outcome outcome{true, {}};
  Reshaping reshaping = with_layer_size(net(), net().layers() - 1, net().outputs());
  if (action.recipe->classes > class_count(net().outputs())) {
    reshaping = with_layer_size(net(), net().layers() - 1, action.recipe->classes);
    outcome.notice = "The output layer now has " + std::to_string(action.recipe->classes) +
                     " neurons, one for each class; the new ones start with random weights.";
  }
  auto data = std::make_shared<const Dataset>(
      make_dataset(*action.recipe, action.request, reshaping.architecture.outputs(),
                   reshaping.architecture.output_activation()));
  if (reshaping.architecture == net()) {
    edit(ReplaceData{std::move(data)});
  } else {
    reshape(reshaping, session_.settings().model.loss, std::move(data));
  }
  return outcome;
}

}  // namespace deltascope
