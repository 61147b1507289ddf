#include "look.hpp"

#include "choices.hpp"
#include "console.hpp"

#include <deltascope/reference_cost.hpp>

#include <CLI/CLI.hpp>

#include <array>
#include <utility>

namespace deltascope::cli {
namespace {

/// One row: a pair of flags, the second undoes in the view what the first does.
struct Switch {
  const char *on, *on_text;
  const char *off, *off_text;
  std::optional<bool> ViewHints::*value;
};

constexpr std::array switches{
    Switch{"--log-steps", "Logarithmic horizontal axis of the cost", "--linear-steps",
           "Linear horizontal axis of the cost", &ViewHints::log_steps},
    Switch{"--log-cost", "Logarithmic vertical axis of the cost", "--linear-cost",
           "Linear vertical axis of the cost", &ViewHints::log_cost},
    Switch{"--paper-scale", "Draw Σ‖y−a‖² = 2N·Cost as the paper does; quadratic loss only",
           "--cost-scale", "Draw Cost", &ViewHints::paper_scale},
};

constexpr std::array<std::pair<const char*, picture::Shading>, 2> shadings{
    std::pair{"hard", picture::Shading::hard}, std::pair{"smooth", picture::Shading::smooth}};

}  // namespace

void Look::define(CLI::App& command) {
  for (const Switch& row : switches) {
    const auto set = [this, value = row.value](bool to) {
      return [this, value, to](std::int64_t) { flags_.*value = to; };
    };
    CLI::Option* on = command.add_flag_function(row.on, set(true), row.on_text)->option_text(" ");
    command.add_flag_function(row.off, set(false), row.off_text)->option_text(" ")->excludes(on);
  }
  one_of(command.add_option("--against", against_, "What the cost is drawn against"),
         names_of(run_measures()));
  one_of(command.add_option("--shading", shading_,
                            "Of the plane: by class as in the paper, or by the output's value"),
         {shadings[0].first, shadings[1].first});
  one_of(command.add_option("--notation", notation_, "How layers and quantities are named"),
         names_of(walk::notations()));
}

bool Look::fits(const Document& document) const {
  const Model& model = document.settings->model;
  const bool asked = flags_.paper_scale.value_or(false);
  if (!asked || paper_scale(model, document.data->size())) return true;
  fail("--paper-scale: is for the quadratic loss; the loss here is " +
       std::string(model.loss->name));
  return false;
}

picture::LossStyle Look::loss(const ViewHints& view) const {
  const auto decide = [&](std::optional<bool> ViewHints::*value, bool habit) {
    return (flags_.*value).value_or((view.*value).value_or(habit));
  };
  return {.log_steps = decide(&ViewHints::log_steps, true),
          .log_cost = decide(&ViewHints::log_cost, true),
          .paper_scale = decide(&ViewHints::paper_scale, false),
          .against = against_.empty() ? view.against : find_run_measure(against_)};
}

picture::Shading Look::shading(const ViewHints& view) const {
  for (const auto& [name, shading] : shadings) {
    if (name == shading_) return shading;
  }
  return view.hard_shading.value_or(false) ? picture::Shading::hard : picture::Shading::smooth;
}

const walk::Notation& Look::notation(const ViewHints& view) const {
  if (!notation_.empty()) return *walk::find_notation(notation_);
  return view.notation ? *walk::find_notation(*view.notation) : walk::notations().front();
}

}  // namespace deltascope::cli
