// The chosen neuron's bias and weights: seen, typed, dragged, lit up.

#include "harness.hpp"

#include <deltascope/picture/network_picture.hpp>

#include <cmath>

namespace deltascope::ui {
namespace {

// Where a neuron of the 2-2-3-2 network lies, found by what the mouse points at there.
picture::Point found(Harness& ui, const std::function<bool(const walk::Quantity&)>& wanted) {
  const picture::Rect rect = ui.rect("network");
  for (float y = rect.y0 + 4; y < rect.y1; y += 9) {
    for (float x = rect.x0 + 4; x < rect.x1; x += 9) {
      ui.move_to({x, y});
      if (ui.workbench.focus() && wanted(*ui.workbench.focus())) return {x, y};
    }
  }
  ADD_FAILURE() << "the network has no such place";
  return rect.center();
}

picture::Point neuron(Harness& ui, Index layer, Index row) {
  return found(ui, [&](const walk::Quantity& q) {
    return q.kind == walk::Kind::neuron && q.layer == layer && q.row == row;
  });
}

Harness::Options roomy() {
  Harness::Options options;
  options.width = 1280;
  options.height = 900;
  return options;
}

// Neuron 2 of the first hidden layer, with the section open.
void open_neuron(Harness& ui) {
  ui.double_click(neuron(ui, 0, 1));
  ui.frames(2);
}

double weight(const Harness& ui, Index layer, Index to, Index from) {
  return ui.settings().model.architecture.W(std::span<const double>(ui.session.state().parameters),
                                            layer)(to, from);
}
double bias(const Harness& ui, Index layer, std::size_t to) {
  return ui.settings().model.architecture.b(std::span<const double>(ui.session.state().parameters),
                                            layer)[to];
}

TEST(Weights, TwoClicksOnANeuronOpenItsNumbers) {
  Harness ui(roomy());
  EXPECT_FALSE(ui.has("b_2^[2]"));
  open_neuron(ui);
  for (const char* name : {"b_2^[2]", "w_21^[2]", "w_22^[2]"})
    EXPECT_TRUE(ui.has(name)) << name;
  EXPECT_FALSE(ui.has("w_23^[2]"));
  EXPECT_FALSE(ui.has("b_1^[2]"));
}

TEST(Weights, TwoClicksOnAnEdgeOpenTheNeuronItLeadsTo) {
  Harness ui(roomy());
  const picture::Point edge = found(ui, [](const walk::Quantity& q) {
    return q.kind == walk::Kind::edge && q.layer == 1 && q.row == 2 && q.col == 0;
  });
  ui.double_click(edge);
  ui.frames(2);
  EXPECT_TRUE(ui.has("w_31^[3]"));
  EXPECT_TRUE(ui.has("b_3^[3]"));
}

TEST(Weights, OneClickChoosesAndLetsGo) {
  Harness ui(roomy());
  ui.press("section Weights");
  EXPECT_FALSE(ui.has("b_2^[2]"));
  const picture::Point at = neuron(ui, 0, 1);
  ui.click(at);
  EXPECT_TRUE(ui.has("b_2^[2]"));
  ui.click(at);
  EXPECT_FALSE(ui.has("b_2^[2]"));
  ui.click(neuron(ui, -1, 0));  // an input has none, and says so
  EXPECT_FALSE(ui.has("b_1^[1]"));
}

TEST(Weights, AreTyped) {
  Harness ui(roomy());
  open_neuron(ui);
  ui.enter("w_21^[2]", "0.25");
  EXPECT_EQ(weight(ui, 0, 1, 0), 0.25);
  ui.enter("w_22^[2]", "-1,5e2");
  EXPECT_EQ(weight(ui, 0, 1, 1), -150);
  ui.enter("b_2^[2]", "0.1234567890123456");
  EXPECT_EQ(bias(ui, 0, 1), 0.1234567890123456);
  ui.key(Key::z, true);
  EXPECT_NE(bias(ui, 0, 1), 0.1234567890123456);
  EXPECT_EQ(weight(ui, 0, 1, 1), -150);
}

TEST(Weights, ThatAreNoNumbersAreRefusedAndSaid) {
  Harness ui(roomy());
  open_neuron(ui);
  const std::vector<double> before = ui.session.state().parameters;
  for (const char* text : {"nan", "inf", "abc", "1e999", "0.5x"}) {
    SCOPED_TRACE(text);
    ui.enter("w_21^[2]", text);
    EXPECT_EQ(ui.session.state().parameters, before);
    EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);  // there is a toast
    ui.now_seconds += 60;
  }
  EXPECT_TRUE(ui.sent<Command>().empty());
}

TEST(Weights, KeepAllTheirDigitsWhereNothingIsTyped) {
  Harness ui(roomy());
  open_neuron(ui);
  const std::vector<double> before = ui.session.state().parameters;
  ui.press("w_21^[2]");
  ui.edit_key(shim::EditKey::enter);
  ui.press("w_22^[2]");
  ui.press("b_2^[2]");
  ui.edit_key(shim::EditKey::escape);
  EXPECT_EQ(ui.session.state().parameters, before);
  EXPECT_TRUE(ui.sent<Command>().empty());
}

TEST(Weights, EscapeLeavesTheNumber) {
  Harness ui(roomy());
  open_neuron(ui);
  const std::vector<double> before = ui.session.state().parameters;
  ui.press("w_21^[2]");
  ui.type("7");
  ui.edit_key(shim::EditKey::escape);
  EXPECT_EQ(ui.session.state().parameters, before);
}

TEST(Weights, WhoTypesWhileTheyMoveKeepsTheField) {
  Harness ui(roomy());
  open_neuron(ui);
  ui.press("w_21^[2]");
  ui.type("0.");
  for (int i = 0; i < 5; ++i) {
    ui.session.advance();
    ui.frames(1);
  }
  ui.type("75");
  ui.edit_key(shim::EditKey::enter);
  EXPECT_EQ(weight(ui, 0, 1, 0), 0.75);
}

TEST(Weights, LeavingTheFieldWhileTheyMoveChangesNothing) {
  for (const auto key : {shim::EditKey::enter, shim::EditKey::escape}) {
    Harness ui(roomy());
    open_neuron(ui);
    ui.press("w_21^[2]");
    if (key == shim::EditKey::escape) ui.type("3");
    for (int i = 0; i < 5; ++i) {
      ui.session.advance();
      ui.frames(1);
    }
    ui.edit_key(key);
    EXPECT_TRUE(ui.sent<Command>().empty());
  }
}

TEST(Weights, AreDraggedByTheirNames) {
  Harness ui(roomy());
  open_neuron(ui);
  const double before = weight(ui, 0, 1, 0);
  const picture::Point from = ui.rect("w_21^[2] drag").center();
  ui.drag(from, {from.x + 50, from.y});
  EXPECT_NEAR(weight(ui, 0, 1, 0), before + 0.5, 1e-3);
  EXPECT_GT(ui.sent<Command>().size(), 2U);
  ui.key(Key::z, true);  // the whole drag is one entry
  EXPECT_EQ(weight(ui, 0, 1, 0), before);
}

TEST(Weights, TheMouseOnANumberLightsUpItsEdge) {
  Harness ui(roomy());
  open_neuron(ui);
  ui.move_to({0, 0});
  const int dark = ui.vertices();
  ui.move_to(ui.rect("w_22^[2] drag").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::W, 0, 1, 1}));
  EXPECT_NE(ui.vertices(), dark);
  ui.move_to(ui.rect("b_2^[2]").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::b, 0, 1}));
}

