#include "support/oracle.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

namespace deltascope::test {
namespace {

using Json = nlohmann::json;

// As the oracle's own "tolerance" says: rounding errors of another order of summation, no more.
constexpr double atol = 1e-10, rtol = 1e-8;

Json read(const std::string& name) {
  std::ifstream in(std::string(DELTASCOPE_TEST_DATA "/") + name);
  return Json::parse(in);
}

OracleTrace trace_from(const Json& json) {
  OracleTrace trace;
  trace.z = json.at("z").get<Layers>();
  trace.a = json.at("a").get<Layers>();
  trace.delta = json.at("delta").get<Layers>();
  trace.dW = json.at("dW").get<Layers>();
  // Without L2 the two are the same, and the oracle leaves one out.
  trace.dW_data = json.at(json.contains("dW_data") ? "dW_data" : "dW").get<Layers>();
  trace.db = json.at("db").get<Rows>();
  trace.loss_per_sample = json.at("loss_per_sample").get<Row>();
  trace.cost = json.at("cost");
  trace.data_cost = json.at("data_cost");
  trace.l2_cost = json.at("l2_cost");
  return trace;
}

OracleParameters parameters_from(const Json& json) {
  return {json.at("W"), json.at("b"), json.at("cost")};
}

OracleCase case_from(const Json& json) {
  OracleCase oracle;
  oracle.id = json.at("id");
  oracle.sizes = json.at("sizes").get<std::vector<Index>>();
  oracle.activations = json.at("activations").get<std::vector<std::string>>();
  oracle.loss = json.at("loss");
  oracle.l2 = json.at("l2");
  oracle.W = json.at("W").get<Layers>();
  oracle.b = json.at("b").get<Rows>();
  oracle.X = json.at("X").get<Rows>();
  oracle.Y = json.at("Y").get<Rows>();
  oracle.batches = json.value("batches", BatchList());
  oracle.nonsmooth = json.value("nonsmooth", false);
  oracle.symmetric_hidden = json.value("symmetric_hidden", std::vector<std::size_t>());
  const Json& expect = json.at("expect");
  oracle.expect = trace_from(expect);
  const double lr = json.at("lr"), adam_lr = json.at("adam_lr");
  const auto batches = static_cast<int>(oracle.batches.size());
  for (const OracleRun& run : {OracleRun{"gd_1", "gradient_descent", lr, 1, false, {}},
                               OracleRun{"gd_10", "gradient_descent", lr, 10, false, {}},
                               OracleRun{"momentum_10", "momentum", lr, 10, false, {}},
                               OracleRun{"adam_10", "adam", adam_lr, 10, false, {}},
                               OracleRun{"minibatch", "gradient_descent", lr, batches, true, {}}}) {
    if (!expect.contains(run.name)) continue;
    oracle.runs.push_back(run);
    oracle.runs.back().expect = parameters_from(expect.at(run.name));
  }
  return oracle;
}

template <class Part>
void expect_close_each(const std::vector<Part>& got, const std::vector<Part>& expected,
                       const std::string& where) {
  ASSERT_EQ(got.size(), expected.size()) << where;
  for (std::size_t i = 0; i < got.size(); ++i)
    expect_close(got[i], expected[i], where + "[" + std::to_string(i) + "]");
}

}  // namespace

Rows rows_of(const Matrix& samples) {
  Rows rows;
  for (Index i = 0; i < samples.cols(); ++i) {
    const double* column = &samples.view()(0, i);
    rows.emplace_back(column, column + samples.rows());
  }
  return rows;
}

std::vector<OracleCase> oracle_cases() {
  std::vector<OracleCase> cases;
  const Json file = read("cases.json");
  for (const Json& json : file.at("cases"))
    cases.push_back(case_from(json));
  return cases;
}

std::vector<PaperRun> paper_runs() {
  std::vector<PaperRun> runs;
  const Json file = read("paper_trace.json");
  for (const Json& json : file.at("runs")) {
    PaperRun& run = runs.emplace_back();
    run.data = json.at("data");
    run.X = json.at("X").get<Rows>();
    run.Y = json.at("Y").get<Rows>();
    run.outputs_at_data = json.at("outputs_at_data").get<Rows>();
    run.p0 = json.at("p0").get<Row>();
    run.first_indices = json.at("first_200_indices_0based").get<std::vector<std::uint32_t>>();
    run.index_counts = json.at("index_counts_1e6").get<std::vector<int>>();
    for (const Json& c : json.at("checkpoints")) {
      run.checkpoints.push_back({c.at("iteration"), c.at("scaled_cost"), c.at("cost"),
                                 c.at("correct"), c.value("p", Row())});
    }
    const Json& grid = json.at("grid_501");
    run.grid = {grid.at("shaded_count"), grid.at("shaded_fraction"), grid.at("leftmost_unshaded_x"),
                grid.at("bottom_edge_crossings").get<Row>(),
                grid.at("right_edge_crossings").get<Row>()};
  }
  return runs;
}

Traps oracle_traps() {
  const Json json = read("traps.json");
  Traps traps;
  for (const Json& s : json.at("scalar")) {
    traps.scalar.push_back({s.at("z"), s.at("sigmoid"), s.at("sigmoid_prime"), s.at("bce_y1"),
                            s.at("bce_y0"), s.at("dz_y1"), s.at("dz_y0"), s.at("tanh"),
                            s.at("tanh_prime")});
  }
  for (const Json& s : json.at("softmax")) {
    traps.softmax.push_back({s.at("logits"), s.at("softmax"), s.at("log_softmax"), s.at("ce")});
  }
  const Json& divergence = json.at("divergence");
  for (const Json& s : divergence.at("first_steps")) {
    traps.divergence.first_steps.push_back({s.at("step"), s.at("w"), s.at("b"), s.at("cost")});
  }
  traps.divergence.first_step_with_nonfinite_cost = divergence.at("first_step_with_nonfinite_cost");
  traps.divergence.first_step_with_nan_parameter = divergence.at("first_step_with_nan_parameter");
  for (const Json& s : json.at("first_adam_step"))
    traps.first_adam_step.push_back({s.at("g"), s.at("lr"), s.at("delta")});
  const Json& kinks = json.at("zero_kinks");
  traps.zero_kinks = {kinks.at("relu_at_0"), kinks.at("relu_prime_at_0"),
                      kinks.at("relu_prime_at_minus0"), kinks.at("leaky_relu_prime_at_0")};
  return traps;
}

std::string document_text(const OracleCase& oracle, const OracleRun* run) {
  Json json = {{"deltascope", 1},     {"sizes", oracle.sizes}, {"activations", oracle.activations},
               {"loss", oracle.loss}, {"l2", oracle.l2},       {"W", oracle.W},
               {"b", oracle.b},       {"X", oracle.X},         {"Y", oracle.Y}};
  if (run != nullptr) {
    Json& training = json["training"];
    training = {{"optimizer", run->optimizer}, {"learning_rate", run->learning_rate}};
    if (run->listed) {
      training["sampling"] = "listed";
      training["batches"] = oracle.batches;
    }
  }
  return json.dump();
}

Document open_document(const std::string& text) {
  Problems problems;
  std::optional<Document> document = parse_document(text, problems);
  for (const Problem& problem : problems)
    ADD_FAILURE() << problem.text();
  return document.value();
}

OracleTrace parse_trace(const std::string& json) {
  return trace_from(Json::parse(json));
}

Summary parse_summary(const std::string& text) {
  const Json json = Json::parse(text);
  return {parameters_from(json),       json.at("steps"),
          json.at("accuracy"),         json.at("seconds"),
          json.at("steps_per_second"), json.value("note", "")};
}

Layers weights_of(const Architecture& net, std::span<const double> block) {
  Layers layers;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const ConstWeightView W = net.W(block, layer);
    Rows& rows = layers.emplace_back();
    for (Index to = 0; to < W.rows; ++to)
      rows.emplace_back(W.data + to * W.cols, W.data + (to + 1) * W.cols);
  }
  return layers;
}

