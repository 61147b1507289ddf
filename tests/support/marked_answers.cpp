#include "support/marked_answers.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace deltascope::test {

std::vector<MarkedLearner> marked_learners() {
  using Json = nlohmann::json;
  std::ifstream in(std::filesystem::path(DELTASCOPE_TEST_DATA) / "marked_answers.json");
  const Json file = Json::parse(in);
  std::vector<MarkedLearner> learners;
  for (const Json& entry : file.at("learners")) {
    MarkedLearner learner;
    learner.name = entry.at("name");
    Json document = file.at("networks").at(entry.at("network").get<std::string>());
    document["exercise"] = {{"hide", {"z", "a", "delta", "dW", "db"}},
                            {"digits", entry.at("digits")},
                            {"follow_through", entry.at("follow_through")}};
    for (Json answer : entry.at("answers")) {
      learner.marks.push_back(answer.at("mark"));
      answer.erase("mark");
      answer["step"] = 0;
      document["answers"]["attempts"].push_back(answer);
    }
    Problems problems;
    auto read = parse_document(document.dump(), problems);
    if (!read) throw std::runtime_error(learner.name + ": " + problems.front().text());
    learner.document = *std::move(read);
    learners.push_back(std::move(learner));
  }
  return learners;
}

}  // namespace deltascope::test
