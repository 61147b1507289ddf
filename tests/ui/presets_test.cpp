// The list of presets, and the open document with its variants.

#include "harness.hpp"

#include <deltascope/ui/view_hints.hpp>

namespace deltascope::ui {
namespace {

constexpr const char* long_text =
    "Two or three sentences say what to watch and why it happens. They wrap in the column beside "
    "the list, as long as they are, and the column scrolls where the window is small.";

class Presets : public ::testing::Test {
 protected:
  explicit Presets(const Harness::Options& options = all_unfolded()) : ui(options) {
    for (const char* title : {"Logistic", "Moons", "Rates", "Momentum", "Stuck"}) {
      const std::string name = title;
      ui.document.presets.push_back({name, "/presets/" + name + ".json", name, long_text, {}});
    }
    ui.document.presets[2].variants = {"too small", "too large"};
    ui.frames(2);
  }

  std::vector<std::string> opened() const {
    std::vector<std::string> names;
    for (const OpenFile& open : ui.asked_of_window<OpenFile>())
      names.push_back(open.path.stem().string());
    return names;
  }
  void open_preset(std::size_t index) {
    const Preset& preset = ui.document.presets[index];
    ui.document.path = preset.path;
    ui.document.title = preset.title;
    ui.document.about = preset.about;
    ui.document.variants = preset.variants;
    ui.document.variant.reset();
    ui.document.settings = ui.session.state().settings;
    ui.document.data = ui.session.state().data;
    ++ui.document.opened;
    ++ui.document.sessions;
    ui.frames(2);
  }

