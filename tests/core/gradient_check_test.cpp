// One finite-difference test for every row of the tables, and mistakes that it must catch.
#include <deltascope/gradient_check.hpp>
#include <deltascope/initializer.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace deltascope {
namespace {

struct Fitting {
  Model model;
  std::vector<double> parameters;
  Dataset data;
};

/// `depth` hidden layers of `hidden`, then `output`; random weights, inputs and targets. Normal
/// weights put no z near a kink except by accident.
Fitting make_problem(const Activation& hidden, const Activation& output, const Loss& loss,
                     int depth, double l2) {
  Fitting problem;
  std::vector<Index> sizes{3};
  std::vector<const Activation*> rows;
  for (int layer = 0; layer < depth; ++layer) {
    sizes.push_back(4);
    rows.push_back(&hidden);
  }
  sizes.push_back(3);
  rows.push_back(&output);
  problem.model.architecture = Architecture(sizes, rows);
  problem.model.loss = &loss;
  problem.model.l2 = l2;
  problem.parameters.resize(static_cast<std::size_t>(problem.model.architecture.parameters()));
  RandomStream random(17);
  for (double& p : problem.parameters)
    p = 0.8 * random.normal();
  problem.data.X.resize(3, 7);
  problem.data.Y.resize(3, 7);
  for (double& x : problem.data.X.values())
    x = random.normal();
  for (double& y : problem.data.Y.values())
    y = random.uniform();  // not one-hot: Σy ≠ 1 must be right, too
  return problem;
}

GradientCheckReport check(const Fitting& problem, Batch batch = {}) {
  std::vector<double> gradient(problem.parameters.size());
  Backprop().gradient(problem.model, problem.parameters, problem.data, batch, gradient);
  return check_gradient(problem.model, problem.parameters, problem.data, batch, gradient);
}

/// Every legal row: hidden activation × output activation × loss × number of hidden layers.
template <class Visit>
void for_every_row(Visit visit) {
  for (const Loss& loss : losses()) {
    for (const Activation& output : activations()) {
      if (!loss.admits(output)) continue;
      for (const Activation& hidden : activations()) {
        if (hidden.output_only) continue;
        for (int depth = 0; depth <= 3; ++depth) {
          if (depth == 0 && &hidden != &activations().front()) continue;  // no hidden layer
          const std::string name = std::string(hidden.name) + "^" + std::to_string(depth) + " " +
                                   std::string(output.name) + " " + std::string(loss.name);
          visit(name, hidden, output, loss, depth);
        }
      }
    }
  }
}

TEST(GradientCheck, AgreesForEveryActivationLossAndDepth) {
  int rows = 0;
  for_every_row([&](const std::string& name, const Activation& hidden, const Activation& output,
                    const Loss& loss, int depth) {
    for (const double l2 : {0.0, 0.3}) {
      const GradientCheckReport report = check(make_problem(hidden, output, loss, depth, l2));
      EXPECT_TRUE(report.passed()) << name << ", l2 = " << l2 << ": " << report.worst_error;
      // A check that sets everything aside as a kink would pass whatever the gradient is.
      EXPECT_EQ(report.kinks, 0) << name;
      EXPECT_GT(report.worst_error, 0.0) << name;
      ++rows;
    }
  });
  EXPECT_EQ(rows, 2 * 7 * (1 + 5 * 3));
}

TEST(GradientCheck, AgreesForAListedBatchWithRepeats) {
  const std::vector<std::uint32_t> samples{5, 1, 1, 6};
  const Fitting problem = make_problem(*find_activation("tanh"), *find_activation("sigmoid"),
                                       *find_loss("bce"), 2, 0.1);
  EXPECT_TRUE(check(problem, {false, samples}).passed());
}

TEST(GradientCheck, HoldsForLargeInputs) {
  Fitting problem = make_problem(*find_activation("tanh"), *find_activation("softmax"),
                                 *find_loss("softmax_ce"), 2, 0.0);
  for (double& x : problem.data.X.values())
    x *= 1000.0;
  for (std::size_t i = 0; i < 12; ++i)
    problem.parameters[i] /= 1000.0;  // W of the first layer: z stays where tanh is curved
  EXPECT_TRUE(check(problem).passed()) << check(problem).worst_error;
}

TEST(GradientCheck, SetsParametersAtAKinkAside) {
  Fitting problem = make_problem(*find_activation("relu"), *find_activation("linear"),
                                 *find_loss("quadratic"), 1, 0.0);
  const Architecture& net = problem.model.architecture;
  for (Index from = 0; from < net.fan_in(0); ++from)
    net.W(std::span<double>(problem.parameters), 0)(0, from) = 0.0;
  net.b(std::span<double>(problem.parameters), 0)[0] = 0.0;  // z of neuron 0 is exactly 0
  const GradientCheckReport report = check(problem);
  EXPECT_EQ(report.kinks, 4);  // its three weights and its bias
  EXPECT_TRUE(report.passed()) << report.worst_error;
  for (const GradientCheckEntry& entry : report.entries) {
    EXPECT_EQ(entry.kink, entry.parameter < 3 || entry.parameter == 12) << entry.parameter;
  }
}

TEST(GradientCheck, LeavesNaNNoWayToPass) {
  const Fitting problem = make_problem(*find_activation("tanh"), *find_activation("linear"),
                                       *find_loss("quadratic"), 1, 0.0);
  std::vector<double> gradient(problem.parameters.size(), std::nan(""));
  EXPECT_FALSE(
      check_gradient(problem.model, problem.parameters, problem.data, {}, gradient).passed());
}

TEST(GradientCheck, DoesNotForgetOneNaN) {
  const Fitting problem = make_problem(*find_activation("tanh"), *find_activation("linear"),
                                       *find_loss("quadratic"), 1, 0.0);
  std::vector<double> gradient(problem.parameters.size());
  Backprop().gradient(problem.model, problem.parameters, problem.data, {}, gradient);
  gradient[1] = std::nan("");
  EXPECT_FALSE(
      check_gradient(problem.model, problem.parameters, problem.data, {}, gradient).passed());
}

// Deliberate mistakes. Each replaces one operation of the textbook by a plausible wrong one.

void scale(View<double, Order::column_major> matrix, double factor) {
  for (Index i = 0; i < matrix.size(); ++i)
    matrix.data[i] *= factor;
}

struct Mistake {
  const char* name;
  void (*make)(Operations&);
};

const Mistake mistakes[] = {
    {"output delta with the wrong sign",
     [](Operations& o) {
       o.output_delta = [](const Loss& loss, const Activation& output, ConstMatrixView z,
                           ConstMatrixView a, ConstMatrixView y, MatrixView delta) {
         textbook_operations().output_delta(loss, output, z, a, y, delta);
         scale(delta, -1.0);
       };
     }},
    {"output delta with a factor 2",
     [](Operations& o) {
       o.output_delta = [](const Loss& loss, const Activation& output, ConstMatrixView z,
                           ConstMatrixView a, ConstMatrixView y, MatrixView delta) {
         textbook_operations().output_delta(loss, output, z, a, y, delta);
         scale(delta, 2.0);
       };
     }},
    {"output delta without g'",
     [](Operations& o) {
       o.output_delta = [](const Loss&, const Activation&, ConstMatrixView, ConstMatrixView a,
                           ConstMatrixView y, MatrixView delta) {
         for (Index i = 0; i < a.size(); ++i)
           delta.data[i] = a.data[i] - y.data[i];
       };
     }},
    {"delta pulled back without W",
     [](Operations& o) {
       o.pull_back = [](ConstWeightView, ConstMatrixView delta, MatrixView dA) {
         for (Index i = 0; i < dA.cols; ++i) {
           double sum = 0.0;
           for (Index j = 0; j < delta.rows; ++j)
             sum += delta(j, i);
           for (Index j = 0; j < dA.rows; ++j)
             dA(j, i) = sum;
         }
       };
     }},
    {"hidden delta without g'",
     [](Operations& o) {
       o.through_activation = [](const Activation&, ConstMatrixView, ConstMatrixView,
                                 ConstMatrixView dA,
                                 MatrixView delta) { std::copy_n(dA.data, dA.size(), delta.data); };
     }},
    {"g' of z where g' of a belongs",
     [](Operations& o) {
       o.through_activation = [](const Activation& g, ConstMatrixView z, ConstMatrixView,
                                 ConstMatrixView dA,
                                 MatrixView delta) { g.backward(z, z, dA, delta); };
     }},
    {"dW from half of the samples",
     [](Operations& o) {
       o.accumulate = [](ConstMatrixView delta, ConstMatrixView a_prev, WeightView dW,
                         std::span<double> db) {
         const Index half = delta.cols / 2;
         textbook_operations().accumulate(delta.columns(0, half), a_prev.columns(0, half), dW, db);
       };
     }},
    {"db forgotten",
     [](Operations& o) {
       o.accumulate = [](ConstMatrixView delta, ConstMatrixView a_prev, WeightView dW,
                         std::span<double> db) {
         std::vector<double> lost(db.size());
         textbook_operations().accumulate(delta, a_prev, dW, lost);
       };
     }},
    {"sum instead of mean", [](Operations& o) { o.average = [](std::span<double>, Index) {}; }},
    {"1/N twice",
     [](Operations& o) {
       o.average = [](std::span<double> gradient, Index size) {
         textbook_operations().average(gradient, size);
         textbook_operations().average(gradient, size);
       };
     }},
    {"no weight decay in the gradient",
     [](Operations& o) {
       o.regularize = [](ConstWeightView, std::span<const double>, double, WeightView,
                         std::span<double>) {};
     }},
    {"weight decay on biases",
     [](Operations& o) {
       o.regularize = [](ConstWeightView W, std::span<const double> b, double l2, WeightView dW,
                         std::span<double> db) {
         textbook_operations().regularize(W, b, l2, dW, db);
         for (double& value : db)
           value += l2;
       };
     }},
};

TEST(GradientCheck, CatchesEveryWrongOperation) {
  for (const Mistake& mistake : mistakes) {
    Fitting problem = make_problem(*find_activation("tanh"), *find_activation("sigmoid"),
                                   *find_loss("quadratic"), 2, 0.3);
    ASSERT_TRUE(check(problem).passed());
    Operations operations = textbook_operations();
    mistake.make(operations);
    problem.model.operations = &operations;
    const GradientCheckReport report = check(problem);
    EXPECT_FALSE(report.passed()) << mistake.name << ": " << report.worst_error;
    EXPECT_GT(report.worst_error, 1e-3) << mistake.name << " must not be a close call";
  }
}

// Slopes that are wrong by what people get wrong; each stands in for the right row.
struct WrongSlope {
  const char* activation;
  double (*slope)(double z, double a);
};

const WrongSlope wrong_slopes[] = {
    {"sigmoid", [](double, double a) { return a * (1.0 + a); }},
    {"sigmoid", [](double z, double) { return z * (1.0 - z); }},
    {"tanh", [](double, double a) { return 1.0 - a; }},
    {"tanh", [](double, double a) { return 1.0 - a * a + 1e-4; }},
    {"relu", [](double, double) { return 1.0; }},
    {"leaky_relu", [](double z, double) { return z > 0 ? 1.0 : 0.0; }},
    {"linear", [](double z, double) { return z; }},
};

// A row's `backward` is a plain function, so a wrong slope needs one of its own.
template <std::size_t index>
void wrong_backward(ConstMatrixView z, ConstMatrixView a, ConstMatrixView dA, MatrixView dZ) {
  for (Index i = 0; i < z.size(); ++i)
    dZ.data[i] = dA.data[i] * wrong_slopes[index].slope(z.data[i], a.data[i]);
}

template <std::size_t... index>
void check_wrong_slopes(std::index_sequence<index...>) {
  const auto check_one = [](const WrongSlope& wrong, auto backward) {
    Activation row = *find_activation(wrong.activation);
    row.slope = wrong.slope;
    row.curve = kernels::Curve::none;  // kernels know the right one
    row.backward = backward;
    row.curve = kernels::Curve::none;  // kernels know the right row alone
    for (const bool in_output : {false, true}) {
      const Activation& right = *find_activation("tanh");
      const Fitting problem = make_problem(in_output ? right : row, in_output ? row : right,
                                           *find_loss("quadratic"), 2, 0.0);
      EXPECT_FALSE(check(problem).passed())
          << wrong.activation << (in_output ? " in the output" : " in a hidden layer");
    }
  };
  (check_one(wrong_slopes[index], wrong_backward<index>), ...);
}

TEST(GradientCheck, CatchesEveryWrongSlope) {
  check_wrong_slopes(std::make_index_sequence<std::size(wrong_slopes)>());
}

TEST(GradientCheck, DoesNotJudgeTheUpdate) {
  Fitting problem = make_problem(*find_activation("tanh"), *find_activation("sigmoid"),
                                 *find_loss("quadratic"), 2, 0.3);
  Operations operations = textbook_operations();
  operations.apply_update = [](const Architecture&, std::span<const double> update,
                               std::span<double> parameters) {
    for (std::size_t i = 0; i < update.size(); ++i)
      parameters[i] -= update[i];
  };
  problem.model.operations = &operations;
  EXPECT_TRUE(check(problem).passed());
}

}  // namespace
}  // namespace deltascope
