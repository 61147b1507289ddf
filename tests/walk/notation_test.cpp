#include "walk/latex_check.hpp"

#include <deltascope/walk/notation.hpp>

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

/// Names of one quantity of a 2-2-3-2 network, written down from the four texts.
struct Names {
  Quantity of;
  std::array<const char*, 4> in;  ///< Higham & Higham, Ng, zhujian, UFLDL
  Letters letters = {};
};

/// The layer and the kind of a quantity, and where it is in it, for a failure's text.
std::string described(const Names& names) {
  const Quantity& of = names.of;
  return "kind " + std::to_string(static_cast<int>(of.kind)) + ", layer " +
         std::to_string(of.layer) + ", row " + std::to_string(of.row) + ", column " +
         std::to_string(of.col);
}

void expect_names(const std::vector<Names>& table) {
  ASSERT_EQ(notations().size(), 4U);
  for (const Names& names : table) {
    for (std::size_t n = 0; n < notations().size(); ++n) {
      const Notation& notation = notations()[n];
      EXPECT_EQ(label_of(names.of, notation, names.letters), names.in.at(n))
          << notation.name << ": " << described(names);
    }
  }
}

constexpr Index input = -1;

TEST(Notation, NumbersTheInputAndWhatNeuronsHold) {
  expect_names({
      {{Kind::a, input}, {"a^[1]", "a^[0]", "a^{(0)}", "a^{(1)}"}},
      {{Kind::a, input, 1, 0}, {"a^[1]_2", "a^[0]_2", "a^{(0)}_2", "a^{(1)}_2"}},
      {{Kind::z, 0}, {"z^[2]", "z^[1]", "z^{(1)}", "z^{(2)}"}},
      {{Kind::z, 1, 2, 0}, {"z^[3]_3", "z^[2]_3", "z^{(2)}_3", "z^{(3)}_3"}},
      {{Kind::a, 0}, {"a^[2]", "a^[1]", "a^{(1)}", "a^{(2)}"}},
      {{Kind::a, 2, 0}, {"a^[4]_1", "a^[3]_1", "a^{(3)}_1", "a^{(4)}_1"}},
      {{Kind::delta, 0}, {"δ^[2]", "dz^[1]", "δ^{(1)}", "δ^{(2)}"}},
      {{Kind::delta, 2, 1, 7}, {"δ^[4]_2", "dz^[3]_2", "δ^{(3)}_2", "δ^{(4)}_2"}},
      {{Kind::slope, 1}, {"σ′(z^[3])", "g′(z^[2])", "g′(z^{(2)})", "f′(z^{(3)})"}},
      {{Kind::slope, 1, 0}, {"σ′(z^[3]_1)", "g′(z^[2]_1)", "g′(z^{(2)}_1)", "f′(z^{(3)}_1)"}},
      {{Kind::pulled, 0}, {"∂C_x/∂a^[2]", "da^[1]", "∂J_x/∂a^{(1)}", "∂J(W, b; x, y)/∂a^{(2)}"}},
      {{Kind::pulled, 0, 1},
       {"∂C_x/∂a^[2]_2", "da^[1]_2", "∂J_x/∂a^{(1)}_2", "∂J(W, b; x, y)/∂a^{(2)}_2"}},
      {{Kind::y}, {"y", "y", "y", "y"}},
      {{Kind::y, 0, 1}, {"y_2", "y_2", "y_2", "y_2"}},
      {{Kind::residual, 2}, {"a^[4] − y", "a^[3] − y", "a^{(3)} − y", "a^{(4)} − y"}},
      {{Kind::residual, 2, 0},
       {"a^[4]_1 − y_1", "a^[3]_1 − y_1", "a^{(3)}_1 − y_1", "a^{(4)}_1 − y_1"}},
      {{Kind::neuron, 1}, {"layer 3", "layer 2", "layer 2", "layer 3"}},
      {{Kind::neuron, 1, 2},
       {"neuron 3, layer 3", "neuron 3, layer 2", "neuron 3, layer 2", "neuron 3, layer 3"}},
  });
}

