#include "console.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/picture/gallery.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

namespace deltascope::cli {
namespace {

struct Options {
  Input input;
  Overrides overrides;
  std::filesystem::path out_dir;
  std::string theme = "dark";
  std::string format = "png";
};

/// What there is to draw.
struct Scene {
  Session& session;
  const History& history;
  const StepTrace& trace;
  picture::PictureRun run;
};

/// One row: a picture, by the name of its file.
struct PictureRow {
  const char* name;
  const char* title;
  bool (*save)(const picture::PictureFile& file, const Scene& scene, Problems& problems);
};

constexpr std::array<PictureRow, 5> pictures{
    PictureRow{"boundary", "Decision boundary",
               [](const picture::PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_boundary_picture(file, scene.run, picture::Shading::smooth,
                                                       problems);
               }},
    PictureRow{"network", "Network: what each neuron sees; a and δ of the first point",
               [](const picture::PictureFile& file, const Scene& scene, Problems& problems) {
                 const SampleTrace sample = scene.session.trace_sample(0);
                 return picture::save_network_picture(file, scene.run, &sample, problems);
               }},
    PictureRow{"loss", "Cost",
               [](const picture::PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_loss_picture(file, scene.history, scene.run,
                                                   scene.session.settings().model,
                                                   {.log_steps = true, .log_cost = true}, problems);
               }},
    PictureRow{"delta-history", "Sensitivity δ of each layer over the training",
               [](const picture::PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_delta_history_picture(file, scene.history, problems);
               }},
    PictureRow{"delta", "Sensitivity δ = ∂C/∂z of each neuron and point",
               [](const picture::PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_delta_picture(file, *scene.run.architecture, scene.trace,
                                                    problems);
               }},
};

std::string caption(const Session& session, const Evaluation& evaluation) {
  char text[160];
  std::snprintf(text, sizeof text, "after %llu steps: Cost %.4g, %lld of %lld points right",
                static_cast<unsigned long long>(session.state().step), evaluation.cost(),
                static_cast<long long>(evaluation.correct),
                static_cast<long long>(evaluation.total));
  return text;
}

int render(const Options& options) {
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document) return bad_input;
  std::error_code error;
  std::filesystem::create_directories(options.out_dir, error);
  if (error) {
    return fail(options.out_dir.string() + ": cannot be made a folder: " + error.message());
  }
  Session session = make_session(*document);
  const Training training = run_training(session, options.overrides.steps());
  const Evaluation evaluation = session.evaluate(false);

  const Model& model = session.settings().model;
  const std::vector<double>& parameters = session.state().parameters;
  StepTrace trace;
  std::vector<double> gradient(parameters.size());
  Backprop().gradient(model, parameters, session.data(), Batch{}, gradient, &trace);
  const Scene scene{
      session, training.history, trace, {&model.architecture, parameters, &session.data()}};
  Problems problems;
  std::string written;
  for (const PictureRow& row : pictures) {
    picture::PictureFile file;
    file.file = options.out_dir / (std::string(row.name) + "." + options.format);
    file.dark = options.theme == "dark";
    file.title = row.title;
    file.caption = caption(session, evaluation);
    if (!row.save(file, scene, problems)) break;  // the others would fail for the same reason
    written += file.file.string() + "\n";
  }
  const bool printed = print(written);
  if (!problems.empty()) return fail(problems);
  return printed ? outcome(session, evaluation, training) : bad_input;
}

}  // namespace

std::function<int()> define_render(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::required);
  command.add_option("--out-dir", options->out_dir, "The folder for the pictures; made if absent")
      ->required();
  command.add_option("--theme", options->theme, "dark or light")
      ->check(CLI::IsMember({"dark", "light"}));
  command.add_option("--format", options->format, "png or svg")
      ->check(CLI::IsMember({"png", "svg"}));
  return [options] { return render(*options); };
}

}  // namespace deltascope::cli
