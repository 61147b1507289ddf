#pragma once
// What only the window knows: what is selected, zoomed, dragged, open. Never part of a session.

#include "check_rows.hpp"
#include "kept_runs.hpp"
#include "lesson_view.hpp"
#include "ui.hpp"

#include <deltascope/network.hpp>
#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/curves_picture.hpp>
#include <deltascope/picture/network_picture.hpp>
#include <deltascope/picture/plane_mapping.hpp>
#include <deltascope/ui/workbench.hpp>
#include <deltascope/walk/cursor.hpp>
#include <deltascope/walk/formula.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::ui {

/// The point under the hand, ahead of the session's answer.
struct PointDrag {
  Index sample = 0;
  picture::PlanePoint to;
  picture::PlanePoint grip;    ///< from the mouse to the point, so that it does not jump
  std::uint64_t gesture = 0;   ///< 0: pressed, but not moved far enough to be a drag
  std::uint64_t released = 0;  ///< snapshot on screen at the release; 0: still held
};

/// A look for the point under the mouse, and what came of it: so long as all this stays, looking
/// again would find the same.
struct PointSearch {
  std::shared_ptr<const Dataset> data;
  Rectangle plane;
  picture::Rect area_px;
  picture::Point mouse;
  float radius_px = 0;
  std::optional<Index> found;
};

/// Which points are drawn, to be told when they change.
struct ShownPoints {
  std::shared_ptr<const Dataset> data;
  const Activation* output = nullptr;
  bool one_is_dragged = false;
  std::uint64_t revision = 0;  ///< grows with each change
};

struct PlaneView {
  std::optional<Rectangle> area;  ///< visible part; empty: fit at the next frame
  bool by_hand = false;           ///< panned or zoomed: no longer fitted by itself
  std::shared_ptr<const Dataset> fitted_to;
  Index fitted_count = 0;
  std::optional<PointDrag> drag;
  std::shared_ptr<Dataset> dragged_data;  ///< the data with the dragged point in place
  bool pans = false;                      ///< the left button went down beside the points and moved
  bool click_used = false;                ///< the press has done its work: the release does nothing
  std::optional<Index> hovered;
  PointSearch search;
  ShownPoints shown;
  std::optional<picture::PlaneMapping> mapping;  ///< as drawn last
  std::optional<Look> looked;                    ///< as asked for last
  Activity activity;                             ///< workspace of the read-out
};

struct CurvesView {
  std::optional<picture::Axis> x, y;  ///< zoomed or panned by hand
};

/// Plateaus of the cost plot, and what they are of.
struct CostReferences {
  Model model;
  std::shared_ptr<const Dataset> data;  ///< null: not looked for yet
  std::vector<picture::ReferenceLine> lines;
};

/// Questions and dialogs: at most one is open.
enum class Dialog {
  none,
  help,
  run_to,
  presets,
  open_file,
  save_file,
  export_step,
  overwrite,
  unsaved
};
/// What happens once unsaved changes are dealt with.
enum class Afterwards { nothing, quit, open, open_preset, open_variant };

/// The list of presets.
struct PresetsView {
  std::size_t cursor = 0;
  bool show_cursor = false;  ///< scroll to it at the next frame
};

struct FileView {
  Dialog use = Dialog::open_file;  ///< which of the dialogs about files it was set up for
  std::filesystem::path folder;
  std::string name;         ///< as typed
  bool focus_name = false;  ///< at the next frame
  std::string error;        ///< why the folder or the name will not do
  std::vector<std::string> folders, files;
  std::filesystem::path listed;  ///< the folder that `folders` and `files` are of
};

/// Which data set the points are, as far as can be told.
struct ChosenData {
  double noise = 0.03;
  const DatasetRecipe* asked = nullptr;  ///< in this window, with `request`
  DatasetRequest request;
  std::uint64_t asked_at = 0;  ///< snapshot on screen then
  std::shared_ptr<const Dataset> examined;
  const DatasetRecipe* recognised = nullptr;  ///< null: points of one's own
};

