// The cost plot: what it is drawn against, its scale, and runs kept to be compared with.

#include "harness.hpp"
#include "view.hpp"

namespace deltascope::ui {
namespace {

void train(Harness& ui, int steps) {
  for (int i = 0; i < steps; ++i)
    ASSERT_TRUE(ui.session.advance());
  ui.frames(2);
}

std::vector<std::string> kept_names(const Harness& ui) {
  const std::string prefix = "Kept: ";
  std::vector<std::string> names;
  for (const auto& [name, control] : ui.workbench.controls().all()) {
    if (name.starts_with(prefix)) names.push_back(name.substr(prefix.size()));
  }
  return names;
}

// What runs is what the document says.
void open_session(Harness& ui) {
  ui.document.settings = ui.session.state().settings;
  ui.document.data = ui.session.state().data;
}

using Names = std::vector<std::string>;

TEST(CostPlot, EveryMeasureCanBeItsAxis) {
  Harness ui(all_unfolded());
  for (const RunMeasure& row : run_measures()) {
    if (&row == ui.workbench.preferences().loss_against) continue;
    ui.choose("Against", row.short_label);
    EXPECT_EQ(ui.workbench.preferences().loss_against, &row);
  }
  for (const RunMeasure& row : run_measures()) {
    if (&row == ui.workbench.preferences().loss_against) continue;
    ui.choose("Cost against", row.label);
    EXPECT_EQ(ui.workbench.preferences().loss_against, &row);
  }
}

TEST(CostPlot, AnotherAxisFitsTheCurvesAgain) {
  Harness ui;
  train(ui, 40);
  const int fitted = ui.vertices();
  ui.wheel(ui.rect("loss").center(), 8);
  ui.move_to({0, 0});
  ASSERT_NE(ui.vertices(), fitted);
  ui.press("Log y");
  ui.press("Log y");
  ui.move_to({0, 0});
  EXPECT_EQ(ui.vertices(), fitted);
}

TEST(CostPlot, PaperScaleIsOfferedForSumsOfSquaresOnly) {
  Harness ui(all_unfolded());
  ui.press("Paper scale");
  EXPECT_TRUE(ui.workbench.preferences().paper_scale);
  ui.press("Cost times 2N");
  EXPECT_FALSE(ui.workbench.preferences().paper_scale);
  ui.choose("Loss", find_loss("bce")->label);
  EXPECT_FALSE(ui.has("Paper scale"));
  EXPECT_FALSE(ui.has("Cost times 2N"));
}

TEST(CostPlot, ReferenceLinesCanBeLeftOut) {
  {
    Harness ui(all_unfolded());
    ui.press("Reference lines");
    EXPECT_FALSE(ui.workbench.preferences().reference_lines);
  }
  const auto drawn = [](bool lines) {
    Harness::Options options;
    options.preferences.reference_lines = lines;
    Harness ui(options);
    train(ui, 200);
    return ui.vertices();
  };
  EXPECT_GT(drawn(true), drawn(false));
}

TEST(KeptRuns, NothingToKeepBeforeTheFirstStep) {
  Harness ui;
  EXPECT_FALSE(ui.workbench.controls().find("Keep")->enabled);
  ui.press("Step");
  EXPECT_TRUE(ui.workbench.controls().find("Keep")->enabled);
}

TEST(KeptRuns, StayThroughResetAndAnotherOptimizer) {
  Harness ui(all_unfolded());
  train(ui, 30);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), Names{"gradient descent, η = 5"});
  ui.press("Reset");
  ui.choose("Optimizer", find_optimizer("adam")->label);
  ui.press("Batch: 2");
  train(ui, 20);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), (Names{"Adam, η = 0.01, batch 2", "gradient descent, η = 5"}));
}

TEST(KeptRuns, AreDrawn) {
  Harness ui;
  train(ui, 30);
  ui.press("Keep");
  ui.press("Reset");
  ui.move_to({0, 0});
  const int with = ui.vertices();
  ui.press("Kept: gradient descent, η = 5");
  ui.move_to({0, 0});
  EXPECT_TRUE(kept_names(ui).empty());
  EXPECT_LT(ui.vertices(), with);
}

TEST(KeptRuns, TheSameRunLaterReplacesItself) {
  Harness ui;
  train(ui, 30);
  ui.press("Keep");
  train(ui, 30);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), Names{"gradient descent, η = 5"});
}

TEST(KeptRuns, AnotherRunOfTheSameNameGetsANumber) {
  Harness ui(all_unfolded());
  train(ui, 30);
  ui.press("Keep");
  ui.press("Hidden 1: more");
  ui.press("Reset");
  train(ui, 30);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), (Names{"gradient descent, η = 5", "gradient descent, η = 5 (2)"}));
}