TEST(Notation, NumbersWeightsAndBiases) {
  expect_names({
      {{Kind::W, 0}, {"W^[2]", "W^[1]", "W^{(1)}", "W^{(1)}"}},
      {{Kind::W, 2}, {"W^[4]", "W^[3]", "W^{(3)}", "W^{(3)}"}},
      {{Kind::W, 1, 0, 1}, {"w^[3]_{12}", "w^[2]_{12}", "W^{(2)}_{12}", "W^{(2)}_{12}"}},
      {{Kind::edge, 1, 0, 1}, {"w^[3]_{12}", "w^[2]_{12}", "W^{(2)}_{12}", "W^{(2)}_{12}"}},
      {{Kind::b, 0}, {"b^[2]", "b^[1]", "b^{(1)}", "b^{(1)}"}},
      {{Kind::b, 1, 2}, {"b^[3]_3", "b^[2]_3", "b^{(2)}_3", "b^{(2)}_3"}},
      {{Kind::W_after, 0}, {"W^{[2] new}", "W^{[1] new}", "W^{(1) new}", "W^{(1) new}"}},
      {{Kind::W_after, 0, 0, 1},
       {"w^{[2] new}_{12}", "w^{[1] new}_{12}", "W^{(1) new}_{12}", "W^{(1) new}_{12}"}},
      {{Kind::b_after, 2, 1}, {"b^{[4] new}_2", "b^{[3] new}_2", "b^{(3) new}_2", "b^{(3) new}_2"}},
  });
}

TEST(Notation, NamesGradients) {
  expect_names({
      {{Kind::dW, 0}, {"∂Cost/∂W^[2]", "dW^[1]", "∂J/∂W^{(1)}", "∇_{W(1)}J"}},
      {{Kind::dW, 1, 0, 1},
       {"∂Cost/∂w^[3]_{12}", "dw^[2]_{12}", "∂J/∂W^{(2)}_{12}", "∂J/∂W^{(2)}_{12}"}},
      {{Kind::dW_data, 0}, {"∂Cost_0/∂W^[2]", "∂J_0/∂W^[1]", "∂J_0/∂W^{(1)}", "∇_{W(1)}J_0"}},
      {{Kind::dW_data, 1, 0, 1},
       {"∂Cost_0/∂w^[3]_{12}", "∂J_0/∂w^[2]_{12}", "∂J_0/∂W^{(2)}_{12}", "∂J_0/∂W^{(2)}_{12}"}},
      {{Kind::db, 0}, {"∂Cost/∂b^[2]", "db^[1]", "∂J/∂b^{(1)}", "∇_{b(1)}J"}},
      {{Kind::db, 2, 1}, {"∂Cost/∂b^[4]_2", "db^[3]_2", "∂J/∂b^{(3)}_2", "∂J/∂b^{(3)}_2"}},
  });
}

TEST(Notation, NamesWhatOptimizersRemember) {
  expect_names({
      {{Kind::W_m, 0}, {"m_{W[2]}", "m_{W[1]}", "m_{W(1)}", "m_{W(1)}"}},
      {{Kind::W_v, 0, 1, 0}, {"v_{w[2]21}", "v_{w[1]21}", "v_{W(1)21}", "v_{W(1)21}"}},
      {{Kind::b_m, 2}, {"m_{b[4]}", "m_{b[3]}", "m_{b(3)}", "m_{b(3)}"}},
      {{Kind::b_v, 2, 1}, {"v_{b[4]2}", "v_{b[3]2}", "v_{b(3)2}", "v_{b(3)2}"}},
  });
}

TEST(Notation, LeavesRoomForAHatOnWhatOptimizersRemember) {
  for (const Notation& notation : notations()) {
    for (const Kind kind : {Kind::W_m, Kind::W_v, Kind::b_m, Kind::b_v}) {
      const Formula name = name_of({kind, 0, 1, 0}, notation);
      ASSERT_EQ(name.form, Form::scripts) << notation.name;
      EXPECT_TRUE(name.parts[2].empty()) << notation.name;
    }
  }
}

