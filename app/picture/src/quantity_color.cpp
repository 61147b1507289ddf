#include <deltascope/picture/formula_picture.hpp>

#include <algorithm>
#include <array>

namespace deltascope::picture {

namespace {

using walk::Kind;

struct KindRow {
  Kind kind;
  Color Palette::*color;
};

// What is not listed is text.
constexpr std::array kinds{
    KindRow{Kind::a, &Palette::activation},
    KindRow{Kind::y, &Palette::activation},
    KindRow{Kind::z, &Palette::activation},
    KindRow{Kind::slope, &Palette::slope},
    KindRow{Kind::pulled, &Palette::delta},
    KindRow{Kind::delta, &Palette::delta},
    KindRow{Kind::W, &Palette::weight},
    KindRow{Kind::W_after, &Palette::weight},
    KindRow{Kind::edge, &Palette::weight},
    KindRow{Kind::b, &Palette::bias},
    KindRow{Kind::b_after, &Palette::bias},
    KindRow{Kind::dW_data, &Palette::gradient},
    KindRow{Kind::dW, &Palette::gradient},
    KindRow{Kind::W_m, &Palette::gradient},
    KindRow{Kind::W_v, &Palette::gradient},
    KindRow{Kind::db, &Palette::gradient},
    KindRow{Kind::b_m, &Palette::gradient},
    KindRow{Kind::b_v, &Palette::gradient},
    KindRow{Kind::jacobian, &Palette::gradient},
    KindRow{Kind::step, &Palette::gradient},
    KindRow{Kind::residual, &Palette::cost},
    KindRow{Kind::loss, &Palette::cost},
    KindRow{Kind::cost, &Palette::cost},
    KindRow{Kind::least_squares_residual, &Palette::cost},
};

}  // namespace

Color quantity_color(const Palette& palette, Kind kind) {
  const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                   [kind](const KindRow& row) { return row.kind == kind; });
  return found == kinds.end() ? palette.text : palette.*(found->color);
}

}  // namespace deltascope::picture
