#pragma once

#include <deltascope/trainer.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace deltascope {

/// A run at one step, after all commands that acted there, and what Reset returned to then.
struct Moment {
  State state;
  std::shared_ptr<const std::vector<double>> initial_parameters;
};

/// The way of a run, in bounded memory: every moment from first_step() on can be come back to, with
/// the same bits.
///
/// Keeps keyframes and steps on from the nearest one. There is one behind every command, so that
/// between two keyframes lie nothing but steps, and no command is done again. Where a command left
/// parameters and moments alone and these are large, its keyframe is without them: they are those
/// that the steps lead to.
/// The regular keyframes stand at multiples of a power of two. Where they take too much memory,
/// every second one goes; once their distance would make going back slow, or the commands' own take
/// too much, the oldest part is forgotten.
///
/// Which moments are kept depends on the run alone, never on who looked or how fast it was.
class Timeline {
 public:
  static constexpr std::size_t default_limit_bytes = std::size_t{64} << 20;

  /// Forgets everything; `moment` is the first.
  void start(const Moment& moment);
  /// A step was taken: the run is at `state` now.
  void passed(const State& state) {
    if ((state.step & (stride_ - 1)) == 0) keep_regular(state);
  }
  /// The first step behind `step` at which passed() would keep something.
  std::uint64_t next_regular_step(std::uint64_t step) const { return (step | (stride_ - 1)) + 1; }
  /// A command acted at the newest step. `same_numbers`: parameters and moments are as before.
  void commanded(const Moment& moment, bool same_numbers);
  /// Makes sure that what begins with `moment`, which is on the way, can be split off whole.
  void pin(const Moment& moment);

  /// Takes out all keyframes at `step` and later.
  Timeline split_from(std::uint64_t step);
  /// Puts them back behind what they were split from; the run is at `now` then.
  void append(const Timeline& later, const State& now);

  /// Goes to the moment at `step` ≥ first_step(), with the steps that lead there from the nearest
  /// keyframe, or from `moment`, if that is an earlier one of this run.
  void go_to(std::uint64_t step, Moment& moment, Trainer& trainer) const;
  /// One step was taken on the way: what was commanded behind it.
  void follow_commands(Moment& moment) const;

  bool empty() const { return keyframes_.empty(); }
  std::uint64_t first_step() const { return keyframes_.front().step; }
  /// Of all keyframes. Settings and points that neighbours share are counted once, and those of the
  /// newest not at all: the run itself has them.
  std::size_t bytes() const { return bytes_; }
  /// At least one keyframe stays, however small the limit is.
  void limit(std::size_t bytes);

 private:
  struct Keyframe {
    std::uint64_t step = 0;
    bool regular = false;      // not behind a command
    bool has_numbers = false;  // parameters and moments
    std::shared_ptr<const Moment> moment;
  };

  static std::size_t own_bytes(const Keyframe& keyframe);
  static std::size_t unshared_bytes(const Keyframe& keyframe, const Keyframe& next);

  void keep_regular(const State& state);
  void push(Keyframe keyframe);
  void pop();
  void apply(const Keyframe& keyframe, Moment& moment) const;
  std::size_t count_bytes() const;
  void fit_stride(const State& state);
  void shrink();
  void thin();
  void forget_oldest();

  std::vector<Keyframe> keyframes_;  // by step, at most one at each; the first has its numbers
  std::size_t bytes_ = 0;
  std::size_t limit_bytes_ = default_limit_bytes;
  std::uint64_t spacing_ = 1;       // of the regular ones, after thinning
  std::uint64_t stride_ = 1;        // the same, or more where steps are cheaper than a copy
  std::uint64_t most_spacing_ = 1;  // with these settings
};

}  // namespace deltascope
