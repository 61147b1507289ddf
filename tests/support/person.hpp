#pragma once

#include <deltascope/random.hpp>
#include <deltascope/session.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace deltascope::testing {

/// Somebody who tries everything, sensible or not, in an order that the seed decides.
class Person {
 public:
  explicit Person(std::uint64_t seed) : random_(seed) {}

  /// Looks at some moment of the run, mostly the newest.
  void look(Session& session) {
    const auto last = static_cast<Index>(session.last_step());
    if (number(3) == 0) session.go_to(static_cast<std::uint64_t>(number(last + 2)));
  }

  Command next(const Session& session) {
    const Architecture& net = session.settings().model.architecture;
    const Index sample = number(session.data().size() + 2) - (number(20) == 0 ? 1 : 0);
    const Index layer = number(net.layers() + 1);
    Command command{action(session, sample, layer), 0};
    if (number(3) == 0) gesture_ = static_cast<std::uint64_t>(number(100));
    if (number(2) == 0) command.gesture = gesture_;
    return command;
  }

  Index number(Index below) {
    return static_cast<Index>(random_.below(static_cast<std::uint64_t>(below)));
  }

 private:
  template <class Row>
  const Row* row(std::span<const Row> table) {
    return &table[static_cast<std::size_t>(number(static_cast<Index>(table.size())))];
  }

  Action action(const Session& session, Index sample, Index layer) {
    const double x = random_.uniform(), y = random_.uniform();
    switch (number(31)) {
      case 0:
        return AddPoint{number(30) == 0 ? 1e200 : x, y, static_cast<int>(number(4))};
      case 1:
        return MovePoint{sample, x, y};
      case 2:
        return RelabelPoint{sample, static_cast<int>(number(3))};
      case 3:
      case 4:
        return RemovePoint{sample};
      case 5:
        return ClearPoints{};
      case 6:
        return ChooseDataset{row(dataset_recipes()), {number(12), 0.1, 3}};
      case 7:
        return SetLearningRate{number(4) == 0 ? 1e8 : 0.001 + 0.1 * x};
      case 8:
        return SetMomentum{x};
      case 9:
        return SetL2{0.01 * x};
      case 10:
        return SetBatchSize{number(session.data().size() + 2)};
      case 11:
        return SetSampling{row(sampling_rules())};
      case 12:
        return SetOptimizer{row(optimizers())};
      case 13:
      case 14:
        return SetActivation{layer, row(activations())};
      case 15:
        return SetLoss{row(losses())};
      case 16:
        return SetLayerSize{layer, number(6)};
      case 17:
        return InsertLayer{layer, 1 + number(4)};
      case 18:
        return RemoveLayer{layer};
      case 19:
        return SetInitializer{{row(initializers()), 0.5, 9}};
      case 20:
        return Reset{};
      case 21:
        return NewSeed{static_cast<std::uint64_t>(number(100))};
      case 22:
        return Recover{0.5};
      case 23:
        return SetDamping{number(9) == 0 ? 0.0 : x};
      case 24:
        return SetDampedSolve{row(damped_solves())};
      case 25:
        return SetWeight{layer, number(4), number(4), number(9) == 0 ? x / 0.0 : x};
      case 26:
        return SetBias{layer, number(4), y};
      case 27:
        return SetMistake{number(2) == 0 ? nullptr : row(mistakes())};
      case 28:
        return ContinueFrom{
            static_cast<std::uint64_t>(number(static_cast<Index>(session.last_step()) + 2))};
      default:
        return number(2) == 0 ? Action(Undo{}) : Action(Redo{});
    }
  }

  RandomStream random_;
  std::uint64_t gesture_ = 1;
};

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  });
}

}  // namespace deltascope::testing