TEST(Weights, OfManyInputsScroll) {
  Harness ui(roomy());
  ui.session.apply({SetLayerSize{0, 60}});
  ui.frames(2);
  ui.double_click(neuron(ui, 1, 0));
  ui.frames(2);
  const auto& controls = ui.workbench.controls();
  ASSERT_NE(controls.find("w_1,60^[3]"), nullptr);
  EXPECT_FALSE(controls.find("w_1,60^[3]")->visible);
  ASSERT_TRUE(ui.has("w_11^[3]"));
  const picture::Point in_list = ui.rect("w_12^[3]").center();
  for (int i = 0; i < 20; ++i)
    ui.wheel(in_list, -3);
  EXPECT_TRUE(ui.has("w_1,60^[3]"));
  EXPECT_FALSE(ui.has("w_11^[3]"));
  EXPECT_TRUE(ui.has("b_1^[3]"));  // it stands above the list
}

TEST(Weights, AreNamedByTheNotation) {
  Harness ui(roomy());
  open_neuron(ui);
  ui.key(Key::m);
  EXPECT_FALSE(ui.has("w_21^[2]"));
  EXPECT_TRUE(ui.has("w_21^[1]"));
}

TEST(Weights, OpenWhereTheSettingsAreATab) {
  Harness::Options options = roomy();
  options.preferences.zoom = 1.5F;
  Harness ui(options);
  EXPECT_FALSE(ui.has("Learning rate η"));
  open_neuron(ui);
  ui.frames(3);
  EXPECT_TRUE(ui.has("b_2^[2]"));
}

TEST(Weights, OfANeuronThatIsGoneAreNotShown) {
  Harness ui(roomy());
  open_neuron(ui);
  ui.session.apply({SetLayerSize{0, 1}});
  ui.frames(2);
  EXPECT_FALSE(ui.has("b_2^[2]"));
}

}  // namespace
}  // namespace deltascope::ui
