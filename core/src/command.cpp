#include <deltascope/command.hpp>

#include <cstdio>
#include <initializer_list>
#include <string_view>

namespace deltascope {
namespace {

struct Describe {
  std::string operator()(const AddPoint&) const { return "Add point"; }
  std::string operator()(const MovePoint&) const { return "Move point"; }
  std::string operator()(const RelabelPoint&) const { return "Change class"; }
  std::string operator()(const RemovePoint&) const { return "Remove point"; }
  std::string operator()(const ClearPoints&) const { return "Clear points"; }
  std::string operator()(const ChooseDataset&) const { return "Choose data set"; }
  std::string operator()(const SetLearningRate&) const { return "Learning rate"; }
  std::string operator()(const SetMomentum&) const { return "Momentum"; }
  std::string operator()(const SetL2&) const { return "Weight decay"; }
  std::string operator()(const SetBatchSize&) const { return "Batch size"; }
  std::string operator()(const SetSampling&) const { return "Sampling"; }
  std::string operator()(const SetOptimizer&) const { return "Optimizer"; }
  std::string operator()(const SetDamping&) const { return "Damping"; }
  std::string operator()(const SetDampedSolve&) const { return "Solved by"; }
  std::string operator()(const SetActivation&) const { return "Activation"; }
  std::string operator()(const SetLoss&) const { return "Loss"; }
  std::string operator()(const SetLayerSize&) const { return "Number of neurons"; }
  std::string operator()(const InsertLayer&) const { return "Add layer"; }
  std::string operator()(const RemoveLayer&) const { return "Remove layer"; }
  std::string operator()(const SetInitializer&) const { return "Initial weights"; }
  std::string operator()(const SetWeight&) const { return "Weight"; }
  std::string operator()(const SetBias&) const { return "Bias"; }
  std::string operator()(const SetMistake&) const { return "Deliberate mistake"; }
  std::string operator()(const Reset&) const { return "Reset"; }
  std::string operator()(const NewSeed&) const { return "New seed"; }
  std::string operator()(const Recover&) const { return "Go back after divergence"; }
  std::string operator()(const ContinueFrom&) const { return "Continue from an earlier step"; }
  std::string operator()(const Undo&) const { return "Undo"; }
  std::string operator()(const Redo&) const { return "Redo"; }
  std::string operator()(const RestoreNetwork&) const { return "Restore network"; }
  std::string operator()(const ReplaceData&) const { return "Restore points"; }
  std::string operator()(const RestoreInitial&) const { return "Restore initial weights"; }
  std::string operator()(const RestoreTarget&) const { return "Restore target"; }
  std::string operator()(const InsertPoint&) const { return "Restore point"; }
  std::string operator()(const RestoreRun&) const { return "Restore the run"; }
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

std::string place(std::string_view symbol, std::initializer_list<Index> indices) {
  std::string text(symbol);
  for (const Index index : indices)
    text += "[" + std::to_string(index) + "]";
  return text;
}

// People count points and classes from 1.
std::string point(Index sample) {
  return "point " + std::to_string(sample + 1);
}
std::string coordinates(double x, double y) {
  return "(" + number(x) + ", " + number(y) + ")";
}
std::string class_of(int label) {
  return "class " + std::to_string(label + 1);
}

template <class Row>
std::string label_of(const Row* row) {
  return row == nullptr ? "nothing" : std::string(row->label);
}

struct DescribeFully {
  std::string operator()(const AddPoint& c) const {
    return "new point " + coordinates(c.x, c.y) + ", " + class_of(c.label);
  }
  std::string operator()(const MovePoint& c) const {
    return point(c.sample) + " → " + coordinates(c.x, c.y);
  }
  std::string operator()(const RelabelPoint& c) const {
    return point(c.sample) + " → " + class_of(c.label);
  }
  std::string operator()(const RemovePoint& c) const { return point(c.sample) + " removed"; }
  std::string operator()(const ClearPoints&) const { return "all points removed"; }
  std::string operator()(const ChooseDataset& c) const { return "points: " + label_of(c.recipe); }
  std::string operator()(const SetLearningRate& c) const { return "η = " + number(c.value); }
  std::string operator()(const SetMomentum& c) const { return "momentum = " + number(c.value); }
  std::string operator()(const SetL2& c) const { return "λ = " + number(c.value); }
  std::string operator()(const SetBatchSize& c) const {
    return "batch: " + (c.value == 0 ? std::string("all") : std::to_string(c.value));
  }
  std::string operator()(const SetSampling& c) const { return "batches: " + label_of(c.rule); }
  std::string operator()(const SetOptimizer& c) const {
    return "optimizer: " + label_of(c.optimizer);
  }
  std::string operator()(const SetDamping& c) const { return "μ = " + number(c.value); }
  std::string operator()(const SetDampedSolve& c) const { return "solved by " + label_of(c.solve); }
  std::string operator()(const SetActivation& c) const {
    return "activation of layer " + std::to_string(c.layer + 1) + ": " + label_of(c.activation);
  }
  std::string operator()(const SetLoss& c) const { return "loss: " + label_of(c.loss); }
  std::string operator()(const SetLayerSize& c) const {
    return "layer " + std::to_string(c.layer + 1) + ": " + std::to_string(c.neurons) + " neurons";
  }
  std::string operator()(const InsertLayer& c) const {
    return "new layer " + std::to_string(c.layer + 1) + ": " + std::to_string(c.neurons) +
           " neurons";
  }
  std::string operator()(const RemoveLayer& c) const {
    return "layer " + std::to_string(c.layer + 1) + " removed";
  }
  std::string operator()(const SetInitializer& c) const {
    return "initial weights: " + label_of(c.initial.scheme) + ", scale " + number(c.initial.scale) +
           ", seed " + std::to_string(c.initial.seed);
  }
  std::string operator()(const SetWeight& c) const {
    return place("W", {c.layer, c.to, c.from}) + " = " + number(c.value);
  }
  std::string operator()(const SetBias& c) const {
    return place("b", {c.layer, c.to}) + " = " + number(c.value);
  }
  std::string operator()(const SetMistake& c) const {
    return c.mistake == nullptr ? "mistake: none" : "mistake: " + label_of(c.mistake);
  }
  std::string operator()(const Reset&) const { return "reset"; }
  std::string operator()(const NewSeed& c) const { return "seed " + std::to_string(c.seed); }
  std::string operator()(const Recover& c) const {
    return "back after divergence, η × " + number(c.rate_factor);
  }
  std::string operator()(const ContinueFrom& c) const {
    return "continued from step " + std::to_string(c.step);
  }
  std::string operator()(const Undo&) const { return "undo"; }
  std::string operator()(const Redo&) const { return "redo"; }
  // Never in the log.
  template <class Inverse>
  std::string operator()(const Inverse& c) const {
    return Describe{}(c);
  }
};

}  // namespace

bool continues(const Action& earlier, const Action& later) {
  if (earlier.index() != later.index()) return false;
  if (const auto* weight = std::get_if<SetWeight>(&later)) {
    const auto& before = std::get<SetWeight>(earlier);
    return weight->layer == before.layer && weight->to == before.to && weight->from == before.from;
  }
  if (const auto* bias = std::get_if<SetBias>(&later)) {
    const auto& before = std::get<SetBias>(earlier);
    return bias->layer == before.layer && bias->to == before.to;
  }
  if (const auto* move = std::get_if<MovePoint>(&later)) {
    return move->sample == std::get<MovePoint>(earlier).sample;
  }
  return std::holds_alternative<SetLearningRate>(later) ||
         std::holds_alternative<SetDamping>(later) || std::holds_alternative<SetMomentum>(later) ||
         std::holds_alternative<SetL2>(later) || std::holds_alternative<SetInitializer>(later);
}

std::string describe(const Action& action) {
  return std::visit(Describe{}, action);
}

std::string describe_fully(const Action& action) {
  return std::visit(DescribeFully{}, action);
}

}  // namespace deltascope
