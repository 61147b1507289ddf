#pragma once

#include <deltascope/walk/phase.hpp>

#include <cstddef>
#include <optional>

namespace deltascope::walk {

/// How much one press of "Next" shows.
enum class Pace {
  layer,  ///< a stage: all of its results at once
  neuron  ///< one term of one result
};

/// Where one stands in a walk: everything up to here has been shown.
struct Cursor {
  std::size_t phase = 0;  ///< of phases()
  std::size_t stage = 0;
  /// Neuron by neuron: the result that is being worked out, counted row by row, and how many of its
  /// terms are there. At a layer's pace both are 0 and mean nothing.
  Index entry = 0;
  int moment = 0;
  bool operator==(const Cursor&) const = default;
};

/// One press further; nullopt at the end, where only taking the step is left.
std::optional<Cursor> next(const Step& step, const Options& options, Pace pace, Cursor cursor);
/// One press back; nullopt at the beginning.
std::optional<Cursor> previous(const Step& step, const Options& options, Pace pace, Cursor cursor);
/// The beginning of a phase or stage.
Cursor begin_of(const Step& step, const Options& options, Pace pace, std::size_t phase,
                std::size_t stage);
/// The nearest place that exists: the network may have changed since.
Cursor clamped(const Step& step, const Options& options, Pace pace, Cursor cursor);

}  // namespace deltascope::walk
