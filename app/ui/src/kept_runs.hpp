#pragma once
// Runs whose curves are kept to be compared with later ones: part of the window, not of a session.

#include <deltascope/series.hpp>
#include <deltascope/ui/workbench.hpp>
#include <deltascope/walk/notation.hpp>

#include <string>
#include <vector>

namespace deltascope::ui {

struct View;

struct KeptRun {
  std::string name;        ///< no two are the same
  std::string given_name;  ///< without the number that makes it so
  std::string method;      ///< how it was trained: "Adam, η = 0.01, batch 2"
  std::uint64_t seed = 0;  ///< of its initial weights
  std::size_t look = 0;    ///< picture::KeptRun::look
  History history;         ///< Cost, and what it can be drawn against; nothing else
};

/// What the document itself is called beside its variants.
std::string original_name(const DocumentStatus& document);

/// What tells the present run from others on the same points: the name of the variant that is open,
/// or of the document itself; for one without variants, or once a person has changed something,
/// "Adam, η = 0.01, batch 2", and the seed if a kept run differs in nothing else.
std::string run_name(const View& view, const Frame& frame, const walk::Notation& notation);

/// The same for the legend of the cost plot: the cost as long as there is nothing to tell it from.
std::string shown_run_name(const View& view, const Frame& frame, const walk::Notation& notation);

/// Whether the present run has a curve worth keeping: a step of it has been taken.
bool can_keep_run(const Frame& frame);

/// Keeps the present run's curves under its name. The same run kept again replaces its shorter
/// self; another run of the same name gets a number. Of too many the oldest goes. Without a step
/// yet there is nothing to keep.
void keep_run(View& view, const Frame& frame, const walk::Notation& notation);

}  // namespace deltascope::ui
