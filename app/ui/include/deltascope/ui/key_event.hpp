#pragma once

namespace deltascope::ui {

/// Keys that the window acts on, independent of the window system (Dear ImGui 1.86 knows only 22).
enum class Key {
  none,
  space,
  enter,
  escape,
  tab,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  plus,
  minus,
  slash,
  digit_0,
  digit_1,
  digit_2,
  digit_3,
  digit_4,
  digit_5,
  digit_6,
  digit_7,
  digit_8,
  digit_9,
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  i,
  j,
  k,
  l,
  m,
  n,
  o,
  p,
  q,
  r,
  s,
  t,
  u,
  v,
  w,
  x,
  y,
  z,
  f1,
  f11
};

/// One key going down (or repeating). Letters are what is printed on the key, digits their places
/// on a US keyboard; plus, minus and slash are what the layout produces ("?" is slash with shift).
struct KeyEvent {
  Key key = Key::none;
  bool ctrl = false, shift = false, alt = false;
  bool repeat = false;
};

}  // namespace deltascope::ui