  Harness ui;
};

using Names = std::vector<std::string>;

TEST_F(Presets, AreOpenedByTheButtonAndByTheKey) {
  ui.press("Presets");
  ui.press("preset: Rates");
  ui.press("Open preset");
  EXPECT_FALSE(ui.has("Open preset"));
  ui.key(Key::p);
  ui.double_click(ui.rect("preset: Moons").center());
  EXPECT_FALSE(ui.has("Open preset"));
  EXPECT_EQ(opened(), (Names{"Rates", "Moons"}));
}

TEST_F(Presets, AreOpenedFromTheDataSection) {
  ui.press("More presets");
  EXPECT_TRUE(ui.has("Open preset"));
}

TEST_F(Presets, AreFoundByKeys) {
  struct Row {
    std::vector<Key> keys;
    const char* title;
  };
  const std::vector<Row> rows{
      {{}, "Logistic"},
      {{Key::down, Key::down, Key::up}, "Moons"},
      {{Key::up}, "Logistic"},
      {{Key::end, Key::down}, "Stuck"},
      {{Key::end, Key::home}, "Logistic"},
      {{Key::page_down}, "Stuck"},
      {{Key::page_down, Key::page_up}, "Logistic"},
      {{Key::m}, "Moons"},
      {{Key::m, Key::m}, "Momentum"},
      {{Key::m, Key::m, Key::m}, "Moons"},
      {{Key::r, Key::x}, "Rates"},  // none starts with x
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.title);
    ui.wishes.clear();
    ui.key(Key::p);
    ui.key(Key::home);
    for (const Key key : row.keys)
      ui.key(key);
    ui.key(Key::enter);
    EXPECT_EQ(opened(), Names{row.title});
  }
}

TEST_F(Presets, StartAtTheOneThatIsOpen) {
  open_preset(3);
  ui.key(Key::p);
  ui.key(Key::enter);
  EXPECT_EQ(opened(), Names{"Momentum"});
}

TEST_F(Presets, LetNothingElseActMeanwhile) {
  ui.key(Key::p);
  ui.key(Key::space);
  ui.key(Key::s);  // finds, instead of stepping
  EXPECT_EQ(ui.run, RunState::paused);
  EXPECT_EQ(ui.session.state().step, 0U);
  ui.key(Key::escape);
  EXPECT_FALSE(ui.has("Open preset"));
  EXPECT_TRUE(opened().empty());
}

TEST_F(Presets, AskAboutChangesFirst) {
  ui.press("Hidden 1: more");
  ui.key(Key::p);
  ui.key(Key::enter);
  EXPECT_TRUE(opened().empty());
  ui.press("Cancel closing");
  EXPECT_TRUE(opened().empty());
  ui.key(Key::p);
  ui.key(Key::enter);
  ui.press("Don't save");
  EXPECT_EQ(opened(), Names{"Logistic"});
}

TEST_F(Presets, SayWhenThereAreNone) {
  ui.document.presets.clear();
  ui.key(Key::p);
  ui.key(Key::enter);
  EXPECT_TRUE(opened().empty());
  ui.press("Close presets");
  EXPECT_FALSE(ui.has("Close presets"));
}

struct Size {
  float width, height, zoom;
};
class PresetsInWindow : public Presets, public ::testing::WithParamInterface<Size> {
 protected:
  static Harness::Options options() {
    Harness::Options options;
    options.width = GetParam().width;
    options.height = GetParam().height;
    options.preferences.zoom = GetParam().zoom;
    return options;
  }
  PresetsInWindow() : Presets(options()) {}
};
INSTANTIATE_TEST_SUITE_P(Sizes, PresetsInWindow,
                         ::testing::Values(Size{1280, 800, 1}, Size{1280, 800, 1.5F},
                                           Size{1280, 800, 2}, Size{640, 400, 1},
                                           Size{1600, 1000, 1}));

TEST_P(PresetsInWindow, ShowTheirTextAndVariantsOnceOpened) {
  open_preset(2);
  ui.frames(2);
  EXPECT_TRUE(ui.has("More presets"));
  if (!ui.has("tab network")) return;
  ui.press("tab network");  // and leave the choice of tab to the person
  EXPECT_FALSE(ui.has("More presets"));
}

TEST_P(PresetsInWindow, AreWithinIt) {
  for (int copies = 0; copies < 4; ++copies)
    ui.document.presets.push_back(
        {"x",
         "/x.json",
         "A title that is so long that it has to wrap " + std::to_string(copies),
         long_text,
         {}});
  ui.key(Key::p);
  for (const char* name : {"preset: Logistic", "Open preset", "Cancel presets"}) {
    ASSERT_TRUE(ui.has(name)) << name;
    const picture::Rect rect = ui.rect(name);
    EXPECT_GE(rect.x0, 0) << name;
    EXPECT_GE(rect.y0, 0) << name;
    EXPECT_LE(rect.x1, GetParam().width) << name;
    EXPECT_LE(rect.y1, GetParam().height) << name;
  }
  ui.key(Key::end);  // scrolls there
  ui.frames(2);
  EXPECT_TRUE(ui.has("preset: A title that is so long that it has to wrap 3"));
}

TEST_F(Presets, VariantsAreOpenedAndTheRunIsKept) {
  open_preset(2);
  ui.press("Variant: too small");  // no step has been taken
  EXPECT_FALSE(ui.has("Kept: Original"));
  ui.wishes.clear();
  ui.press("Variant: Original");  // is open already
  EXPECT_TRUE(ui.asked_of_window<OpenVariant>().empty());
  ui.press("Step");
  ui.press("Variant: too large");
  ASSERT_EQ(ui.asked_of_window<OpenVariant>().size(), 1U);
  EXPECT_EQ(ui.asked_of_window<OpenVariant>().front().variant, 1U);
  EXPECT_TRUE(ui.has("Kept: Original"));
  ui.document.variant = 1;
  ++ui.document.sessions;
  ui.frames(2);
  ui.press("Variant: Original");
  ASSERT_EQ(ui.asked_of_window<OpenVariant>().size(), 2U);
  EXPECT_EQ(ui.asked_of_window<OpenVariant>().back().variant, std::nullopt);
  EXPECT_TRUE(ui.has("Kept: too large"));
  open_preset(1);  // other points, other curves
  EXPECT_FALSE(ui.has("Kept: Original"));
}

TEST_F(Presets, AVariantAsksAboutChangesFirst) {
  open_preset(2);
  ui.press("Hidden 1: more");
  ui.press("Variant: too small");
  EXPECT_TRUE(ui.asked_of_window<OpenVariant>().empty());
  ui.press("Don't save");
  EXPECT_EQ(ui.asked_of_window<OpenVariant>().front().variant, 0U);
}

TEST_F(Presets, AVariantKeepsTheSelectedPointAnotherDocumentDoesNot) {
  open_preset(2);
  ui.click(ui.plane_px(0.3, 0.4));
  ASSERT_TRUE(ui.sent<Look>().back().selected);
  ++ui.document.sessions;
  const std::size_t looks = ui.sent<Look>().size();
  ui.frames(2);
  EXPECT_GT(ui.sent<Look>().size(), looks);  // asked for again
  EXPECT_TRUE(ui.sent<Look>().back().selected);
  open_preset(1);
  EXPECT_FALSE(ui.sent<Look>().back().selected);
}

TEST_F(Presets, AViewIsAppliedOnceAndAbsentHintsChangeNothing) {
  const Preferences before = ui.workbench.preferences();
  open_preset(0);
  EXPECT_EQ(ui.workbench.preferences(), before);
  ui.document.view.log_cost = true;
  ui.document.view.hard_shading = true;
  open_preset(1);
  EXPECT_TRUE(ui.workbench.preferences().loss_log_y);
  EXPECT_TRUE(ui.workbench.preferences().hard_shading);
  EXPECT_EQ(ui.workbench.preferences().loss_log_x, before.loss_log_x);
  ui.key(Key::h);
  EXPECT_FALSE(ui.workbench.preferences().hard_shading);
}

TEST(ViewHints, ADocumentsNotationLastsAsLongAsItIsOpen) {
  const auto named = [](const char* name) {
    ViewHints hints;
    hints.notation = name;
    return hints;
  };
  Preferences preferences;
  preferences.choose(*walk::find_notation("ufldl"));
  apply(complete(named("zhujian")), preferences);
  EXPECT_EQ(preferences.shown_notation().name, "zhujian");
  EXPECT_EQ(view_hints(preferences).notation, "zhujian");
  // A variant that is looked at alike leaves it, another document without one gives it back.
  apply(difference(named("zhujian"), named("zhujian")), preferences);
  EXPECT_EQ(preferences.shown_notation().name, "zhujian");
  apply(complete({}), preferences);
  EXPECT_EQ(preferences.shown_notation().name, "ufldl");
  // What a person chooses holds from then on.
  apply(complete(named("zhujian")), preferences);
  preferences.choose(*walk::find_notation("ng"));
  EXPECT_EQ(preferences.shown_notation().name, "ng");
  apply(difference(named("zhujian"), named("zhujian")), preferences);
  EXPECT_EQ(preferences.shown_notation().name, "ng");
  apply(complete({}), preferences);
  EXPECT_EQ(preferences.shown_notation().name, "ng");
}

TEST(ViewHints, SayHowThingsAreLookedAt) {
  Preferences preferences;
  const ViewHints plain = view_hints(preferences);
  EXPECT_EQ(plain.log_steps, false);
  EXPECT_EQ(plain.delta_history, false);
  ViewHints hints;
  hints.log_steps = true;
  hints.delta_history = true;
  hints.paper_scale = true;
  hints.against = find_run_measure("seconds");
  apply(hints, preferences);
  EXPECT_EQ(view_hints(preferences).log_steps, true);
  EXPECT_EQ(view_hints(preferences).delta_history, true);
  EXPECT_EQ(preferences.paper_scale, true);
  EXPECT_EQ(preferences.loss_against, find_run_measure("seconds"));
  apply(plain, preferences);
  EXPECT_EQ(view_hints(preferences), plain);
}

}  // namespace
}  // namespace deltascope::ui
