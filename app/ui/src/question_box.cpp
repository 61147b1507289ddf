#include "question_box.hpp"

#include "hand_check.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/lesson/phase_question.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {
namespace {

const Question* find_question(const Desk& desk, std::string_view name) {
  const std::vector<Question>& all = desk.frame.document.questions;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Question& row) { return row.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Prediction* prediction_of(const Desk& desk, std::string_view question) {
  const std::vector<Prediction>& all = desk.view.lesson.predictions;
  const auto found = std::find_if(all.rbegin(), all.rend(),
                                  [&](const Prediction& row) { return row.question == question; });
  return found == all.rend() ? nullptr : &*found;
}

const PhasePrediction* phase_prediction(const Desk& desk, const walk::Step& step,
                                        const walk::PhaseId& phase) {
  const std::vector<PhasePrediction>& all = desk.view.lesson.phases;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const PhasePrediction& row) {
    return row.step == step.number && row.phase == phase;
  });
  return found == all.rend() ? nullptr : &*found;
}

void predict(Desk& desk, std::string_view question, Index choice, bool right) {
  desk.view.lesson.predictions.push_back(
      {desk.snapshot().step, std::string(question), choice, right});
  desk.view.layout_changed = true;
}

float choice_width(const Ui& ui, const std::string& choice) {
  ImGuiCanvas canvas = ui.canvas();
  return picture::measure_script(canvas, choice, picture::Font::body).width +
         2 * ImGui::GetStyle().FramePadding.x;
}

// A button with script text: "w^[2]_{13}" is a choice too.
bool choice_button(const Ui& ui, const std::string& choice, float width_px) {
  const bool pressed =
      button(ui, ("###Choice: " + choice).c_str(), ButtonKind::plain, true, width_px);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const float padding = ImGui::GetStyle().FramePadding.x;
  ImGui::PushClipRect(low, high, true);
  ImGuiCanvas canvas = ui.canvas();
  picture::draw_script(canvas, {low.x + padding, (low.y + high.y) / 2}, choice, picture::Font::body,
                       ui.palette.text, picture::AlignX::left, picture::AlignY::middle);
  ImGui::PopClipRect();
  return pressed;
}

// The choices beside each other where they fit, then "Skip"; counted as press_choice does.
std::optional<Index> draw_choices(const Ui& ui, const std::vector<std::string>& choices) {
  std::optional<Index> pressed;
  const auto count = static_cast<Index>(choices.size());
  for (Index i = 0; i < count; ++i) {
    const std::string& choice = choices[static_cast<std::size_t>(i)];
    const float width = choice_width(ui, choice), room = ImGui::GetContentRegionAvail().x;
    if (i > 0) same_line_if_fits(std::min(width, room));
    ImGui::PushID(static_cast<int>(i));
    if (choice_button(ui, choice, std::min(width, room))) pressed = i;
    ImGui::PopID();
    tooltip(ui, fmt::format("{}{}Alt+{}", width > room ? choice : "", width > room ? " · " : "",
                            i + 1));
  }
  same_line_if_fits(button_width(ui, "Skip"));
  if (button(ui, "Skip###Skip question", ButtonKind::quiet)) pressed = count;
  tooltip(ui, fmt::format("Shows it without a guess (Alt+{})", count + 1));
  return pressed;
}

void draw_outcome(const Ui& ui, bool right, std::string_view right_choice, std::string_view because,
                  float width_px) {
  const picture::Color color = right ? ui.palette.activation : ui.palette.gradient;
  ImGui::PushStyleColor(ImGuiCol_Text, to_imgui(color));
  ImGui::TextUnformatted(right ? "✓ Right" : "✗ Not so");
  ImGui::PopStyleColor();
  ui.record("Outcome");
  const std::string answer = right ? "" : fmt::format("The answer is: {}. ", right_choice);
  wrapped_script(ui, answer + std::string(because), width_px);
}

void choose_in_document(Desk& desk, const Question& question, Index choice) {
  LessonView& lesson = desk.view.lesson;
  if (lesson.told_question) {
    lesson.told_question.reset();
  } else if (choice < static_cast<Index>(question.choices.size())) {
    predict(desk, question.name, choice, choice == question.answer);
    lesson.told_question = question.name;
  } else {
    lesson.skipped.push_back(question.name);
  }
}

