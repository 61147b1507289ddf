#pragma once

#include <deltascope/problem.hpp>
#include <deltascope/series.hpp>
#include <deltascope/walk/notation.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace deltascope::ui {

/// What the window remembers from one start to the next. Plain text, "key = value" per line;
/// unknown keys are kept, broken lines are ignored: preferences must never stop the program from
/// starting.
struct Preferences {
  bool dark = true;
  float zoom = 1.0F;  ///< 1 to 2
  int window_width = 1280, window_height = 800;
  bool maximized = false;
  bool loss_log_x = false, loss_log_y = false;
  bool paper_scale = false;     ///< 2N·Cost where the loss is a sum of squares
  bool reference_lines = true;  ///< costs that explain a plateau, in the cost plot
  const RunMeasure* loss_against = &run_measures().front();  ///< horizontal axis of the cost plot
  bool hard_shading = false;
  bool delta_relative = false;  ///< RMS δ relative to the output layer
  const walk::Notation* notation = walk::notations().data();  ///< the person's own
  /// What the open document asks for instead; not remembered. Null: nothing.
  const walk::Notation* notation_of_document = nullptr;
  bool walking = false;            ///< the walk through one step is open
  bool checking = false;           ///< the checks are, in the same place; the walk goes first
  bool timeline = false;           ///< the bar along the bottom is open
  bool neuron_by_neuron = false;   ///< its pace; else a layer at a time
  bool walks_whole_batch = false;  ///< all samples as columns; else one
  bool mean_inside_delta = false;  ///< 1/N is in every δ; else taken when samples are summed
  bool predict_first = false;      ///< a phase asks what comes out before it shows it
  double steps_per_second = 60.0;  ///< 0: unlimited
  std::map<std::string, bool> open_sections;  ///< headed section → unfolded
  std::map<std::string, float> splits;        ///< splitter → fraction
  std::map<std::string, std::string> other;   ///< keys of another version, kept as they are

  const walk::Notation& shown_notation() const {
    return notation_of_document != nullptr ? *notation_of_document : *notation;
  }
  void choose(const walk::Notation& chosen) {
    notation = &chosen;
    notation_of_document = nullptr;
  }
  bool operator==(const Preferences&) const = default;
};

Preferences parse_preferences(std::string_view text);
std::string to_text(const Preferences& preferences);
/// $XDG_CONFIG_HOME/deltascope/preferences, or ~/.config/…; empty without a home.
std::filesystem::path preferences_file();

}  // namespace deltascope::ui
