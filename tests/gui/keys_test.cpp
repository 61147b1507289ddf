#include "keys.hpp"

#include <gtest/gtest.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

// Without a display GLFW knows no layout; then a letter's place on a US keyboard counts.

namespace deltascope::gui {
namespace {

using ui::Key;

TEST(Keys, NamedKeysAreTranslated) {
  EXPECT_EQ(on_key(GLFW_KEY_SPACE, 0, 0, false)->key, Key::space);
  EXPECT_EQ(on_key(GLFW_KEY_KP_ENTER, 0, 0, false)->key, Key::enter);
  EXPECT_EQ(on_key(GLFW_KEY_DELETE, 0, 0, false)->key, Key::del);
  EXPECT_EQ(on_key(GLFW_KEY_F11, 0, 0, false)->key, Key::f11);
}

TEST(Keys, LettersAndDigitsCountOn) {
  EXPECT_EQ(on_key(GLFW_KEY_A, 0, 0, false)->key, Key::a);
  EXPECT_EQ(on_key(GLFW_KEY_Z, 0, 0, false)->key, Key::z);
  EXPECT_EQ(on_key(GLFW_KEY_0, 0, 0, false)->key, Key::digit_0);
  EXPECT_EQ(on_key(GLFW_KEY_8, 0, 0, false)->key, Key::digit_8);
  EXPECT_EQ(on_key(GLFW_KEY_KP_9, 0, 0, false)->key, Key::digit_9);
}

TEST(Keys, ModifiersAndRepeatAreKept) {
  const auto event = on_key(GLFW_KEY_Y, 0, GLFW_MOD_CONTROL | GLFW_MOD_SHIFT, true);
  ASSERT_TRUE(event);
  EXPECT_TRUE(event->ctrl);
  EXPECT_TRUE(event->shift);
  EXPECT_FALSE(event->alt);
  EXPECT_TRUE(event->repeat);
}

TEST(Keys, UnknownKeysAreNoEvents) {
  EXPECT_FALSE(on_key(GLFW_KEY_UNKNOWN, 0, 0, false));
  EXPECT_FALSE(on_key(GLFW_KEY_LEFT_SHIFT, 0, GLFW_MOD_SHIFT, false));
}

TEST(Keys, PlusMinusAndQuestionMarkComeAsCharacters) {
  EXPECT_EQ(on_character('+')->key, Key::plus);
  EXPECT_EQ(on_character('-')->key, Key::minus);
  EXPECT_EQ(on_character('?')->key, Key::slash);
  EXPECT_TRUE(on_character('?')->shift);
  EXPECT_FALSE(on_character('a'));
  EXPECT_FALSE(on_character(0x3b4));
}

}  // namespace
}  // namespace deltascope::gui
