// The settings column: every table's rows, every number by typing and by dragging.

#include "harness.hpp"
#include "widgets.hpp"

#include <imgui.h>

namespace deltascope::ui {
namespace {

TEST(Settings, OfferEveryNotation) {
  Harness ui;
  ui.press("section View");
  for (const walk::Notation& notation : walk::notations()) {
    if (&notation == &ui.workbench.preferences().shown_notation()) continue;
    ui.choose("Notation", notation.label);
    EXPECT_EQ(ui.workbench.preferences().notation, &notation);
  }
}

TEST(Text, IsNotBrokenAroundEquals) {
  Harness ui;
  // The font in use between frames is gone: measured in one of its own.
  ImGui::NewFrame();
  const auto width = [](const char* text) { return ImGui::CalcTextSize(text).x; };
  const std::string text = "with η = 5 it learns";
  for (const char* part : {"with", "with η", "with η =", "with η = 5", "with η = 5 it"}) {
    const std::string lines = broken_at_spaces(text, width(part) + 2);
    EXPECT_NE(lines.find("η = 5"), std::string::npos) << part;
    EXPECT_NE(lines.find('\n'), std::string::npos) << part;
  }
  EXPECT_EQ(broken_at_spaces("with η\u00A0= 5", width("with η") + 2), "with\nη\u00A0= 5");
  ImGui::EndFrame();
}

TEST(Text, HasASpaceThatDoesNotBreak) {
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().DisplaySize = ImVec2(100, 100);
  Fonts fonts;
  ASSERT_TRUE(fonts.build(1).empty());
  shim::bake(*ImGui::GetIO().Fonts);
  ImGui::NewFrame();
  for (const auto face : {picture::Font::body, picture::Font::small, picture::Font::heading,
                          picture::Font::mono, picture::Font::mono_small, picture::Font::script}) {
    const FontScope scope(fonts, face);
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    const auto vertices = [&](const char* text) {
      const int before = list.VtxBuffer.Size;
      list.AddText(ImVec2(0, 0), 0xFFFFFFFF, text);
      return list.VtxBuffer.Size - before;
    };
    EXPECT_GT(vertices("?"), 0);
    EXPECT_EQ(vertices("\u00A0"), 0);  // neither "?" nor a box
    EXPECT_EQ(ImGui::CalcTextSize("a\u00A0a").x, ImGui::CalcTextSize("a a").x);
  }
  ImGui::EndFrame();
  ImGui::DestroyContext();
}

TEST(Learning, RateByTyping) {
  Harness ui;
  ui.enter("Learning rate η", "0.25");
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.25);
  ui.enter("Learning rate η", "1e-3");
  EXPECT_EQ(ui.settings().rates.learning_rate, 1e-3);
  ui.enter("Learning rate η", "0,05");
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.05);
}

TEST(Learning, RateThatIsNoNumberIsRefusedAndSaid) {
  Harness ui;
  for (const char* text : {"abc", "-1", "nan", "inf", "1e999", ""}) {
    SCOPED_TRACE(text);
    ui.press("Learning rate η");
    if (std::string(text).empty()) ui.edit_key(shim::EditKey::backspace);
    ui.type(text);
    ui.edit_key(shim::EditKey::enter);
    EXPECT_EQ(ui.settings().rates.learning_rate, 5.0);
    EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);  // there is a toast
  }
}

TEST(Learning, LeavingTheFieldTakesWhatWasTyped) {
  Harness ui;
  ui.press("Learning rate η");
  ui.type("2");
  ui.press("Step");
  EXPECT_EQ(ui.settings().rates.learning_rate, 2.0);
}

TEST(Learning, OneDragOfTheRateIsOneUndo) {
  Harness ui;
  const picture::Rect slider = ui.rect("Learning rate η slider");
  ui.drag(slider.center(), {slider.x0 + 20, slider.center().y});
  const double dragged = ui.settings().rates.learning_rate;
  EXPECT_LT(dragged, 0.01);
  EXPECT_GT(ui.count([](const Request& r) { return std::holds_alternative<Command>(r); }), 3U);
  ui.press("Undo");
  EXPECT_EQ(ui.settings().rates.learning_rate, 5.0);
  EXPECT_FALSE(ui.session.can_undo());
}

TEST(Learning, TwoDragsAreTwoUndos) {
  Harness ui;
  const picture::Rect slider = ui.rect("Learning rate η slider");
  ui.drag(slider.center(), {slider.x0 + 20, slider.center().y});
  const double first = ui.settings().rates.learning_rate;
  ui.drag(slider.center(), {slider.x1 - 20, slider.center().y});
  ui.press("Undo");
  EXPECT_EQ(ui.settings().rates.learning_rate, first);
}

TEST(Learning, EveryOptimizerCanBeChosen) {
  Harness ui(all_unfolded());
  for (const Optimizer& row : optimizers()) {
    if (&row == ui.settings().optimizer) continue;
    ui.choose("Optimizer", row.label);
    EXPECT_EQ(ui.settings().optimizer, &row);
  }
}

TEST(Learning, MomentumAppearsWithItsOptimizer) {
  Harness ui(all_unfolded());
  EXPECT_FALSE(ui.has("Momentum μ"));
  ui.choose("Optimizer", find_optimizer("momentum")->label);
  ui.enter("Momentum μ", "0.5");
  EXPECT_EQ(ui.settings().rates.momentum, 0.5);
}

