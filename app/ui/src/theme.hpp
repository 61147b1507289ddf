#pragma once

#include <deltascope/picture/palette.hpp>

namespace deltascope::ui {

/// Sets the current context's style from the palette, for `scale` pixels per unit.
void apply_theme(const picture::Palette& palette, float scale);

}  // namespace deltascope::ui
