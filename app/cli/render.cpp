#include "choices.hpp"
#include "console.hpp"
#include "held_signals.hpp"
#include "input.hpp"
#include "look.hpp"
#include "overrides.hpp"
#include "pictures.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/reference_cost.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace deltascope::cli {
namespace {

// Below, there is no room for a plot beside its labels; above, an image takes gigabytes.
constexpr int min_side = 200, max_side = 4000;

struct Options {
  Input input;
  Overrides overrides;
  Look look;
  std::filesystem::path out_dir;
  std::vector<std::string> only;
  std::string theme = "dark";
  std::string format = "png";
  std::string size;
};

/// "760x420"; nothing when it is no such thing or out of range.
std::optional<std::pair<int, int>> parse_size(const std::string& text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos) return std::nullopt;
  const CLI::Range range(min_side, max_side);
  const std::string sides[] = {text.substr(0, cross), text.substr(cross + 1)};
  for (const std::string& side : sides) {
    const bool digits = !side.empty() && side.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || side.size() > 4 || !range(side).empty()) return std::nullopt;
  }
  return std::pair(std::stoi(sides[0]), std::stoi(sides[1]));
}

struct Task {
  const PictureRow* row;
  picture::PictureFile file;
};

std::string title_of(const PictureRow& row, const walk::Notation& notation) {
  return fmt::format(fmt::runtime(row.title), fmt::arg("delta", walk::delta_letter(notation)),
                     fmt::arg("loss", notation.loss), fmt::arg("cost", notation.cost));
}

/// The pictures asked for, and where they go.
std::vector<Task> tasks(const Options& options, const walk::Notation& notation) {
  std::vector<Task> found;
  for (const PictureRow& row : pictures()) {
    if (!options.only.empty() && std::ranges::count(options.only, row.name) == 0) continue;
    picture::PictureFile file;
    file.file = options.out_dir / (std::string(row.name) + "." + options.format);
    file.dark = options.theme == "dark";
    file.title = title_of(row, notation);
    file.notation = &notation;
    if (const auto size = parse_size(options.size)) std::tie(file.width, file.height) = *size;
    found.push_back({&row, file});
  }
  return found;
}

/// Makes the folder, and asks whether every picture can be written there.
bool prepare_files(const Options& options, const std::vector<Task>& wanted) {
  std::error_code error;
  std::filesystem::create_directories(options.out_dir, error);
  if (error) {
    fail(options.out_dir.string() + ": cannot be made a folder: " + error.message());
    return false;
  }
  Problems problems;
  for (const Task& task : wanted) {
    if (can_write(task.file.file, problems)) continue;
    fail(problems);  // the others would fail for the same reason
    return false;
  }
  return true;
}

std::string caption(const Session& session, const Evaluation& evaluation,
                    const picture::LossStyle& style, const walk::Notation& notation) {
  const auto scale = style.paper_scale
                         ? paper_scale(session.settings().model, session.data().size())
                         : std::nullopt;
  return fmt::format("after {} steps: {} {}, {} of {} points right",
                     picture::format_count(static_cast<double>(session.state().step)),
                     scale ? picture::paper_scale_name(notation) : std::string(notation.cost),
                     picture::format_number(evaluation.cost() * scale.value_or(1.0), 4),
                     evaluation.correct, evaluation.total);
}

int render(const Options& options) {
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document || !options.look.fits(*document)) return bad_input;
  const walk::Notation& notation = options.look.notation(document->view);
  std::vector<Task> wanted = tasks(options, notation);
  if (!prepare_files(options, wanted)) return bad_input;
  Session session = make_session(*document);
  const Training training = run_training(session, options.overrides.steps());
  const Evaluation evaluation = session.evaluate(false);

  const Model& model = session.settings().model;
  const std::vector<double>& parameters = session.state().parameters;
  StepTrace trace;
  std::vector<double> gradient(parameters.size());
  Backprop().gradient(model, parameters, session.data(), Batch{}, gradient, &trace);
  picture::LossStyle style = options.look.loss(document->view);
  style.batches = !session.state().batches.all;
  const picture::PictureRun run{&model.architecture, parameters, &session.data()};
  const Scene scene{
      session, training.history, trace, run, style, options.look.shading(document->view)};
  Problems problems;
  std::string written;
  for (Task& task : wanted) {
    task.file.caption = caption(session, evaluation, style, notation);
    const HeldSignals until_it_is_whole;
    if (!task.row->save(task.file, scene, problems)) break;
    written += task.file.file.string() + "\n";
  }
  const bool printed = print(written);
  if (!problems.empty()) return fail(problems);
  return printed ? outcome(session, evaluation, training) : bad_input;
}

std::string check_size(const std::string& text) {
  if (parse_size(text)) return "";
  return fmt::format("must be WIDTHxHEIGHT, each from {} to {}, not {}", min_side, max_side, text);
}

}  // namespace

std::function<int()> define_render(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::required);
  command.add_option("--out-dir", options->out_dir, "The folder for the pictures; made if absent")
      ->option_text("FOLDER (always needed)")
      ->required();
  const std::vector<std::string> names = names_of(pictures());
  one_of(
      command.add_option("--only", options->only, "These pictures, with commas, in place of all"),
      names)
      ->delimiter(',')
      ->allow_extra_args(false);
  one_of(command.add_option("--theme", options->theme, "dark, unless said"), {"dark", "light"});
  one_of(command.add_option("--format", options->format, "png, unless said"), {"png", "svg"});
  command
      .add_option("--size", options->size,
                  "Of every picture, such as 760x420; files have two pixels for each unit")
      ->option_text("WIDTHxHEIGHT")
      ->check(check_size);
  options->look.define(command);
  return [options] { return render(*options); };
}

}  // namespace deltascope::cli
