#pragma once
// What a person can do to a session. Commands are values: logged with the step at which they acted,
// replayed from the log, undone by the commands that are their inverse.

#include <deltascope/dataset.hpp>
#include <deltascope/mistake.hpp>
#include <deltascope/settings.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace deltascope {

struct GivenUpRun;

// Points. `sample` is an index into the data set.
struct AddPoint {
  double x, y;
  int label;
};
struct MovePoint {
  Index sample;
  double x, y;
};
struct RelabelPoint {
  Index sample;
  int label;
};
struct RemovePoint {
  Index sample;
};
struct ClearPoints {};
struct ChooseDataset {
  const DatasetRecipe* recipe;
  DatasetRequest request;
};

// Numbers that act at the next step.
struct SetLearningRate {
  double value;
};
struct SetMomentum {
  double value;
};
struct SetL2 {
  double value;
};
struct SetBatchSize {
  Index value;
};  ///< 0: all
struct SetSampling {
  const SamplingRule* rule;
};
struct SetOptimizer {
  const Optimizer* optimizer;
};
struct SetDamping {
  double value;
};  ///< μ of the next trial, and of the first one after a reset
struct SetDampedSolve {
  const DampedSolve* solve;
};

// The network. `layer` is a weight layer; hidden layer l is made by weight layer l.
struct SetActivation {
  Index layer;
  const Activation* activation;
};
struct SetLoss {
  const Loss* loss;
};
struct SetLayerSize {
  Index layer;
  Index neurons;
};
struct InsertLayer {
  Index layer;
  Index neurons;
};  ///< before weight layer `layer`
struct RemoveLayer {
  Index layer;
};
struct SetInitializer {
  InitialWeights initial;
};

// One parameter, typed by hand. `to` is the receiving neuron, `from` the sending one.
struct SetWeight {
  Index layer, to, from;
  double value;
};
struct SetBias {
  Index layer, to;
  double value;
};

/// Computes wrongly on purpose; null: rightly again.
struct SetMistake {
  const Mistake* mistake;
};

// The run.
struct Reset {};  ///< the same initial weights, step 0
struct NewSeed {
  std::uint64_t seed;
};  ///< other initial weights and another batch order, step 0
struct Recover {
  double rate_factor;
};  ///< after divergence: the last finite state, η times this
/// Goes on from an earlier step: what came after it is given up, until it is undone.
struct ContinueFrom {
  std::uint64_t step;
};
struct Undo {};
struct Redo {};

// Inverses that have no simpler form; a person cannot ask for them directly.

/// Another shape, loss or coding of the targets. Weights that exist in both shapes keep their
/// present values; the others come from `fill`.
struct RestoreNetwork {
  Architecture architecture;
  const Loss* loss;
  std::vector<Index> layer_map;  ///< for each new weight layer: the present one it continues, or −1
  std::vector<double> fill;      ///< P of the new shape
  std::vector<double> initial_fill;     ///< likewise for the weights that Reset returns to
  std::shared_ptr<const Dataset> data;  ///< with targets in the new coding
};
struct ReplaceData {
  std::shared_ptr<const Dataset> data;
};
struct RestoreInitial {
  InitialWeights initial;
  std::uint64_t sampling_seed;
  std::vector<double> parameters;
};
struct RestoreTarget {
  Index sample;
  std::vector<double> y;
};
/// Inverse of RemovePoint: the point returns to its place in the order, with its own target vector.
struct InsertPoint {
  Index sample;
  std::vector<double> x, y;
};
/// Inverse of ContinueFrom, Reset and NewSeed: what was given up comes back.
struct RestoreRun {
  std::shared_ptr<const GivenUpRun> run;
};

using Action =
    std::variant<AddPoint, MovePoint, RelabelPoint, RemovePoint, ClearPoints, ChooseDataset,
                 SetLearningRate, SetMomentum, SetL2, SetBatchSize, SetSampling, SetOptimizer,
                 SetDamping, SetDampedSolve, SetActivation, SetLoss, SetLayerSize, InsertLayer,
                 RemoveLayer, SetInitializer, SetWeight, SetBias, SetMistake, Reset, NewSeed,
                 Recover, ContinueFrom, Undo, Redo, RestoreNetwork, ReplaceData, RestoreInitial,
                 RestoreTarget, InsertPoint, RestoreRun>;

struct Command {
  Action action;
  /// Commands in a row with the same gesture other than 0 (one drag of a point or a slider) are one
  /// entry for undo.
  std::uint64_t gesture = 0;
};

/// Whether `later`, in the same gesture, sets the same value again: then the way back from
/// `earlier` is the way back from both, and without a step between them `earlier` leaves no trace.
/// (Not so SetBatchSize, which draws a batch each time.)
bool continues(const Action& earlier, const Action& later);

/// "Move point": for the undo button.
std::string describe(const Action& action);
/// With its values, "η = 0.5", for the log that people read.
std::string describe_fully(const Action& action);

}  // namespace deltascope
