#include "script_commands.hpp"

#include "fault.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

namespace deltascope::gui {
namespace {

using Answer = Script::Answer;
using Moment = Script::Moment;
using picture::Point;
using ui::Key;

double number(const std::string& word) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    throw Fault(ExitCode::script, "not a number: " + word);
  }
  return value;
}

std::optional<Point> center_of(const Moment& m) {
  const auto rect = m.stage.control(m.words[0]);
  return rect ? std::optional(rect->center()) : std::nullopt;
}

std::optional<Point> plane_px(const Moment& m, std::size_t first_word) {
  return m.stage.plane_px({number(m.words[first_word]), number(m.words[first_word + 1])});
}

// Dear ImGui notices a state that holds for two frames on every version: two to arrive, two down,
// two up.
constexpr int down_phase = 2, up_phase = 4, last_phase = 5;

Answer click(const Moment& m, std::optional<Point> at, bool right) {
  if (!at) return Answer::retry;
  const bool down = m.phase >= down_phase && m.phase < up_phase;
  m.stage.point({.position = *at, .left = down && !right, .right = down && right});
  return m.phase < last_phase ? Answer::next : Answer::done;
}

Answer hover(const Moment& m, std::optional<Point> at) {
  if (!at) return Answer::retry;
  m.stage.point({.position = *at});
  return m.phase < 2 ? Answer::next : Answer::done;
}

bool is_right(const Moment& m, std::size_t word) {
  if (m.words.size() <= word) return false;
  if (m.words[word] == "right") return true;
  throw Fault(ExitCode::script, "expected right, not " + m.words[word]);
}

Answer press(const Moment& m) {
  return click(m, center_of(m), is_right(m, 1));
}
Answer hover_control(const Moment& m) {
  if (m.words.size() == 2) throw Fault(ExitCode::script, "hover needs both ACROSS and DOWN");
  const auto rect = m.stage.control(m.words[0]);
  if (!rect) return Answer::retry;
  const bool in_the_middle = m.words.size() == 1;
  const auto across = static_cast<float>(in_the_middle ? 0.5 : number(m.words[1]));
  const auto down = static_cast<float>(in_the_middle ? 0.5 : number(m.words[2]));
  return hover(
      m, Point{rect->x0 + across * (rect->x1 - rect->x0), rect->y0 + down * (rect->y1 - rect->y0)});
}
Answer click_plane(const Moment& m) {
  return click(m, plane_px(m, 0), is_right(m, 2));
}
Answer hover_plane(const Moment& m) {
  return hover(m, plane_px(m, 0));
}

Answer drag_plane(const Moment& m) {
  constexpr int frames_on_the_way = 8;
  const auto from = plane_px(m, 0);
  const auto to = plane_px(m, 2);
  if (!from || !to) return Answer::retry;
  const int moved = std::clamp(m.phase - down_phase, 0, frames_on_the_way);
  const float t = static_cast<float>(moved) / frames_on_the_way;
  const bool down = m.phase >= down_phase && m.phase <= down_phase + frames_on_the_way + 1;
  m.stage.point({.position = {from->x + t * (to->x - from->x), from->y + t * (to->y - from->y)},
                 .left = down});
  return m.phase < down_phase + frames_on_the_way + 3 ? Answer::next : Answer::done;
}

Answer zoom_plane(const Moment& m) {
  const auto at = plane_px(m, 0);
  if (!at) return Answer::retry;
  m.stage.point({.position = *at,
                 .wheel = m.phase == down_phase ? static_cast<float>(number(m.words[2])) : 0.0F});
  return m.phase < up_phase ? Answer::next : Answer::done;
}

struct NamedKey {
  std::string_view name;
  Key key;
};
constexpr std::array named_keys = {
    NamedKey{"space", Key::space},
    NamedKey{"enter", Key::enter},
    NamedKey{"escape", Key::escape},
    NamedKey{"tab", Key::tab},
    NamedKey{"delete", Key::del},
    NamedKey{"left", Key::left},
    NamedKey{"right", Key::right},
    NamedKey{"up", Key::up},
    NamedKey{"down", Key::down},
    NamedKey{"home", Key::home},
    NamedKey{"end", Key::end},
    NamedKey{"plus", Key::plus},
    NamedKey{"minus", Key::minus},
    NamedKey{"?", Key::slash},
    NamedKey{"f1", Key::f1},
    NamedKey{"f11", Key::f11},
    NamedKey{"page_up", Key::page_up},
    NamedKey{"page_down", Key::page_down},
    NamedKey{"backspace", Key::backspace},
};

Key key_named(const std::string& name) {
  if (name.size() == 1 && name[0] >= 'a' && name[0] <= 'z') {
    return static_cast<Key>(static_cast<int>(Key::a) + (name[0] - 'a'));
  }
  if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') {
    return static_cast<Key>(static_cast<int>(Key::digit_0) + (name[0] - '0'));
  }
  const auto* found = std::find_if(named_keys.begin(), named_keys.end(),
                                   [&](const NamedKey& row) { return row.name == name; });
  if (found == named_keys.end()) throw Fault(ExitCode::script, "no key is named " + name);
  return found->key;
}