Rows biases_of(const Architecture& net, std::span<const double> block) {
  Rows rows;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const auto b = net.b(block, layer);
    rows.emplace_back(b.begin(), b.end());
  }
  return rows;
}

OracleTrace to_oracle(const StepTrace& trace, const Architecture& net) {
  OracleTrace result;
  for (const Matrix& z : trace.z)
    result.z.push_back(rows_of(z));
  for (const Matrix& a : trace.a)
    result.a.push_back(rows_of(a));
  for (const Matrix& delta : trace.delta)
    result.delta.push_back(rows_of(delta));
  result.dW = weights_of(net, trace.gradient);
  result.dW_data = weights_of(net, trace.gradient_data);
  result.db = biases_of(net, trace.gradient);
  result.loss_per_sample = trace.loss_per_sample;
  result.cost = trace.cost();
  result.data_cost = trace.data_cost;
  result.l2_cost = trace.l2_cost;
  return result;
}

void expect_close(double got, double expected, const std::string& where) {
  EXPECT_TRUE(std::isfinite(got) && std::abs(got - expected) <= atol + rtol * std::abs(expected))
      << where << ": got " << got << ", expected " << expected << ", difference " << got - expected;
}
void expect_close(const Row& got, const Row& expected, const std::string& where) {
  expect_close_each(got, expected, where);
}
void expect_close(const Rows& got, const Rows& expected, const std::string& where) {
  expect_close_each(got, expected, where);
}
void expect_close(const Layers& got, const Layers& expected, const std::string& where) {
  expect_close_each(got, expected, where);
}

void expect_close(const OracleTrace& got, const OracleTrace& expected, const std::string& where) {
  expect_close(got.z, expected.z, where + " z");
  expect_close(got.a, expected.a, where + " a");
  expect_close(got.delta, expected.delta, where + " delta");
  expect_close(got.dW, expected.dW, where + " dW");
  expect_close(got.dW_data, expected.dW_data, where + " dW_data");
  expect_close(got.db, expected.db, where + " db");
  expect_close(got.loss_per_sample, expected.loss_per_sample, where + " loss_per_sample");
  expect_close(got.data_cost, expected.data_cost, where + " data_cost");
  expect_close(got.l2_cost, expected.l2_cost, where + " l2_cost");
  expect_close(got.cost, expected.cost, where + " cost");
}

void expect_close(const OracleParameters& got, const OracleParameters& expected,
                  const std::string& where) {
  expect_close(got.W, expected.W, where + " W");
  expect_close(got.b, expected.b, where + " b");
  expect_close(got.cost, expected.cost, where + " cost");
}

void expect_symmetry(const Layers& W, const OracleCase& oracle, const std::string& where) {
  for (const std::size_t layer : oracle.symmetric_hidden) {
    for (std::size_t to = 1; to < W[layer].size(); ++to) {
      EXPECT_EQ(W[layer][to], W[layer][0]) << where << " W[" << layer << "][" << to << "]";
    }
  }
}

}  // namespace deltascope::test