TEST(Learning, EveryBatchSizeAndTyping) {
  Harness ui(all_unfolded());
  for (const auto& [name, size] : std::vector<std::pair<std::string, Index>>{
           {"1", 1}, {"2", 2}, {"5", 5}, {"10", 10}, {"all", 0}}) {
    ui.press("Batch: " + name);
    EXPECT_EQ(ui.settings().batch_size, size) << name;
  }
  ui.enter("Batch size", "3");
  EXPECT_EQ(ui.settings().batch_size, 3);
  ui.enter("Batch size", "2.5");
  EXPECT_EQ(ui.settings().batch_size, 3);
  ui.enter("Batch size", "11");
  EXPECT_EQ(ui.settings().batch_size, 3);
}

TEST(Learning, EverySamplingRuleThatNeedsNoList) {
  Harness ui(all_unfolded());
  for (const SamplingRule& row : sampling_rules()) {
    if (row.needs_list || &row == ui.settings().sampling) continue;
    ui.choose("Sampling", row.label);
    EXPECT_EQ(ui.settings().sampling, &row);
  }
  ui.press("Sampling");
  ui.frames(2);
  const std::string listed(find_sampling_rule("listed")->label);
  EXPECT_FALSE(ui.has("Sampling: " + listed));
}

TEST(Learning, EveryLossAndItsOutput) {
  Harness ui(all_unfolded());
  for (const Loss& row : losses()) {
    if (&row == ui.settings().model.loss) continue;
    ui.choose("Loss", row.label);
    EXPECT_EQ(ui.settings().model.loss, &row);
    EXPECT_TRUE(row.admits(ui.settings().model.architecture.output_activation()));
  }
}

TEST(Learning, WeightDecay) {
  Harness ui(all_unfolded());
  ui.enter("Weight decay λ", "0.01");
  EXPECT_EQ(ui.settings().model.l2, 0.01);
  const picture::Rect slider = ui.rect("Weight decay λ slider");
  ui.drag(slider.center(), {slider.x0 - 5, slider.center().y});
  EXPECT_EQ(ui.settings().model.l2, 0.0);
}

TEST(Learning, EveryInitializer) {
  Harness ui(all_unfolded());
  for (const Initializer& row : initializers()) {
    if (&row == ui.settings().initial.scheme) continue;
    ui.choose("Initial weights scheme", row.label);
    EXPECT_EQ(ui.settings().initial.scheme, &row);
  }
  ui.enter("Initial scale", "0.1");
  EXPECT_EQ(ui.settings().initial.scale, 0.1);
  ui.enter("Seed", "42");
  EXPECT_EQ(ui.settings().initial.seed, 42U);
}

TEST(NetworkControls, NeuronsAndLayers) {
  Harness ui(all_unfolded());
  ui.press("Hidden 2: fewer");
  EXPECT_EQ(ui.settings().model.architecture.sizes(), (std::vector<Index>{2, 2, 2, 2}));
  ui.press("Output: more");
  EXPECT_EQ(ui.settings().model.architecture.sizes(), (std::vector<Index>{2, 2, 2, 3}));
  ui.press("Add layer");
  EXPECT_EQ(ui.settings().model.architecture.layers(), 4);
  ui.press("Hidden 1: remove");
  EXPECT_EQ(ui.settings().model.architecture.layers(), 3);
}

TEST(NetworkControls, WhatWasReinitialisedIsSaid) {
  Harness ui(all_unfolded());
  ui.press("Hidden 1: more");
  ASSERT_EQ(ui.notices.size(), 1U);
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 10);
}

TEST(NetworkControls, ActivationPerLayer) {
  Harness ui(all_unfolded());
  for (const Activation& row : activations()) {
    if (row.output_only || &row == &ui.settings().model.architecture.activation(0)) continue;
    ui.choose("Hidden 1: activation", row.label);
    EXPECT_EQ(&ui.settings().model.architecture.activation(0), &row);
    EXPECT_EQ(ui.settings().model.architecture.activation(1).name, "sigmoid");
  }
  ui.choose("Output: activation", find_activation("softmax")->label);
  EXPECT_EQ(ui.settings().model.architecture.output_activation().name, "softmax");
  EXPECT_EQ(ui.settings().model.loss->name, "softmax_ce");
}

TEST(NetworkControls, SoftmaxIsNotOfferedToHiddenLayers) {
  Harness ui(all_unfolded());
  ui.press("Hidden 1: activation");
  ui.frames(2);
  EXPECT_TRUE(ui.has("Hidden 1: activation: tanh"));
  EXPECT_FALSE(ui.has("Hidden 1: activation: softmax"));
}

TEST(DataControls, EveryDataSet) {
  Harness ui;
  for (const DatasetRecipe& row : dataset_recipes()) {
    if (row.name == "ox") continue;
    ui.choose("Data set", row.label);
    EXPECT_EQ(ui.data().size(), row.points) << row.label;
  }
}

TEST(DataControls, ClearAndUndo) {
  Harness ui;
  ui.press("Clear points");
  EXPECT_EQ(ui.data().size(), 0);
  ui.press("Undo");
  EXPECT_EQ(ui.data().size(), 10);
}

TEST(DataControls, SelectedPointChangesItsClassAndGoes) {
  Harness ui;
  ui.click(ui.plane_px(0.1, 0.1));
  ASSERT_EQ(ui.label(0), 0);
  ui.press("Point's class: X");
  EXPECT_EQ(ui.label(0), 1);
  ui.press("Remove point");
  EXPECT_EQ(ui.data().size(), 9);
  EXPECT_FALSE(ui.has("Remove point"));
}

}  // namespace
}  // namespace deltascope::ui
