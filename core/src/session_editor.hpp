#pragma once

#include <deltascope/network_edit.hpp>
#include <deltascope/session.hpp>

#include <string>
#include <vector>

namespace deltascope {

/// Applies one action to a session and remembers the actions that would take it back.
class SessionEditor {
 public:
  /// What was once allowed is restored without asking again: a batch may outlive its points.
  enum class Purpose { new_edit, restore };

  SessionEditor(Session& session, Purpose purpose) : session_(session), purpose_(purpose) {}

  Outcome apply(const Action& action);
  /// Empty when nothing changed.
  const std::vector<Action>& inverse() const { return inverse_; }

 private:
  Outcome edit(const AddPoint& action);
  Outcome edit(const MovePoint& action);
  Outcome edit(const RelabelPoint& action);
  Outcome edit(const RemovePoint& action);
  Outcome edit(const ClearPoints& action);
  Outcome edit(const ChooseDataset& action);
  Outcome edit(const InsertPoint& action);
  Outcome edit(const RestoreTarget& action);
  Outcome edit(const ReplaceData& action);

  Outcome edit(const SetLearningRate& action);
  Outcome edit(const SetMomentum& action);
  Outcome edit(const SetL2& action);
  Outcome edit(const SetBatchSize& action);
  Outcome edit(const SetSampling& action);
  Outcome edit(const SetOptimizer& action);
  Outcome edit(const SetDamping& action);
  Outcome edit(const SetDampedSolve& action);

  Outcome edit(const SetActivation& action);
  Outcome edit(const SetLoss& action);
  Outcome edit(const SetLayerSize& action);
  Outcome edit(const InsertLayer& action);
  Outcome edit(const RemoveLayer& action);
  Outcome edit(const RestoreNetwork& action);

  Outcome edit(const SetInitializer& action);
  Outcome edit(const RestoreInitial& action);
  Outcome edit(const SetWeight& action);
  Outcome edit(const SetBias& action);
  Outcome edit(const SetMistake& action);
  Outcome edit(const Reset& action);
  Outcome edit(const NewSeed& action);
  Outcome edit(const Recover& action);
  Outcome edit(const ContinueFrom& action);
  Outcome edit(const RestoreRun& action);
  Outcome edit(const Undo& action);
  Outcome edit(const Redo& action);

  const Architecture& net() const { return session_.settings().model.architecture; }
  bool has_layer(Index layer) const { return layer >= 0 && layer < net().layers(); }
  bool has_sample(Index sample) const { return sample >= 0 && sample < session_.data().size(); }
  Outcome set_parameter(double& parameter, double value, Action inverse);
  /// Accepted unless the optimizer needs all points in every step and `all` is not what is wanted.
  Outcome refuse_batches(bool all) const;
  Outcome refuse_point(double x, double y) const;
  Outcome refuse_label(int label) const;
  /// The largest index in the document's list of batches, or −1.
  Index largest_listed() const;
  /// While the list is followed, points up to the largest listed one keep their places.
  Outcome refuse_removal_from(Index sample) const;
  /// The network in another shape with `loss` and `data`; new weights are drawn from the session's
  /// initializer.
  void reshape(const Reshaping& reshaping, const Loss* loss, std::shared_ptr<const Dataset> data);
  void reshape(const Reshaping& reshaping, const Loss* loss, std::shared_ptr<const Dataset> data,
               const std::vector<double>& fill, const std::vector<double>& initial_fill);

  Session& session_;
  Purpose purpose_;
  std::vector<Action> inverse_;
};

}  // namespace deltascope
