#pragma once

#include <deltascope/session_file.hpp>

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// Where a verb takes its session from: a file, standard input, or the built-in O/X network.
class Input {
 public:
  /// Declares FILE and --dataset.
  void define(CLI::App& command);
  /// The document, or nothing after saying why on standard error.
  std::optional<Document> open() const;
  /// Like open(), but a session without points is refused as well.
  std::optional<Document> open_with_samples() const;

 private:
  std::string file_;
  std::string dataset_ = "ox";
};

}  // namespace deltascope::cli
