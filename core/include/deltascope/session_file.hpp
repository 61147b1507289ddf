#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/exercise.hpp>
#include <deltascope/problem.hpp>
#include <deltascope/session.hpp>
#include <deltascope/settings.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

/// The version this program writes and reads.
inline constexpr int document_version = 1;

/// Inputs that a document may ask for; its layers follow the limits of network_edit.hpp.
inline constexpr Index max_inputs = 1024;

struct Document;

/// How a document asks to be looked at. What is absent is as usual: linear axes, Cost, steps,
/// smooth shading, the cells of δ. So a document looks the same whatever was open before.
///
/// Keys: log_steps, log_cost, paper_scale, hard_shading, delta_history (true or false), against (a
/// run measure's name), notation (a name that whoever shows the document knows or refuses).
struct ViewHints {
  std::optional<bool> log_steps, log_cost;  ///< axes of the cost plot
  std::optional<bool> paper_scale;    ///< Σ‖y−a‖² = 2N·Cost, as in the paper's Figure 6.1
  std::optional<bool> hard_shading;   ///< as in the paper's Figure 6.2
  std::optional<bool> delta_history;  ///< RMS δ over time in place of the cells
  const RunMeasure* against = nullptr;  ///< horizontal axis of the cost plot
  std::optional<std::string> notation;  ///< how quantities are named; absent: as the person likes
  bool operator==(const ViewHints&) const = default;
};

/// The same document with some keys changed ("too large a rate"), to be compared with it: in JSON,
/// a name and a merge patch (RFC 7396) of the document around it.
struct Variant {
  std::string name;
  std::shared_ptr<const Document> document;  ///< complete; without variants or recording
};

/// More than any machine takes; keeps sums of steps within their type.
inline constexpr std::uint64_t max_recorded_steps = 1'000'000'000'000'000;

/// How a document's weights came about: `log`, applied to `start`, and steps up to `steps` give
/// them again, bit for bit. In JSON, `start` is a merge patch of the document around it.
///
/// An entry of the log is {"step": 12, "command": "move_point", …its fields…, "gesture": 7,
/// "diverged": true}, the last two only where they are not 0 and not false.
struct Recording {
  std::shared_ptr<const Document> start;  ///< complete; without variants or recording
  std::vector<LoggedCommand> log;
  std::uint64_t steps = 0;
};

/// The session document (JSON): what a file, a preset or a test case says, checked and complete.
///
/// | key         | meaning                                                        | if absent   |
/// |-------------|----------------------------------------------------------------|-------------|
/// | deltascope  | 1, the version of the format                                   | an error    |
/// | title, about| for people                                                     | empty       |
/// | sizes       | [n_0, …, n_L]                                                  | an error    |
/// | activations | one name per weight layer                                      | an error    |
/// | loss        | a name that fits the last activation                           | an error    |
/// | l2          | λ                                                              | 0           |
/// | W, b        | W[l][to][from], b[l][to]                                       | from init   |
/// | init        | {scheme, scale, seed}: where weights and new seeds come from   | needs W, b  |
/// | X, Y        | one row per sample; [] is an empty plane                       | from dataset|
/// | dataset     | {name, points, noise, seed} in place of X and Y                | needs X, Y  |
/// | training    | {optimizer, learning_rate, batch (a number or "all"), sampling, | gradient descent, |
/// |             | seed, momentum, beta1, beta2, epsilon, damping, solve,          | 0.05, all, in order,|
/// |             | batches (for "listed"), mistake (a name, or "none"),            | our own stream,     |
/// |             | stream: {rule, seed, skip_words} in place of seed}              | no mistake          |
/// | view        | see ViewHints                                                  | empty       |
/// | variants    | [{name, …}]: see Variant                                       | none        |
/// | original    | the document's own name among its variants                     | empty       |
/// | recording   | {start, log, steps}: see Recording                             | none        |
/// | exercise    | see Exercise                                                   | none        |
/// | questions   | [{name, ask, choices, answer, because}]: see Question          | none        |
/// | answers     | {learner, attempts, predictions}: see Answers                  | none        |
struct Document {
  std::string title;
  std::string about;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::vector<double> parameters;  ///< given weights, or empty: drawn from settings->initial
  ViewHints view;
  std::vector<Variant> variants;
  std::string original;  ///< what it is itself among its variants ("η = 5"); may be empty
  std::shared_ptr<const Recording> recording;  ///< may be null
  std::optional<Exercise> exercise;
  std::vector<Question> questions;
  Answers answers;
};

/// Reads a document. nullopt and at least one problem when anything is wrong: unknown keys, wrong
/// types, wrong shapes, numbers that are not finite, a loss that does not fit the output, a version
/// from the future. Each problem names the JSON path. Nothing is half-loaded.
std::optional<Document> parse_document(std::string_view json, Problems& problems);
/// The same from a file; the problem names the file when it cannot be read. "-" is standard input.
std::optional<Document> load_document(const std::filesystem::path& file, Problems& problems);

/// What a session cannot run with, named as the document names it: a loss that does not fit the
/// output, rates out of range, shapes that do not match, numbers that are not finite. Settings and
/// data are not null, their pointers to table rows neither. Empty when all is well.
Problems validate(const Document& document);

/// JSON with the fewest digits (at most 17) that give the same bits again:
/// parse_document(to_json(d)) equals d. The document is valid.
std::string to_json(const Document& document);
/// Writes atomically: a new file beside it, fsync, rename. A problem names the file and what to do.
/// A document that could not be opened again (weights that are not finite) is not written.
bool save_document(const Document& document, const std::filesystem::path& file, Problems& problems);

Session make_session(const Document& document);
/// The session's newest moment as a document, with its recording.
Document make_document(const Session& session);
/// Trains again from the recording's start: the weights of its document come out, bit for bit.
/// nullopt when told to end before, or, with a problem, when the recording cannot be right.
std::optional<Session> replay(const Recording& recording, Problems& problems,
                              const KeepGoing& keep_going = {});

/// These settings, data and parameters as a document without a recording. A batch larger than the
/// data set becomes the whole of it.
Document make_document(const Settings& settings, const Dataset& data,
                       std::span<const double> parameters);

/// JSON with all a document's forward and backward pass says, in the order z, a, delta, dW, db,
/// with [layer][sample][neuron] and [layer][to][from]; 17 significant digits. Numbers that are not
/// finite become null, and "note" says so.
std::string trace_to_json(const StepTrace& trace, const Architecture& architecture);
/// {"steps", "epochs", "cost", "data_cost", "l2_cost", "accuracy", "W", "b", "seconds",
/// "steps_per_second"} of a finished run; "note" says if it diverged.
std::string summary_to_json(const Session& session, const Evaluation& evaluation, double seconds);

}  // namespace deltascope
