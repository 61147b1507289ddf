#pragma once

#include <deltascope/walk/phase.hpp>

#include <string>
#include <utility>
#include <vector>

namespace deltascope::walk {

/// A stage as it is printed.
struct Passage {
  std::string about;  ///< script text
  Formula rule;
  Formula numbers;  ///< nothing if one of its matrices is too large to print
  std::vector<Worked> examples;
  std::vector<std::string> left_out;  ///< a sentence for each thing that is not printed
};

struct Section {
  std::string title;  ///< script text, as all texts here
  std::string about;
  Formula rule;  ///< nothing where the only passage says the same
  std::vector<Passage> passages;
};

/// A whole step as it is told, before it becomes Markdown or LaTeX.
struct Report {
  std::string title;
  std::vector<std::pair<std::string, std::string>> facts;  ///< "Network", "2-2-3-2, sigmoid"
  std::vector<Section> sections;
};

/// Leaves out what nobody reads on paper: matrices of more than 30 rows or columns, examples of
/// more than 100 numbers, and more than 50 examples of a stage.
Report make_report(const Step& step, const Options& options);

}  // namespace deltascope::walk