TEST(KeptRuns, OfWhichOnlyTheSeedDiffersSaySo) {
  Harness ui(all_unfolded());
  ui.document.variants = {"too large"};
  ui.document.original = "η = 5";
  open_session(ui);
  const auto seed = [&] { return std::to_string(ui.settings().initial.seed); };
  train(ui, 30);
  ui.press("Keep");
  ui.press("New seed");
  train(ui, 30);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), (Names{"gradient descent, η = 5, seed " + seed(), "η = 5"}));
  ui.enter("Learning rate η", "3");
  train(ui, 30);
  ui.press("Keep");
  EXPECT_TRUE(ui.has("Kept: gradient descent, η = 3"));
}

TEST(KeptRuns, ThePresentRunIsNamedOnceThereIsSomethingToTellItFrom) {
  Snapshot snapshot;
  snapshot.settings = std::make_shared<const Settings>(ox_settings());
  const GridSnapshot grid;
  const CheckSnapshot check;
  const SweepSnapshot sweep;
  const History history;
  DocumentStatus document;
  const Frame frame{snapshot, grid, check, sweep, history, document, {}};
  View view;
  EXPECT_EQ(shown_run_name(view, frame, walk::notations().front()), "Cost");
  view.kept.emplace_back();
  EXPECT_EQ(shown_run_name(view, frame, walk::notations().front()), "gradient descent, η = 5");
  view.kept.clear();
  document.settings = snapshot.settings;
  document.variants = {"too small"};
  EXPECT_EQ(shown_run_name(view, frame, walk::notations().front()), "Original");
  document.original = "η = 5";
  EXPECT_EQ(shown_run_name(view, frame, walk::notations().front()), "η = 5");
  document.variant = 0;
  EXPECT_EQ(shown_run_name(view, frame, walk::notations().front()), "too small");
}

TEST(KeptRuns, AreSixAtMostAndTheOldestGoes) {
  Harness ui(all_unfolded());
  for (int rate = 1; rate <= 7; ++rate) {
    ui.enter("Learning rate η", std::to_string(rate));
    ui.press("Reset");
    train(ui, 10);
    ui.press("Keep");
  }
  const Names names = kept_names(ui);
  ASSERT_EQ(names.size(), 6U);
  EXPECT_EQ(names.front(), "gradient descent, η = 2");
}

TEST(KeptRuns, AreRemovedOneByOneOrAllInTheSettings) {
  Harness ui(all_unfolded());
  for (int rate = 1; rate <= 3; ++rate) {
    ui.enter("Learning rate η", std::to_string(rate));
    ui.press("Reset");
    train(ui, 10);
    ui.press("Keep");
  }
  ui.press("Remove kept: gradient descent, η = 2");
  EXPECT_EQ(kept_names(ui), (Names{"gradient descent, η = 1", "gradient descent, η = 3"}));
  ui.press("Clear kept");
  EXPECT_TRUE(kept_names(ui).empty());
  EXPECT_FALSE(ui.has("Clear kept"));
}

TEST(KeptRuns, OfAVariantBearItsNameUntilSomethingIsChanged) {
  Harness ui(all_unfolded());
  ui.document.variants = {"too small", "too large"};
  ui.document.variant = 1;
  open_session(ui);
  ui.press("Reset");  // changes nothing
  train(ui, 30);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), Names{"too large"});
  ui.enter("Learning rate η", "3");
  ui.press("Reset");
  train(ui, 10);
  ui.press("Keep");
  EXPECT_EQ(kept_names(ui), (Names{"gradient descent, η = 3", "too large"}));
}

TEST(KeptRuns, GoWithTheDocumentButNotWhenItIsSaved) {
  Harness ui;
  train(ui, 30);
  ui.press("Keep");
  ui.document.path = "/tmp/saved-as.json";
  ui.frames(2);
  EXPECT_EQ(kept_names(ui).size(), 1U);
  ++ui.document.opened;
  ui.frames(2);
  EXPECT_TRUE(kept_names(ui).empty());
}

TEST(CostPlot, TitleRowStaysInItsPanel) {
  for (const float width : {640.0F, 1000.0F, 1280.0F, 1600.0F}) {
    for (const float zoom : {1.0F, 1.25F, 1.5F, 2.0F}) {
      Harness::Options options;
      options.width = width;
      options.height = 1000;
      options.preferences.zoom = zoom;
      Harness ui(options);
      if (!ui.has("loss")) ui.press("tab loss");
      ASSERT_TRUE(ui.has("loss")) << width << " × " << zoom;
      const picture::Rect plot = ui.rect("loss");
      int shown = 0;
      for (const char* name : {"Keep", "Against", "Paper scale", "Log x", "Log y"}) {
        const Control* control = ui.workbench.controls().find(name);
        if (control == nullptr) continue;
        ++shown;
        EXPECT_GE(control->rect_px.x0, plot.x0) << name << " " << width << " × " << zoom;
        EXPECT_LE(control->rect_px.x1, plot.x1 + 1) << name << " " << width << " × " << zoom;
        EXPECT_LE(control->rect_px.y1, plot.y0) << name << " " << width << " × " << zoom;
      }
      EXPECT_GE(shown, 1) << width << " × " << zoom;
    }
  }
}

}  // namespace
}  // namespace deltascope::ui
