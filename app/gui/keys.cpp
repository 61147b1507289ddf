#include "keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace deltascope::gui {
namespace {

using ui::Key;

struct NamedKey {
  int glfw;
  Key key;
};

constexpr std::array named_keys = {
    NamedKey{GLFW_KEY_SPACE, Key::space},
    NamedKey{GLFW_KEY_ENTER, Key::enter},
    NamedKey{GLFW_KEY_KP_ENTER, Key::enter},
    NamedKey{GLFW_KEY_ESCAPE, Key::escape},
    NamedKey{GLFW_KEY_TAB, Key::tab},
    NamedKey{GLFW_KEY_BACKSPACE, Key::backspace},
    NamedKey{GLFW_KEY_DELETE, Key::del},
    NamedKey{GLFW_KEY_LEFT, Key::left},
    NamedKey{GLFW_KEY_RIGHT, Key::right},
    NamedKey{GLFW_KEY_UP, Key::up},
    NamedKey{GLFW_KEY_DOWN, Key::down},
    NamedKey{GLFW_KEY_HOME, Key::home},
    NamedKey{GLFW_KEY_END, Key::end},
    NamedKey{GLFW_KEY_PAGE_UP, Key::page_up},
    NamedKey{GLFW_KEY_PAGE_DOWN, Key::page_down},
    NamedKey{GLFW_KEY_F1, Key::f1},
    NamedKey{GLFW_KEY_F11, Key::f11},
};

// Keys for which ui counts on, in the same order as GLFW.
struct KeyRange {
  int first_glfw, last_glfw;
  Key first;
};
constexpr std::array ranges = {
    KeyRange{GLFW_KEY_0, GLFW_KEY_9, Key::digit_0},
    KeyRange{GLFW_KEY_KP_0, GLFW_KEY_KP_9, Key::digit_0},
};

Key shifted(Key first, int by) {
  return static_cast<Key>(static_cast<int>(first) + by);
}
static_assert(static_cast<int>(Key::z) - static_cast<int>(Key::a) == 25);
static_assert(static_cast<int>(Key::digit_9) - static_cast<int>(Key::digit_0) == 9);

struct NamedCharacter {
  char character;
  Key key;
};
constexpr std::array named_characters = {
    NamedCharacter{'+', Key::plus},
    NamedCharacter{'-', Key::minus},
    NamedCharacter{'?', Key::slash},
    NamedCharacter{'/', Key::slash},
};

// What the layout prints on a key, unshifted; 0 where that is not one ASCII character.
char printed_on(int glfw_key, int scancode) {
  const char* name = glfwGetKeyName(glfw_key, scancode);
  const std::string_view text = name != nullptr ? name : "";
  return text.size() == 1 ? text.front() : '\0';
}

Key character_key(char printed, bool is_keypad) {
  if (printed >= 'a' && printed <= 'z' && !is_keypad) return shifted(Key::a, printed - 'a');
  // "=" is where plus is on a US keyboard; Ctrl+= is what people press to enlarge.
  if (printed == '=') return Key::plus;
  const auto* found = std::find_if(named_characters.begin(), named_characters.end(),
                                   [&](const auto& row) { return row.character == printed; });
  return found != named_characters.end() ? found->key : Key::none;
}

bool is_letter(Key key) {
  return key >= Key::a && key <= Key::z;
}

}  // namespace

std::optional<ui::KeyEvent> on_key(int glfw_key, int scancode, int mods, bool repeat) {
  const bool ctrl = (mods & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0;
  const bool alt = (mods & GLFW_MOD_ALT) != 0;
  ui::KeyEvent event{Key::none, ctrl, (mods & GLFW_MOD_SHIFT) != 0, alt, repeat};

  const auto* named = std::find_if(named_keys.begin(), named_keys.end(),
                                   [&](const auto& row) { return row.glfw == glfw_key; });
  if (named != named_keys.end()) event.key = named->key;
  for (const KeyRange& range : ranges) {
    if (glfw_key >= range.first_glfw && glfw_key <= range.last_glfw) {
      event.key = shifted(range.first, glfw_key - range.first_glfw);
    }
  }
  if (event.key == Key::none) {
    const bool is_keypad = glfw_key >= GLFW_KEY_KP_DECIMAL && glfw_key <= GLFW_KEY_KP_EQUAL;
    const Key printed = character_key(printed_on(glfw_key, scancode), is_keypad);
    if (is_letter(printed)) {
      event.key = printed;
    } else if (printed != Key::none) {
      if (ctrl || alt) event.key = printed;  // otherwise a character follows
    } else if (glfw_key >= GLFW_KEY_A && glfw_key <= GLFW_KEY_Z) {
      event.key = shifted(Key::a, glfw_key - GLFW_KEY_A);
    }
  }
  if (event.key == Key::none) return std::nullopt;
  return event;
}

std::optional<ui::KeyEvent> on_character(unsigned int codepoint) {
  const auto* found = std::find_if(
      named_characters.begin(), named_characters.end(),
      [&](const auto& row) { return static_cast<unsigned char>(row.character) == codepoint; });
  if (found == named_characters.end()) return std::nullopt;
  return ui::KeyEvent{.key = found->key, .shift = found->character == '?'};
}

}  // namespace deltascope::gui