// "ctrl+shift+z"
ui::KeyEvent key_event(std::string text) {
  ui::KeyEvent event;
  const auto take = [&](std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.erase(0, prefix.size());
    return true;
  };
  for (bool more = true; more;) {
    more = false;
    if (take("ctrl+")) more = event.ctrl = true;
    if (take("shift+")) more = event.shift = true;
    if (take("alt+")) more = event.alt = true;
  }
  event.key = key_named(text);
  if (event.key == Key::slash) event.shift = true;
  return event;
}

Answer key(const Moment& m) {
  if (m.phase == 0) m.stage.press(key_event(m.words[0]));
  return m.phase < 2 ? Answer::next : Answer::done;
}

Answer type(const Moment& m) {
  if (m.phase == 0) m.stage.type(m.words[0]);
  return m.phase < 2 ? Answer::next : Answer::done;
}

Answer wait_steps(const Moment& m) {
  const Snapshot& snapshot = m.stage.snapshot();
  if (static_cast<double>(snapshot.step) >= number(m.words[0])) return Answer::done;
  if (snapshot.run == RunState::diverged) {
    throw Fault(ExitCode::script, "the run diverged at step " + std::to_string(snapshot.step));
  }
  return Answer::wait;
}

Answer wait_seconds(const Moment& m) {
  return m.seconds >= number(m.words[0]) ? Answer::done : Answer::wait;
}

// What was done just before needs a frame or two to show.
Answer screenshot(const Moment& m) {
  constexpr int settled_phase = 3;
  if (m.phase == settled_phase) m.stage.screenshot(m.words[0]);
  return m.phase < settled_phase ? Answer::next : Answer::done;
}

Answer report_step(const Moment& m) {
  std::cout << "step " << m.stage.snapshot().step << '\n';
  return Answer::done;
}

Answer report_points(const Moment& m) {
  std::cout << "points " << m.stage.snapshot().data->size() << '\n';
  return Answer::done;
}

Answer report_start(const Moment& m) {
  if (m.stage.frames_drawn() == 0) return Answer::next;
  // At once: somebody may be waiting with a clock.
  std::cout << "first_frame_seconds " << m.stage.first_frame_seconds() << '\n' << std::flush;
  return Answer::done;
}

Answer report_load(const Moment& m) {
  // The driver is still busy with the last frame for a moment.
  constexpr double settle_seconds = 0.5;
  const double over_seconds = number(m.words[0]);
  const double until = m.phase == 0 ? settle_seconds : settle_seconds + over_seconds;
  if (m.seconds < until) {
    m.look_again_seconds = until - m.seconds;  // looking would be part of the load
    return Answer::wait;
  }
  if (m.phase == 0) {
    m.cpu_at_start = m.stage.cpu_seconds();
    m.frames_at_start = m.stage.frames_drawn();
    return Answer::next_unseen;
  }
  std::cout << "cpu_seconds " << m.stage.cpu_seconds() - m.cpu_at_start << "\nframes "
            << m.stage.frames_drawn() - m.frames_at_start << "\nover_seconds " << over_seconds
            << '\n';
  return Answer::done;
}

Answer quit(const Moment& m) {
  m.stage.quit();
  return Answer::done;
}

constexpr std::array rows = {
    Script::Row{"press", 1, 2, "press LABEL [right]", press},
    Script::Row{"hover", 1, 3, "hover LABEL [ACROSS DOWN] (parts of its width and height)",
                hover_control},
    Script::Row{"click-plane", 2, 3, "click-plane X Y [right]", click_plane},
    Script::Row{"hover-plane", 2, 2, "hover-plane X Y", hover_plane},
    Script::Row{"drag-plane", 4, 4, "drag-plane X Y TO_X TO_Y", drag_plane},
    Script::Row{"zoom-plane", 3, 3, "zoom-plane X Y NOTCHES", zoom_plane},
    Script::Row{"key", 1, 1, "key [ctrl+][shift+][alt+]NAME", key},
    Script::Row{"type", 1, 1, "type TEXT", type},
    Script::Row{"wait-steps", 1, 1, "wait-steps N (until step N is reached)", wait_steps},
    Script::Row{"wait-seconds", 1, 1, "wait-seconds S", wait_seconds},
    Script::Row{"screenshot", 1, 1, "screenshot FILE", screenshot},
    Script::Row{"report-step", 0, 0, "report-step", report_step},
    Script::Row{"report-points", 0, 0, "report-points", report_points},
    Script::Row{"report-start", 0, 0, "report-start (seconds to the first frame)", report_start},
    Script::Row{"report-load", 1, 1, "report-load S (processor time and frames in S seconds)",
                report_load},
    Script::Row{"quit", 0, 0, "quit", quit},
};

}  // namespace

std::span<const Script::Row> script_commands() {
  return rows;
}

}  // namespace deltascope::gui