void choose_in_phase(Desk& desk, Index choice) {
  const WalkPage& page = *desk.page;
  const lesson::PhaseQuestion& question = *page.question;
  const auto count =
      static_cast<Index>(question.choices(page.step, page.phase.id, page.options).size());
  PhasePrediction made{page.step.number, page.phase.id, std::nullopt};
  if (choice < count) {
    made.choice = choice;
    predict(desk, question.name, choice,
            choice == question.answer(page.step, page.phase.id, page.options));
  }
  desk.view.lesson.phases.push_back(made);
  desk.view.layout_changed = true;
}

}  // namespace

const Question* open_question(const Desk& desk) {
  const LessonView& lesson = desk.view.lesson;
  if (lesson.told_question) return find_question(desk, *lesson.told_question);
  for (const Question& question : desk.frame.document.questions) {
    const bool skipped = std::find(lesson.skipped.begin(), lesson.skipped.end(), question.name) !=
                         lesson.skipped.end();
    if (!skipped && prediction_of(desk, question.name) == nullptr) return &question;
  }
  return nullptr;
}

void draw_document_question(Desk& desk, const Question& question) {
  const Ui& ui = desk.ui;
  secondary_text(ui, "Predict first");
  wrapped_text(ui, question.ask, false);
  ui.record("Question");
  if (desk.view.lesson.told_question) {
    const Prediction* made = prediction_of(desk, question.name);
    const std::string& right = question.choices[static_cast<std::size_t>(question.answer)];
    draw_outcome(ui, made != nullptr && made->right, right, question.because,
                 ImGui::GetContentRegionAvail().x);
    if (button(ui, "Next###Next question", ButtonKind::primary)) {
      choose_in_document(desk, question, 0);
    }
    tooltip(ui, "Alt+1");
  } else if (const auto pressed = draw_choices(ui, question.choices)) {
    choose_in_document(desk, question, *pressed);
  }
}

const lesson::PhaseQuestion* phase_question(const Desk& desk, const walk::Step& step,
                                            const walk::PhaseId& phase,
                                            const walk::Options& options) {
  // In an exercise the reason would tell what is to be found out.
  const bool asks = desk.ui.preferences.predict_first && open_exercise(desk) == nullptr;
  return asks ? lesson::question_of(step, phase, options) : nullptr;
}

bool waits_for_prediction(const Desk& desk) {
  return desk.page != nullptr && desk.page->question != nullptr &&
         phase_prediction(desk, desk.page->step, desk.page->phase.id) == nullptr;
}

bool is_computed_by(const walk::Phase& phase, const walk::Quantity& quantity) {
  return std::any_of(phase.stages.begin(), phase.stages.end(), [&](const walk::Stage& stage) {
    return stage.result.kind == quantity.kind && stage.result.layer == quantity.layer;
  });
}

void draw_phase_question(Desk& desk, float width_px) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  if (page.question == nullptr) return;
  const lesson::PhaseQuestion& question = *page.question;
  const std::vector<std::string> choices = question.choices(page.step, page.phase.id, page.options);
  const std::string ask = question.ask(page.step, page.phase.id, page.options);
  const PhasePrediction* made = phase_prediction(desk, page.step, page.phase.id);
  if (made == nullptr) {
    wrapped_script(ui, ask, width_px, picture::Font::body);
    ui.record("Question");
    if (const auto pressed = draw_choices(ui, choices)) choose_in_phase(desk, *pressed);
  } else if (made->choice) {
    const Index right = question.answer(page.step, page.phase.id, page.options);
    draw_outcome(ui, *made->choice == right, choices[static_cast<std::size_t>(right)],
                 question.because(page.step, page.phase.id, page.options), width_px);
  }
}

void press_choice(Desk& desk, Index choice) {
  if (waits_for_prediction(desk)) {
    const WalkPage& page = *desk.page;
    const std::size_t count = page.question->choices(page.step, page.phase.id, page.options).size();
    if (choice <= static_cast<Index>(count)) choose_in_phase(desk, choice);
  } else if (const Question* question = open_question(desk)) {
    if (choice <= static_cast<Index>(question->choices.size())) {
      choose_in_document(desk, *question, choice);
    }
  }
}

}  // namespace deltascope::ui
