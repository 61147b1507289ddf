#include "layout.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope::ui {
namespace {

constexpr float gap_units = 8;
constexpr float unfolded_width = 1000, unfolded_height = 580;  // units, below the transport bar
constexpr float two_columns_width = 640;
constexpr float stacked_height = 400;

struct Cut {
  std::string_view name;
  float usual;               // fraction of the first side
  float least, least_after;  // units of the two sides
  float most_after = 1e6F;   // units, unless it is dragged
};
constexpr Cut settings_cut{"settings", 0.205F, 236, 640};
constexpr Cut planes_cut{"boundary", 0.6F, 300, 300};
constexpr Cut delta_cut{"delta", 0.5F, 200, 140, 312};
constexpr Cut loss_cut{"loss", 0.57F, 240, 170};
constexpr Cut folded_loss_cut{"loss", 0.57F, 210, 150};
constexpr Cut tabs_cut{"tabs", 0.5F, 280, 280};
constexpr float stacked_above_walk = 500;  // upper part in which the curves stand below the plane
constexpr Cut walk_cut{"walk", 0.52F, 200, 200};
constexpr float tall_height = 850;
constexpr Cut tall_walk_cut{"walk", 0.6F, 200, 200};
constexpr Cut tight_walk_cut{"walk", 0.4F, 160, 200};

class Divider {
 public:
  Divider(float unit_px, const std::map<std::string, float>& splits)
      : unit_px_(unit_px), splits_(splits) {}

  void place(std::vector<std::string_view> panels, const picture::Rect& rect) {
    layout.slots.push_back({std::move(panels), rect});
  }

  // Cuts `rect` in two; `vertical`: side by side.
  std::pair<picture::Rect, picture::Rect> cut(const picture::Rect& rect, bool vertical,
                                              const Cut& cut) {
    const float start = vertical ? rect.x0 : rect.y0;
    const float length = vertical ? rect.width() : rect.height();
    const float gap = std::floor(gap_units * unit_px_ + 0.5F);
    const float low = std::min(0.5F, cut.least * unit_px_ / length);
    const float high = std::max(0.5F, 1 - (cut.least_after * unit_px_ + gap) / length);
    const auto found = splits_.find(std::string(cut.name));
    const float usual = std::max(cut.usual, 1 - (cut.most_after * unit_px_ + gap) / length);
    const float wanted = found == splits_.end() ? usual : found->second;
    const float at =
        std::floor(start + length * std::clamp(wanted, low, std::max(low, high)) + 0.5F);
    picture::Rect before = rect, after = rect, bar = rect;
    (vertical ? before.x1 : before.y1) = at;
    (vertical ? bar.x0 : bar.y0) = at;
    (vertical ? bar.x1 : bar.y1) = at + gap;
    (vertical ? after.x0 : after.y0) = at + gap;
    layout.splitters.push_back({cut.name, bar, vertical, start, length, low, std::max(low, high)});
    return {before, after};
  }

  Layout layout;

 private:
  float unit_px_;
  const std::map<std::string, float>& splits_;
};

// The walk, the checks or the sweep below, as wide as the window; above it what they light up.
void place_below(Divider& divider, const picture::Rect& area, float unit_px,
                 std::string_view lower_panel) {
  const float width = area.width() / unit_px, height = area.height() / unit_px;
  if (width < two_columns_width || height < stacked_height) {
    divider.place({lower_panel, "network", "boundary", "loss", "settings"}, area);
    return;
  }
  if (width < unfolded_width) {
    const auto [upper, lower] = divider.cut(area, false, tight_walk_cut);
    divider.place({lower_panel}, lower);
    divider.place({"network", "boundary", "loss", "settings"}, upper);
    return;
  }
  const auto [upper, lower] =
      divider.cut(area, false, height < tall_height ? walk_cut : tall_walk_cut);
  divider.place({lower_panel}, lower);
  const auto [left, rest] = divider.cut(upper, true, settings_cut);
  const auto [middle, right] = divider.cut(rest, true, planes_cut);
  divider.place({"settings"}, left);
  divider.place({"network"}, middle);
  if (upper.height() / unit_px < stacked_above_walk) {
    divider.place({"boundary", "loss"}, right);
  } else {
    const auto [boundary, loss] = divider.cut(right, false, loss_cut);
    divider.place({"boundary"}, boundary);
    divider.place({"loss"}, loss);
  }
}

}  // namespace

Layout alone(std::string_view panel, const picture::Rect& area) {
  return {{{{panel}, area}}, {}};
}

Layout divide(const picture::Rect& area, float unit_px, const std::map<std::string, float>& splits,
              Arrangement arrangement) {
  Divider divider(unit_px, splits);
  if (arrangement != Arrangement::training) {
    constexpr std::string_view lower[] = {"", "walk", "checks", "sweep"};
    place_below(divider, area, unit_px, lower[static_cast<std::size_t>(arrangement)]);
    return divider.layout;
  }
  const float width = area.width() / unit_px, height = area.height() / unit_px;
  if (width >= unfolded_width && height >= unfolded_height) {
    const auto [left, rest] = divider.cut(area, true, settings_cut);
    const auto [middle, right] = divider.cut(rest, true, planes_cut);
    const auto [network, delta] = divider.cut(middle, false, delta_cut);
    const auto [boundary, loss] = divider.cut(right, false, loss_cut);
    divider.place({"settings"}, left);
    divider.place({"network"}, network);
    divider.place({"delta"}, delta);
    divider.place({"boundary"}, boundary);
    divider.place({"loss"}, loss);
  } else if (width >= two_columns_width && height >= stacked_height) {
    const auto [left, right] = divider.cut(area, true, tabs_cut);
    const auto [boundary, loss] = divider.cut(right, false, folded_loss_cut);
    divider.place({"network", "settings"}, left);
    divider.layout.slots.back().below_first = "delta";
    divider.place({"boundary"}, boundary);
    divider.place({"loss"}, loss);
  } else if (width >= two_columns_width) {
    const auto [left, right] = divider.cut(area, true, tabs_cut);
    divider.place({"network", "delta", "settings"}, left);
    divider.place({"boundary", "loss"}, right);
  } else {
    divider.place({"boundary", "network", "loss", "delta", "settings"}, area);
  }
  return divider.layout;
}

float dragged_to(const Splitter& splitter, float position_px) {
  if (!(splitter.length_px > 0)) return splitter.low;
  return std::clamp((position_px - splitter.start_px) / splitter.length_px, splitter.low,
                    splitter.high);
}

}  // namespace deltascope::ui
