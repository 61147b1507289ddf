#pragma once

#include <deltascope/session_file.hpp>

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// Where a verb takes its session from: a file, standard input, a preset, or the built-in O/X
/// network.
class Input {
 public:
  /// Declares FILE and --preset.
  void define_document(CLI::App& command);
  /// Declares, besides these, --dataset and --variant.
  void define(CLI::App& command);

  /// "testnet", "session"; "exercise" for standard input and the built-in network.
  std::string name() const;
  bool names_document() const { return !file_.empty() || !preset_.empty(); }
  /// The document, or nothing after saying why on standard error.
  std::optional<Document> open() const;
  /// Like open(), but a session without points is refused as well.
  std::optional<Document> open_with_samples() const;

 private:
  std::optional<Document> open_whole() const;

  std::string file_, preset_, variant_;
  std::string dataset_ = "ox";
};

/// Gives the document of a run what `from`, which it began with, says besides: title, text, view,
/// variants, exercise and questions. Answers are of the run in which they were given.
void keep_texts(const Document& from, Document& to);

}  // namespace deltascope::cli
