#pragma once
// The walk through one step, as the window sees it.

#include "view.hpp"

#include <deltascope/lesson/phase_question.hpp>
#include <deltascope/picture/network_picture.hpp>
#include <deltascope/walk/phase.hpp>
#include <deltascope/walk/step.hpp>

#include <filesystem>
#include <optional>
#include <vector>

namespace deltascope::ui {

/// The step on screen: the next one while paused, the one just taken while it plays. Nullopt
/// without points, after divergence, and where numbers overflow.
std::optional<walk::Step> present_step(const Desk& desk);
/// How the person wants it shown: the selected point where it is in the batch, else the first one.
walk::Options walk_options(const Desk& desk);
walk::Pace walk_pace(const Desk& desk);

/// What the walk shows in one frame.
struct WalkPage {
  walk::Step step;
  walk::Options options;
  walk::Pace pace = walk::Pace::layer;
  walk::Cursor cursor;
  std::vector<walk::PhaseId> phases;
  walk::Phase phase;
  const lesson::PhaseQuestion* question = nullptr;  ///< to be answered before its numbers are seen

  const walk::Stage& stage() const { return phase.stages[cursor.stage]; }
};
/// Nullopt while the walk is closed, and where there is no step.
std::optional<WalkPage> open_page(Desk& desk);

/// The point that is walked; nullopt while the walk is closed, or shows the whole batch.
std::optional<Index> walked_point(const Desk& desk);
/// What the trace knows of it.
std::optional<SampleTrace> walked_sample(const Desk& desk);

/// Puts the cursor somewhere; the numbers of its stage begin to run.
void set_cursor(Desk& desk, const walk::Cursor& cursor);
/// Whether an exercise hides it, wherever it stands.
bool is_veiled(const Desk& desk, const walk::Quantity& quantity);
/// Whether a result is not there yet where the walk stands, or is covered on purpose.
bool is_covered(const Desk& desk, const walk::Quantity& quantity);
/// What lights up everywhere: what the mouse points at and what that is made of; else, neuron by
/// neuron, the term that has just been added and its factors. Empty: nothing.
std::vector<walk::Quantity> lit_quantities(const Desk& desk);
/// The same quantity of the sample that is walked.
walk::Quantity with_column(const Desk& desk, walk::Quantity quantity);
/// Whether the walk has come to it: a and δ of every neuron are on the way.
bool is_reached(const Desk& desk, const walk::Quantity& quantity);
/// What these, or else the present stage, light up in the network; nullopt: nothing.
std::optional<picture::NetworkLights> lights(const Desk& desk);
/// Writes the present step in the format that the file's extension names.
void send_export(Desk& desk, const std::filesystem::path& path);

/// The mouse points at this quantity.
inline void point_at(Desk& desk, const walk::Quantity& quantity) {
  desk.view.found_focus = quantity;
}

}  // namespace deltascope::ui
