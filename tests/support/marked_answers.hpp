#pragma once
// Answers of learners with the marks that they deserve (tests/data/marked_answers.json).

#include <deltascope/session_file.hpp>

#include <string>
#include <vector>

namespace deltascope::test {

struct MarkedLearner {
  std::string name;
  Document document;               ///< with the exercise and the attempts
  std::vector<std::string> marks;  ///< of the attempts, in their order
};
std::vector<MarkedLearner> marked_learners();

}  // namespace deltascope::test
