#pragma once

#include <deltascope/picture/curves_picture.hpp>

#include <string>
#include <utility>
#include <vector>

namespace deltascope::picture {

// What the layout and the drawing of curves have to agree on.

int x_tick_target(const Canvas& canvas, float width_px);
int y_tick_target(const Canvas& canvas, float height_px);

/// Whether there is anything of the curve to be seen: values, and where they lie.
bool has_points(const Curve& curve);

/// Of the band of a faint curve: as weak beside the others on a dark ground as on a light one.
Color band_color(const Curve& curve, const Palette& palette);

float x_px(const CurvesLayout& layout, double x);
/// Kept within a few pixels of the plot: beyond it is clipped, and canvases dislike huge numbers.
float y_px(const CurvesLayout& layout, double value);

/// `name`, or as much of its beginning as fits, with "…".
std::string shortened(Canvas& canvas, std::string_view name, float width);

/// The names of the curves, each after a sample of its line.
struct Legend {
  struct Entry {
    const Curve* curve = nullptr;
    std::string name;  ///< cut short where it is longer than a row
    float x = 0;       ///< left end of the sample
    float middle = 0;
  };
  std::vector<Entry> entries;
  float height = 0;  ///< of all rows, the label of the y axis included
};

/// Behind the label of the y axis, in as many rows as needed; a single row stands at the right.
Legend layout_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture);
void draw_legend(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                 const CurvesPicture& picture, const Palette& palette);

void draw_reference_lines(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                          const Palette& palette);
/// Room for the labels of those on the axis at the right of the plot, where they hide no curve; 0
/// without any.
float reference_margin(Canvas& canvas, const Rect& rect, const Axis& y,
                       const CurvesPicture& picture);
/// Whether that room holds the words as well as the values.
bool has_room_for_words(Canvas& canvas, const Rect& rect, const Axis& y,
                        const CurvesPicture& picture);
/// Where two lines are closer than their labels, the more important keeps its label.
void draw_reference_labels(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                           const CurvesPicture& picture, const Palette& palette);
/// Those on the axis: the words and the value that the label shows.
std::vector<std::pair<std::string, std::string>> reference_texts(const CurvesLayout& layout,
                                                                 const CurvesPicture& picture);

/// A trial where its result would stand.
struct TrialMark {
  double x = 0, value = 0;
  bool accepted = false;
};
/// Those in view; empty where there are too many to be told apart.
std::vector<TrialMark> trial_marks(const CurvesLayout& layout, const CurvesPicture& picture,
                                   const Curve& curve);
/// One mark; beyond the plot, at its edge.
void draw_trial_marks(Canvas& canvas, const CurvesLayout& layout, const Curve& curve,
                      const std::vector<TrialMark>& marks);
void draw_trial_mark(Canvas& canvas, Point at, bool accepted, Color color);

}  // namespace deltascope::picture