TEST(Notation, NamesSingleNumbers) {
  expect_names({
      {{Kind::none}, {"", "", "", ""}},
      {{Kind::loss}, {"C_x", "L", "J_x", "J(W, b; x, y)"}},
      {{Kind::cost}, {"Cost", "J", "J", "J"}},
      {{Kind::samples}, {"N", "m", "m", "m"}},
      {{Kind::learning_rate}, {"η", "α", "α", "α"}},
      {{Kind::l2}, {"λ", "λ/m", "λ", "λ"}},
      {{Kind::damping}, {"μ", "μ", "μ", "μ"}},
      {{Kind::least_squares_residual}, {"r", "r", "r", "r"}},
      {{Kind::least_squares_residual, 0, 3}, {"r_4", "r_4", "r_4", "r_4"}},
      {{Kind::jacobian}, {"J", "J", "J", "J"}},
      {{Kind::jacobian, 0, 1, 22}, {"J_{2,23}", "J_{2,23}", "J_{2,23}", "J_{2,23}"}},
      {{Kind::step}, {"Δp", "Δp", "Δp", "Δp"}},
      {{Kind::step, 0, 22}, {"Δp_{23}", "Δp_{23}", "Δp_{23}", "Δp_{23}"}},
  });
}

TEST(Notation, PutsLettersInPlaceOfNumbers) {
  expect_names({
      {{Kind::z, 1}, {"z^[l]_j", "z^[l]_j", "z^{(l)}_j", "z^{(l)}_j"}, {.row = "j", .layer = "l"}},
      {{Kind::W, 1},
       {"w^[l]_{jk}", "w^[l]_{jk}", "W^{(l)}_{jk}", "W^{(l)}_{jk}"},
       {.row = "j", .col = "k", .layer = "l"}},
      {{Kind::W, 1, every, 0},
       {"w^[3]_{k1}", "w^[2]_{k1}", "W^{(2)}_{k1}", "W^{(2)}_{k1}"},
       {.row = "k"}},
      {{Kind::delta, 1, 0},
       {"δ^{[3]{i}}_1", "dz^{[2](i)}_1", "δ^{(2)(i)}_1", "δ^{(3)(i)}_1"},
       {.sample = "i"}},
      {{Kind::y, 2}, {"y^{{i}}", "y^{(i)}", "y^{(i)}", "y^{(i)}"}, {.sample = "i"}},
      {{Kind::loss},
       {"C_{x{i}}", "L^{(i)}", "J_{x(i)}", "J(W, b; x^{(i)}, y^{(i)})"},
       {.sample = "i"}},
  });
}

TEST(Notation, WritesABatchAsItsTextDoes) {
  const Letters batch{.batch = true};
  expect_names({
      {{Kind::z, 0}, {"z^[2]", "Z^[1]", "z^{(1)}", "z^{(2)}"}, batch},
      {{Kind::a, 0}, {"a^[2]", "A^[1]", "a^{(1)}", "a^{(2)}"}, batch},
      {{Kind::delta, 0}, {"δ^[2]", "dZ^[1]", "δ^{(1)}", "δ^{(2)}"}, batch},
      {{Kind::pulled, 0},
       {"∂C_x/∂a^[2]", "dA^[1]", "∂J_x/∂a^{(1)}", "∂J(W, b; x, y)/∂a^{(2)}"},
       batch},
      {{Kind::residual, 2}, {"a^[4] − y", "A^[3] − Y", "a^{(3)} − y", "a^{(4)} − y"}, batch},
      {{Kind::z, 0, 1}, {"z^[2]_2", "z^[1]_2", "z^{(1)}_2", "z^{(2)}_2"}, batch},
  });
}

TEST(Notation, SetsIndicesOfTwoDigitsApart) {
  const Notation& notation = notations().front();
  EXPECT_EQ(label_of({Kind::W, 0, 8, 8}, notation), "w^[2]_{99}");
  EXPECT_EQ(label_of({Kind::W, 0, 9, 1}, notation), "w^[2]_{10,2}");
  EXPECT_EQ(label_of({Kind::W, 0, 0, 9}, notation), "w^[2]_{1,10}");
  EXPECT_EQ(label_of({Kind::z, 0, 9}, notation), "z^[2]_{10}");
}