/// The walk through one step.
struct WalkView {
  walk::Cursor cursor;
  Index row = 0, col = 0;  ///< the result whose numbers are plugged in, at a layer's pace
  bool blank = false;      ///< numbers are covered, except those asked for one by one
  std::vector<walk::Quantity> uncovered;
  double runs_until_seconds = 0;             ///< the stage's numbers run along the edges until then
  std::shared_ptr<const walk::Grid> copied;  ///< the matrix whose menu is open
};

/// The panel of the checks.
struct ChecksView {
  CheckKind shown = CheckKind::gradient;
  bool chosen_by_hand = false;  ///< else the check that fails is shown
  bool in_order = false;        ///< parameters as they lie in the block; else the worst first
  std::shared_ptr<const CheckSnapshot> found;  ///< the newest complete one; null: none yet
  std::uint64_t seen = 0;                      ///< CheckSnapshot::number, as seen last
  std::optional<CheckedMoment> asked;          ///< what the newest request was about
  std::optional<double> running_since_seconds;
  std::vector<CheckRow> rows;  ///< of `found`, as `rows_of` says
  std::optional<CheckRowsKey> rows_of;
};

/// The panel of the sweep over seeds.
struct SweepView {
  bool open = false;
  bool planned = false;  ///< `plan` is a person's, or was suggested
  SweepPlan plan;        ///< of the next sweep
  bool best_first = false;
  std::vector<std::size_t> order;  ///< of the runs, best first, as `order_of` says
  std::uint64_t order_of = 0;      ///< SweepSnapshot::number
  std::optional<std::size_t> hovered;
};

struct View {
  int picked_class = 0;
  std::optional<Index> selected;
  std::optional<picture::NeuronId> neuron;
  ChosenData chosen_data;

  PlaneView plane;
  CurvesView loss, delta;
  CostReferences references;
  std::vector<KeptRun> kept;  ///< compared with the present run in the cost plot

  Dialog dialog = Dialog::none;
  Afterwards afterwards = Afterwards::nothing;
  std::filesystem::path preset;                  ///< to be opened by Afterwards::open_preset
  std::optional<std::size_t> variant;            ///< to be opened by Afterwards::open_variant
  std::optional<std::uint64_t> awaited_message;  ///< a save must be answered by a later message
  FileView file;
  std::string run_to_step;    ///< as typed
  bool focus_run_to = false;  ///< at the next frame
  PresetsView presets;

  WalkView walk;
  ChecksView checks;
  SweepView sweep;
  LessonView lesson;
  /// What the mouse points at, in whatever panel: every other one lights it up. That of the last
  /// frame, and what this one has found so far.
  std::optional<walk::Quantity> focus, found_focus;
  std::string_view panel_under_mouse;  ///< of the last frame; empty: none
  std::string_view alone;              ///< the panel that fills the window; empty: none

  float transport_height = 0, banner_height = 0, timeline_height = 0;  ///< as drawn last
  bool layout_changed = false;                                         ///< draw once more
  bool show_settings = false;  ///< where panels fold, open their tab in the next frame
  bool show_weights = false;   ///< scroll the settings to the weights when they are drawn next
  std::uint64_t shown_notice = 0, shown_message = 0;
  std::shared_ptr<const std::vector<LogLine>> shown_log;  ///< scrolled to its end
  bool started = false;
  std::uint64_t opened = 0, sessions = 0;  ///< of DocumentStatus, as seen last
};

struct WalkPage;
struct CheckedStep;

/// What a panel draws from and answers to.
struct Desk {
  Ui& ui;
  const Frame& frame;
  View& view;
  const WalkPage* page = nullptr;        ///< of the walk; null while it is closed
  const CheckedStep* checked = nullptr;  ///< whose numbers are asked for; null: none are

  const Snapshot& snapshot() const { return frame.snapshot; }
  const Settings& settings() const { return *frame.snapshot.settings; }
  const Architecture& architecture() const { return settings().model.architecture; }
  const Dataset& data() const { return *frame.snapshot.data; }
  const walk::Notation& notation() const { return ui.preferences.shown_notation(); }
  int classes() const { return static_cast<int>(class_count(architecture().outputs())); }
};

using picture::class_name;

}  // namespace deltascope::ui
