#include "console.hpp"
#include "held_signals.hpp"
#include "input.hpp"
#include "verbs.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace deltascope::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  Input input;
  std::filesystem::path out;
};

/// A document with a recording and the weights that it must give.
std::optional<Document> open_recorded(const Input& input) {
  std::optional<Document> document = input.open();
  if (!document) return std::nullopt;
  if (document->recording == nullptr) {
    fail("recording: is missing; deltascope-cli train --out writes documents that have one");
  } else if (document->parameters.empty()) {
    fail("W: is missing; a replay is compared with W and b");
  } else {
    return document;
  }
  return std::nullopt;
}

/// How many numbers differ in a bit (−0 is not 0 here).
std::size_t differing_numbers(std::span<const double> one, std::span<const double> other) {
  if (one.size() != other.size()) return std::max(one.size(), other.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (std::bit_cast<std::uint64_t>(one[i]) != std::bit_cast<std::uint64_t>(other[i])) ++count;
  }
  return count;
}

std::string result_json(const Document& document, Session& session, std::size_t differing,
                        double seconds) {
  const Evaluation evaluation = session.evaluate(false);
  const nlohmann::ordered_json result{
      {"steps", session.state().step},
      {"commands", document.recording->log.size()},
      {"same_bits", differing == 0},
      {"differing_numbers", differing},
      {"cost", evaluation.cost()},
      {"accuracy", evaluation.accuracy()},
      {"seconds", seconds},
  };
  return result.dump(2) + "\n";
}

/// Asked between steps: shows the bar, and ends the work once somebody has pressed Ctrl-C.
class Supervision {
 public:
  explicit Supervision(std::uint64_t total_steps) : progress_(total_steps) {}

  bool operator()(const Session& session) {
    constexpr auto look_every = std::chrono::milliseconds(50);
    const auto now = Clock::now();
    if (now < next_look_) return true;
    next_look_ = now + look_every;
    progress_.show(session.state().step, session.recorded_evaluation().cost());
    stopped_at_ = session.state().step;
    interrupted_ = signals_.take();
    return !interrupted_;
  }
  bool interrupted() const { return interrupted_; }
  std::uint64_t stopped_at() const { return stopped_at_; }

 private:
  HeldSignals signals_;
  Progress progress_;
  Clock::time_point next_look_{};
  std::uint64_t stopped_at_ = 0;
  bool interrupted_ = false;
};

int replay(const Options& options) {
  if (!options.input.names_document()) return fail("name a FILE or a --preset to replay");
  const std::optional<Document> document = open_recorded(options.input);
  Problems problems;
  if (!document) return bad_input;
  if (!options.out.empty() && !can_write(options.out, problems)) return fail(problems);

  const auto start = Clock::now();
  std::optional<Session> session;
  {
    Supervision supervision(document->recording->steps);
    session = deltascope::replay(*document->recording, problems, std::ref(supervision));
    if (supervision.interrupted()) {
      return fail(fmt::format("interrupted after step {}", supervision.stopped_at()), interrupted);
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (!session) return fail(problems);

  const std::size_t differing =
      differing_numbers(session->state().parameters, document->parameters);
  if (!options.out.empty()) {
    const HeldSignals until_it_is_whole;
    Document again = make_document(*session);
    keep_texts(*document, again);
    again.answers = document->answers;
    save_document(again, options.out, problems);
  }
  const bool printed = print(result_json(*document, *session, differing, seconds));
  if (!problems.empty()) return fail(problems);
  if (!printed) return bad_input;
  if (differing == 0) return success;
  return fail(fmt::format("{} of {} numbers of W and b differ from the document's", differing,
                          document->parameters.size()),
              failed);
}

}  // namespace

std::function<int()> define_replay(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define_document(command);
  command.add_option("--out", options->out, "Save the session that came out here")
      ->option_text("FILE");
  return [options] { return replay(*options); };
}

}  // namespace deltascope::cli
