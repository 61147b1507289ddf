#pragma once

#include <deltascope/picture/canvas.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {

/// Where a group of panels stands. More than one panel: they are tabs.
struct Slot {
  std::vector<std::string_view> panels;
  picture::Rect rect;
  std::string_view below_first = {};  ///< a panel in the first one's tab, below it
};

/// A gap that can be dragged: it changes one fraction of one length.
struct Splitter {
  std::string_view name;
  picture::Rect rect;
  bool vertical = false;  ///< the bar stands upright and moves sideways
  float start_px = 0, length_px = 0;
  float low = 0, high = 1;  ///< how far the fraction may go
};

struct Layout {
  std::vector<Slot> slots;
  std::vector<Splitter> splitters;
};

/// What the window is used for.
enum class Arrangement {
  training,
  walking,   ///< the walk through one step has the lower part, and δ stands in it
  checking,  ///< the checks have it
  sweeping   ///< the sweep over seeds has it
};

/// Divides `area` among the panels. Wide and tall enough: settings left, the network above δ in the
/// middle, the decision boundary above the curves at the right. With less room the settings are
/// a tab beside network and δ; with still less everything folds into tabs, in two columns or in
/// one. `unit_px` pixels are one unit; `splits` holds fractions by splitter.
Layout divide(const picture::Rect& area, float unit_px, const std::map<std::string, float>& splits,
              Arrangement arrangement = Arrangement::training);
/// One panel has it all.
Layout alone(std::string_view panel, const picture::Rect& area);

/// The fraction a splitter has after being dragged to a pixel position.
float dragged_to(const Splitter& splitter, float position_px);

}  // namespace deltascope::ui
