// What the commands on the network do.

#include "session_editor.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace deltascope {
namespace {

std::string plural(Index count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

const Outcome no_such_layer{false, "The network has no such layer."};

}  // namespace

void SessionEditor::reshape(const Reshaping& reshaping, const Loss* loss,
                            std::shared_ptr<const Dataset> data) {
  // Another seed than the old weights': the same stream laid out differently would repeat old
  // numbers in new places.
  InitialWeights fresh = session_.settings().initial;
  fresh.seed += static_cast<std::uint64_t>(reshaping.architecture.parameters());
  std::vector<double> fill(static_cast<std::size_t>(reshaping.architecture.parameters()));
  initialize(fresh, reshaping.architecture, fill);
  reshape(reshaping, loss, std::move(data), fill, fill);
}

void SessionEditor::reshape(const Reshaping& reshaping, const Loss* loss,
                            std::shared_ptr<const Dataset> data, const std::vector<double>& fill,
                            const std::vector<double>& initial_fill) {
  State& state = session_.state_;
  const Architecture old = net();
  inverse_ = {RestoreNetwork{old, session_.settings().model.loss,
                             inverted(reshaping.layer_map, old.layers()), state.parameters,
                             session_.initial_parameters(), state.data}};

  std::vector<double> moments;
  const std::vector<double> zeros(fill.size(), 0.0);
  for (int block = 0; block < session_.settings().optimizer->moment_blocks; ++block) {
    const auto count = state.parameters.size();
    const std::span<const double> from(
        state.moments.data() + static_cast<std::size_t>(block) * count, count);
    const std::vector<double> carried = carried_over(old, from, reshaping, zeros);
    moments.insert(moments.end(), carried.begin(), carried.end());
  }
  state.moments = std::move(moments);
  state.parameters = carried_over(old, state.parameters, reshaping, fill);
  session_.initial_parameters_ = std::make_shared<const std::vector<double>>(
      carried_over(old, session_.initial_parameters(), reshaping, initial_fill));
  session_.change_settings([&](Settings& s) {
    s.model.architecture = reshaping.architecture;
    s.model.loss = loss;
  });
  session_.replace_data(std::move(data));
}

Outcome SessionEditor::edit(const RestoreNetwork& action) {
  reshape({action.architecture, action.layer_map}, action.loss, action.data, action.fill,
          action.initial_fill);
  return {true, {}};
}

Outcome SessionEditor::edit(const SetActivation& action) {
  if (!has_layer(action.layer) || action.activation == nullptr) return no_such_layer;
  const bool is_output = action.layer == net().layers() - 1;
  const Activation& wanted = *action.activation;
  if (net().activation(action.layer).name == wanted.name) return {true, {}};
  if (wanted.output_only && !is_output) {
    return {false, std::string(wanted.label) + " can be chosen for the output layer only."};
  }
  if (wanted.output_only && net().outputs() == 1) {
    return {false, std::string(wanted.label) +
                       " of a single output is always 1: add an output neuron first."};
  }
  Outcome outcome{true, {}};
  const Loss* loss = session_.settings().model.loss;
  if (is_output && !loss->admits(wanted)) {
    for (const Loss& other : losses()) {
      if (!other.admits(wanted)) continue;
      outcome.notice = "The loss is now " + std::string(other.label) + ": " +
                       std::string(loss->label) + " " + std::string(loss->requirement) + ".";
      loss = &other;
      break;
    }
  }
  const Reshaping reshaping = with_activation(net(), action.layer, action.activation);
  reshape(reshaping, loss,
          recoded(session_.state().data, net().output_activation(), reshaping.architecture));
  return outcome;
}

Outcome SessionEditor::edit(const SetLoss& action) {
  if (action.loss == nullptr) return {false, "There is no such loss."};
  if (session_.settings().model.loss == action.loss) return {true, {}};
  const Index output = net().layers() - 1;
  const Activation* activation = &net().output_activation();
  Outcome outcome{true, {}};
  if (!action.loss->admits(*activation)) {
    activation = find_activation(action.loss->preferred_output);
    outcome.notice = "The output activation is now " + std::string(activation->label) + ": " +
                     std::string(action.loss->label) + " " + std::string(action.loss->requirement) +
                     ".";
  }
  if (activation->output_only && net().outputs() == 1) {
    return {false, std::string(action.loss->label) +
                       " needs at least two outputs: add an output neuron first."};
  }
  const Reshaping reshaping = with_activation(net(), output, activation);
  reshape(reshaping, action.loss,
          recoded(session_.state().data, net().output_activation(), reshaping.architecture));
  return outcome;
}

Outcome SessionEditor::edit(const SetLayerSize& action) {
  if (!has_layer(action.layer)) return no_such_layer;
  const Index before = net().fan_out(action.layer);
  if (before == action.neurons) return {true, {}};
  if (action.neurons < 1 || action.neurons > max_layer_size) {
    return {false, "A layer has between 1 and " + std::to_string(max_layer_size) + " neurons."};
  }
  const bool is_output = action.layer == net().layers() - 1;
  if (is_output) {
    if (net().output_activation().output_only && action.neurons == 1) {
      return {false, "Softmax needs at least two outputs."};
    }
    if (largest_label(session_.data(), net().output_activation()) >= class_count(action.neurons)) {
      return {false, "Some points belong to a class that " + plural(action.neurons, "output") +
                         " cannot tell apart: remove them first."};
    }
  }
  const Reshaping reshaping = with_layer_size(net(), action.layer, action.neurons);
  reshape(reshaping, session_.settings().model.loss,
          recoded(session_.state().data, net().output_activation(), reshaping.architecture));
  if (action.neurons < before) {
    return {true, plural(before - action.neurons, "neuron") +
                      " removed with the weights from and to it; undo brings them back."};
  }
  return {true, plural(action.neurons - before, "neuron") +
                    " added with random weights; all other weights stay."};
}

Outcome SessionEditor::edit(const InsertLayer& action) {
  if (!has_layer(action.layer)) return no_such_layer;
  if (net().layers() >= max_layers) {
    return {false, "A network has at most " + std::to_string(max_layers) + " layers of weights."};
  }
  if (action.neurons < 1 || action.neurons > max_layer_size) {
    return {false, "A layer has between 1 and " + std::to_string(max_layer_size) + " neurons."};
  }
  reshape(with_layer_inserted(net(), action.layer, action.neurons), session_.settings().model.loss,
          session_.state().data);
  return {true,
          "Layer added with random weights; the weights of the other layers stay where their "
          "shape allows."};
}

Outcome SessionEditor::edit(const RemoveLayer& action) {
  if (!has_layer(action.layer)) return no_such_layer;
  if (action.layer == net().layers() - 1) return {false, "The output layer cannot be removed."};
  reshape(with_layer_removed(net(), action.layer), session_.settings().model.loss,
          session_.state().data);
  return {true,
          "Layer removed; the layer behind it keeps the weights that still fit and gets random "
          "ones otherwise. Undo brings the old ones back."};
}

Outcome SessionEditor::set_parameter(double& parameter, double value, Action inverse) {
  if (!std::isfinite(value)) return {false, "A weight or a bias must be a finite number."};
  if (parameter == value) return {true, {}};
  parameter = value;
  session_.state_.jacobian_known = false;
  inverse_ = {std::move(inverse)};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetWeight& action) {
  const bool exists = has_layer(action.layer) && action.to >= 0 && action.from >= 0 &&
                      action.to < net().fan_out(action.layer) &&
                      action.from < net().fan_in(action.layer);
  if (!exists) return {false, "There is no such weight."};
  const WeightView W = net().W(std::span<double>(session_.state_.parameters), action.layer);
  double& weight = W(action.to, action.from);
  return set_parameter(weight, action.value,
                       SetWeight{action.layer, action.to, action.from, weight});
}

Outcome SessionEditor::edit(const SetBias& action) {
  if (!has_layer(action.layer) || action.to < 0 || action.to >= net().fan_out(action.layer)) {
    return {false, "There is no such bias."};
  }
  double& bias = net().b(std::span<double>(session_.state_.parameters),
                         action.layer)[static_cast<std::size_t>(action.to)];
  return set_parameter(bias, action.value, SetBias{action.layer, action.to, bias});
}

}  // namespace deltascope
