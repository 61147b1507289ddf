#include "trial_controls.hpp"

#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <cmath>

namespace deltascope::ui {
namespace {

constexpr NumberRange damping_range{.low = least_damping,
                                    .high = largest_damping,
                                    .slider_low = 1e-16,
                                    .slider_high = 1e8,
                                    .log = true};

void row(const Ui& ui, const char* name, const std::string& value, std::string_view about) {
  ImGuiCanvas canvas = ui.canvas();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ui.px(17);
  ImGui::Dummy(ImVec2(width, height));
  canvas.text({at.x, at.y + height / 2}, name, picture::Font::small, ui.palette.secondary,
              picture::AlignX::left, picture::AlignY::middle);
  canvas.text({at.x + width, at.y + height / 2}, value, picture::Font::mono_small, ui.palette.text,
              picture::AlignX::right, picture::AlignY::middle);
  tooltip(ui, about);
}

std::string number(double value) {
  return std::isnan(value) ? "–" : picture::format_number(value, 4);
}

double norm(std::span<const double> values) {
  double sum = 0;
  for (const double value : values)
    sum += value * value;
  return std::sqrt(sum);
}

}  // namespace

bool is_stalled(const Snapshot& snapshot) {
  if (!snapshot.trial) return false;
  const Trial& trial = *snapshot.trial;
  return !trial.accepted && std::isnan(trial.gain_ratio) && std::isfinite(trial.trial_cost);
}

void draw_damping(Desk& desk) {
  Ui& ui = desk.ui;
  wrapped_text(ui, fmt::format("Levenberg–Marquardt has no {0}. Its damping μ says how far a step "
                               "goes: a large μ is gradient descent with {0}\u00A0=\u00A0{1}/μ.",
                               desk.notation().learning_rate, desk.notation().samples));
  if (const auto edit = number_slider(ui, "Damping μ", desk.snapshot().damping, damping_range)) {
    ui.outbox.command(SetDamping{edit->value}, edit->gesture);
  }
  wrapped_text(ui, "Accepted: μ/10. Rejected: 10 μ. Reset starts at μ₀ = " +
                       shown_number(desk.settings().rates.damping) + ".");
}

void draw_damped_solve(Desk& desk) {
  const DampedSolve* chosen = desk.settings().damped_solve;
  if (const DampedSolve* solve =
          table_combo(desk.ui, "Solved by###Damped solve", damped_solves(), chosen)) {
    desk.ui.outbox.command(SetDampedSolve{solve});
  }
  wrapped_text(desk.ui, chosen->formula);
}

void draw_trial(Desk& desk) {
  const Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  if (!snapshot.has_trace || !snapshot.trial) return;
  const Trial& trial = *snapshot.trial;
  const bool playing = snapshot.run == RunState::playing;
  const auto unknowns =
      trial.solve->by_residuals(trial.residuals, static_cast<Index>(trial.step.size()))
          ? static_cast<std::size_t>(trial.residuals)
          : trial.step.size();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(6), 0));
  row(ui, playing ? "Last trial" : "Next trial", trial.accepted ? "accepted ✓" : "rejected ✗",
      "A trial is accepted if it lowers the cost; otherwise the parameters stay");
  row(ui, "Cost", number(trial.cost), "Before the trial, over all points");
  row(ui, "Trial's cost", number(trial.trial_cost), "At p + Δp");
  row(ui, "μ", number(trial.damping), "Damping of this trial");
  row(ui, "Gain ratio ρ", number(trial.gain_ratio),
      "How much lower the cost gets, divided by how much the linear model promised: 1 if it is "
      "right; "
      "– where the difference is rounding only");
  row(ui, "‖Δp‖", number(norm(trial.step)), "Length of the trial's step, also of a rejected one");
  row(ui, "Unknowns", std::to_string(unknowns),
      "Of the linear system: parameters, or residuals (points × outputs)");
  row(ui, "So far", fmt::format("{} ✓  {} ✗", snapshot.accepted_trials, snapshot.rejected_trials),
      "Accepted and rejected trials");
  ImGui::PopStyleVar();
  ImGui::Dummy(ImVec2(0, 0));
  if (is_stalled(snapshot)) wrapped_text(ui, stalled_text, false);
  const std::string by = fmt::format("Solved by the {}. ", trial.solve->label);
  wrapped_text(ui, by + (std::isnan(trial.solve_difference)
                             ? std::string("The other formula is too large to compare.")
                             : fmt::format("The other formula gives the same step to {}.",
                                           picture::format_number(trial.solve_difference, 2))));
}

}  // namespace deltascope::ui