TEST(Notation, NamesARowAndAColumnOfWeights) {
  const Notation& notation = notations().front();
  EXPECT_EQ(label_of({Kind::W, 0, 1, every}, notation), "W^[2]_{2,:}");
  EXPECT_EQ(label_of({Kind::W, 0, every, 1}, notation), "W^[2]_{:,2}");
}

TEST(Notation, WritesSamplesActivationsAndProducts) {
  const std::array<const char*, 4> third{"x^{{3}}", "x^{(3)}", "x^{(3)}", "x^{(3)}"};
  const std::array<const char*, 4> activation{"σ", "g", "g", "f"};
  const std::array<const char*, 4> slope{"σ′", "g′", "g′", "f′"};
  const std::array<const char*, 4> product{" ∘ ", " * ", " ⊙ ", " • "};
  for (std::size_t n = 0; n < notations().size(); ++n) {
    const Notation& notation = notations()[n];
    EXPECT_EQ(to_script(sample_name(notation, "x", 3)), third.at(n)) << notation.name;
    EXPECT_EQ(to_script(activation_letter(notation, false)), activation.at(n)) << notation.name;
    EXPECT_EQ(to_script(activation_letter(notation, true)), slope.at(n)) << notation.name;
    EXPECT_EQ(to_script(elementwise_product(notation)), product.at(n)) << notation.name;
  }
}

TEST(Notation, OnlyNgDividesLambdaBySamples) {
  for (const Notation& notation : notations()) {
    EXPECT_EQ(notation.l2_over_samples, notation.name == "ng") << notation.name;
  }
}

TEST(Notation, IsFoundByItsNameAlone) {
  std::set<std::string_view> names;
  for (const Notation& notation : notations()) {
    EXPECT_EQ(find_notation(notation.name), &notation);
    EXPECT_FALSE(notation.label.empty());
    EXPECT_FALSE(notation.source.empty());
    names.insert(notation.name);
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"higham", "ng", "zhujian", "ufldl"}));
  EXPECT_EQ(notations().front().name, "higham");
  EXPECT_EQ(find_notation("Ng"), nullptr);
  EXPECT_EQ(find_notation(""), nullptr);
}

TEST(Notation, MarksANameWithItsQuantity) {
  for (const Notation& notation : notations()) {
    for (int kind = 0; kind <= static_cast<int>(Kind::step); ++kind) {
      const Quantity of{static_cast<Kind>(kind), 1, 0, 1};
      EXPECT_EQ(name_of(of, notation).of, of) << notation.name << ": kind " << kind;
      EXPECT_EQ(label_of(of, notation).empty(), of.kind == Kind::none)
          << notation.name << ": kind " << kind;
    }
  }
}

TEST(Notation, IsFitForLatex) {
  for (const Notation& notation : notations()) {
    for (int kind = 0; kind <= static_cast<int>(Kind::step); ++kind) {
      for (const Index entry : {every, Index{0}}) {
        for (const Letters& letters : {Letters{}, Letters{.sample = "i", .batch = true}}) {
          const Quantity of{static_cast<Kind>(kind), 1, entry, entry};
          const std::string latex = to_latex(name_of(of, notation, letters));
          EXPECT_EQ(test::fault_of_latex_formula(latex), "") << notation.name << ": " << latex;
          EXPECT_EQ(latex.find('?'), std::string::npos) << latex;  // a letter without a command
        }
      }
    }
  }
}

TEST(Notation, SetsAWholeInBoldAndItsEntriesLight) {
  const Notation& higham = notations().front();
  EXPECT_EQ(name_of({Kind::z, 0}, higham).parts[0].face, Face::bold);
  EXPECT_EQ(name_of({Kind::z, 0, 1}, higham).parts[0].face, Face::italic);
  EXPECT_EQ(name_of({Kind::W, 0}, higham).parts[0].face, Face::bold);
  EXPECT_EQ(name_of({Kind::W, 0, 1, 1}, higham).parts[0].face, Face::italic);
  EXPECT_EQ(name_of({Kind::delta, 0}, higham).parts[0].face, Face::bold_italic);
  EXPECT_EQ(name_of({Kind::delta, 0, 1}, higham).parts[0].face, Face::italic);
}

}  // namespace
}  // namespace deltascope::walk
