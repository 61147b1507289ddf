#pragma once

#include <string>
#include <vector>

namespace deltascope {

/// One thing wrong with what a person gave us: where it stands and what to do about it.
struct Problem {
  std::string where;    ///< "W[0][1]", "training.learning_rate", "run.json:12:5"
  std::string message;  ///< "must be a finite number"
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

using Problems = std::vector<Problem>;

}  // namespace deltascope
