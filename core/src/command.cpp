#include <deltascope/command.hpp>

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
  return describe(action);
}

}  // namespace deltascope
