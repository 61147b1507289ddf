#include "support/lm_oracle.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace deltascope::test {
namespace {

using Json = nlohmann::json;

std::shared_ptr<const Dataset> data_from(const Json& json) {
  auto data = std::make_shared<Dataset>();
  const auto samples = static_cast<Index>(json.at("X").size());
  for (auto [matrix, name] : {std::pair{&data->X, "X"}, std::pair{&data->Y, "Y"}}) {
    matrix->resize(static_cast<Index>(json.at(name).front().size()), samples);
    Index column = 0;
    for (const Json& row : json.at(name)) {
      for (Index i = 0; i < matrix->rows(); ++i)
        (*matrix)(i, column) = row.at(static_cast<std::size_t>(i));
      ++column;
    }
  }
  return data;
}

LmStep step_from(const Json& json) {
  LmStep step{json.at("mu"),          json.at("dp"),         json.at("p1"),
              json.at("sumsq_after"), json.at("cost_after"), json.at("predicted_sumsq_decrease")};
  if (!json.at("gain_ratio").is_null()) step.gain_ratio = json.at("gain_ratio");
  step.accepted = json.at("accepted");
  return step;
}

LmCase case_from(const Json& json) {
  LmCase one;
  one.id = json.at("id");
  const std::vector<Index> sizes = json.at("sizes");
  const Activation* activation = find_activation(json.at("activation").get<std::string>());
  Settings settings = ox_settings();
  settings.model.architecture =
      Architecture(sizes, std::vector<const Activation*>(sizes.size() - 1, activation));
  settings.optimizer = find_optimizer("levenberg_marquardt");
  one.document.settings = std::make_shared<const Settings>(std::move(settings));
  one.document.data = data_from(json);
  one.document.parameters = json.at("p0").get<std::vector<double>>();
  one.F = json.at("F").get<std::vector<double>>();
  one.r = json.at("r").get<std::vector<double>>();
  one.JTr = json.at("JTr").get<std::vector<double>>();
  one.J = json.at("J").get<std::vector<std::vector<double>>>();
  one.sum_of_squares = json.at("sumsq");
  one.cost = json.at("cost");
  for (const Json& step : json.at("steps"))
    one.steps.push_back(step_from(step));
  return one;
}

LmTrajectory trajectory_from(const Json& json, const std::string& case_id) {
  LmTrajectory trajectory{case_id, {}, {}};
  for (const Json& t : json.at("iterations"))
    trajectory.trials.push_back({t.at("mu"), t.at("cost"), t.at("trial_cost"), t.at("accepted")});
  for (const Json& p : json.at("params"))
    trajectory.parameters.push_back({p.at("after_iteration"), p.at("p")});
  return trajectory;
}

}  // namespace

const LmCase& LmOracle::find(const std::string& id) const {
  const auto found = std::ranges::find(cases, id, &LmCase::id);
  if (found == cases.end()) throw std::out_of_range("no case " + id);
  return *found;
}

LmOracle lm_oracle() {
  std::ifstream in(std::string(DELTASCOPE_TEST_DATA) + "/lm_oracle.json");
  const Json json = Json::parse(in);
  LmOracle oracle;
  oracle.rtol = json.at("tolerance").at("rtol");
  oracle.atol = json.at("tolerance").at("atol");
  for (const Json& one : json.at("cases"))
    oracle.cases.push_back(case_from(one));
  oracle.trajectories = {trajectory_from(json.at("trajectory_paper"), "paper_rng5000"),
                         trajectory_from(json.at("trajectory_randn_1"), "randn_1")};
  return oracle;
}

}  // namespace deltascope::test
