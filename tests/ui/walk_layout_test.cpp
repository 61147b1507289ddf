// Where the parts of the walk lie, stage by stage.
#include "harness.hpp"

#include <array>
#include <string_view>

namespace deltascope::ui {
namespace {

struct Case {
  float width, height, zoom;
  bool whole_batch;
};

class WalkLayouts : public ::testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Sizes, WalkLayouts,
                         ::testing::Values(Case{1280, 800, 1, false}, Case{1280, 800, 1, true},
                                           Case{1600, 1000, 1, false}, Case{1280, 800, 1.5F, false},
                                           Case{1280, 800, 2, true}));

bool apart(const picture::Rect& a, const picture::Rect& b) {
  return a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;
}

constexpr std::array parts{"walk phase rule", "walk rule", "walk numbers", "walk curve",
                           "walk worked example"};

Harness::Options walking(const Case& given) {
  Harness::Options options;
  options.width = given.width;
  options.height = given.height;
  options.preferences.zoom = given.zoom;
  options.preferences.walking = true;
  options.preferences.walks_whole_batch = given.whole_batch;
  return options;
}

TEST_P(WalkLayouts, NoTwoPartsLieOnEachOther) {
  const auto [width, height, zoom, whole_batch] = GetParam();
  Harness ui(walking(GetParam()));
  for (int stage = 0; ui.session.state().step == 0; ++stage) {
    ASSERT_LT(stage, 200);
    SCOPED_TRACE(stage);
    std::vector<std::pair<const char*, picture::Rect>> placed;
    for (const char* name : parts) {
      if (const Control* part = ui.workbench.controls().find(name)) {
        EXPECT_EQ(part->times, 1) << name;
        placed.emplace_back(name, part->rect_px);
      }
    }
    for (std::size_t i = 0; i < placed.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        EXPECT_TRUE(apart(placed[i].second, placed[j].second))
            << placed[i].first << " and " << placed[j].first;
      }
    }
    for (const char* name : {"Next", "Back", "Export", "Whole batch", "Close walk"}) {
      const Control* control = ui.workbench.controls().find(name);
      ASSERT_NE(control, nullptr) << name;
      EXPECT_LE(control->rect_px.x1, width) << name;
      EXPECT_LE(control->rect_px.y1, height) << name;
    }
    ui.key(Key::right);
  }
}

// But for matrices, which scroll.
TEST_P(WalkLayouts, FormulasAreNoWiderThanTheWindow) {
  Harness::Options options = walking(GetParam());
  Harness ui(options);
  for (int stage = 0; ui.session.state().step == 0; ++stage) {
    ASSERT_LT(stage, 200);
    for (const char* name : parts) {
      const Control* part = ui.workbench.controls().find(name);
      const bool scrolls = std::string_view(name) == "walk numbers" &&
                           (GetParam().whole_batch || GetParam().zoom > 1);
      if (part == nullptr || scrolls) continue;
      EXPECT_LE(part->rect_px.x1, options.width) << name << ", stage " << stage;
    }
    ui.key(Key::right);
  }
}

// A net to be computed by hand: nothing of it needs scrolling, but where three matrices side by
// side leave no room for an example.
TEST(WalkLayout, OfASmallNetworkIsSeenWhole) {
  Harness::Options options = walking({1280, 800, 1, false});
  Harness ui(options);
  Settings settings = ox_settings();
  settings.model.architecture =
      Architecture({2, 3, 2}, {find_activation("sigmoid"), find_activation("softmax")});
  settings.model.loss = find_loss("softmax_ce");
  settings.batch_size = 1;
  settings.sampling = find_sampling_rule("in_order");
  ui.session = Session(std::make_shared<const Settings>(settings), ui.session.state().data);
  ui.frames(3);
  for (int stage = 0; ui.session.state().step == 0; ++stage) {
    ASSERT_LT(stage, 200);
    for (const char* name : parts) {
      const Control* part = ui.workbench.controls().find(name);
      const Control* numbers = ui.workbench.controls().find("walk numbers");
      const bool is_full = numbers != nullptr && numbers->rect_px.width() > 600;
      if (part == nullptr || is_full) continue;
      EXPECT_LE(part->rect_px.y1, options.height) << name << ", stage " << stage;
    }
    ui.key(Key::right);
  }
}

}  // namespace
}  // namespace deltascope::ui
