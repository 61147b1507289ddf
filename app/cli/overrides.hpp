#pragma once

#include <deltascope/session_file.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

class Input;

/// How many steps a verb takes: must be said, or 0 unless said.
enum class Steps { required, optional };

/// Flags that stand above what the document says about its training.
class Overrides {
 public:
  /// Declares --steps and the others.
  void define(CLI::App& command, Steps steps);

  std::uint64_t steps() const { return static_cast<std::uint64_t>(steps_); }
  /// Changes the document; false, after one sentence for each problem on standard error, when it
  /// then is no valid one.
  bool apply(Document& document) const;

 private:
  void change(Settings& settings) const;
  /// Why a flag would change nothing; empty when each does.
  std::string idle_flag(const Settings& settings) const;

  std::int64_t steps_ = 0;  // signed: an unsigned option would take −1 for 2⁶⁴ − 1
  std::string optimizer_, sampling_, batch_, mistake_, arithmetic_;
  std::optional<double> learning_rate_, damping_;
  std::optional<std::int64_t> seed_;
};

/// The session to work with: from `input`, with points, under `overrides`. Nothing after saying why
/// on standard error. A deliberate mistake in it is named there, too.
std::optional<Document> open_session(const Input& input, const Overrides& overrides);

}  // namespace deltascope::cli
