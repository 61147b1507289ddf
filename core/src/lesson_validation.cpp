// What a document may ask of a learner: cells that its network has, questions with an answer.

#include "document_parts.hpp"

#include <algorithm>
#include <utility>

namespace deltascope {
namespace {

class LessonValidation {
 public:
  explicit LessonValidation(const Document& document)
      : document_(document),
        start_(document.recording ? *document.recording->start : document),
        net_(start_.settings->model.architecture) {}

  Problems run() {
    if (document_.exercise) check_exercise(*document_.exercise);
    for (std::size_t i = 0; i < document_.questions.size(); ++i)
      check_question(i);
    if (!was_rebuilt()) check_attempts();
    check_predictions();
    return std::move(found_);
  }

 private:
  void add(std::string where, std::string message) {
    found_.push_back({std::move(where), std::move(message)});
  }

  // Of the network that the run began with: a learner may have changed it since.
  void check_exercise(const Exercise& exercise) {
    for (std::size_t i = 0; i < exercise.hidden.size(); ++i) {
      const HiddenPart& part = exercise.hidden[i];
      const std::string at = indexed("exercise.hide", {static_cast<Index>(i)});
      if (part.layer && *part.layer >= net_.layers()) {
        add(at, "there is no " + part_name(part) +
                    ": weight layers are numbered from 0 and there "
                    "are " +
                    std::to_string(net_.layers()));
      }
      if (std::ranges::count(exercise.hidden, part) > 1) {
        add(at, "\"" + part_name(part) + "\" is listed twice");
      }
    }
    for (std::size_t i = 0; i < exercise.locked.size(); ++i) {
      if (std::ranges::count(exercise.locked, exercise.locked[i]) > 1) {
        add(indexed("exercise.lock", {static_cast<Index>(i)}),
            "\"" + std::string(exercise.locked[i]->name) + "\" is listed twice");
      }
    }
    if (exercise.digits < 1 || exercise.digits > max_digits) {
      add("exercise.digits", "must be a whole number from 1 to " + std::to_string(max_digits));
    }
  }

  void check_question(std::size_t i) {
    const Question& question = document_.questions[i];
    const std::string at = indexed("questions", {static_cast<Index>(i)}) + ".";
    if (question.name.empty()) add(at + "name", "must not be empty");
    if (std::ranges::count(document_.questions, question.name, &Question::name) > 1) {
      add(at + "name", "\"" + question.name + "\" is the name of another question, too");
    }
    if (question.ask.empty()) add(at + "ask", "must not be empty");
    const std::vector<std::string>& choices = question.choices;
    const auto size = static_cast<Index>(choices.size());
    if (size < 2) add(at + "choices", "must have at least two entries");
    for (Index k = 0; k < size; ++k) {
      const std::string& choice = choices[static_cast<std::size_t>(k)];
      const std::string path = indexed(at + "choices", {k});
      if (choice.empty()) add(path, "must not be empty");
      if (std::ranges::count(choices, choice) > 1) add(path, "\"" + choice + "\" is listed twice");
    }
    if (question.answer < 0 || question.answer >= size) {
      add(at + "answer", "is " + std::to_string(question.answer) +
                             ", but choices are numbered from 0 and there are " +
                             std::to_string(size));
    }
  }

  /// Whether the learner has made another network or other points: then cells may have gone.
  bool was_rebuilt() const {
    if (document_.recording == nullptr) return false;
    return std::ranges::any_of(document_.recording->log, [](const LoggedCommand& logged) {
      const Action& action = logged.command.action;
      return find_lock("network")->stops(action) || find_lock("points")->stops(action);
    });
  }

  void check_attempts() {
    const std::vector<Attempt>& attempts = document_.answers.attempts;
    const Index samples = start_.data->size();
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      const Cell& cell = attempts[i].cell;
      if (exists(cell, net_, samples)) continue;
      Cell of_first = cell;
      of_first.sample = 0;
      const std::string at = indexed("answers.attempts", {static_cast<Index>(i)});
      if (samples > 0 && exists(of_first, net_, samples)) {
        add(at + ".sample", "is " + std::to_string(cell.sample) +
                                ", but samples are numbered from 0 and there are " +
                                std::to_string(samples));
      } else {
        add(at + ".cell", "the network has no " + cell_name(cell));
      }
    }
  }

  // Names that the document does not have may be those of a walk's questions.
  void check_predictions() {
    const std::vector<Prediction>& predictions = document_.answers.predictions;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      const Prediction& prediction = predictions[i];
      const std::string at = indexed("answers.predictions", {static_cast<Index>(i)}) + ".";
      if (prediction.question.empty()) add(at + "question", "must not be empty");
      const auto question =
          std::ranges::find(document_.questions, prediction.question, &Question::name);
      if (question == document_.questions.end()) continue;
      const auto size = static_cast<Index>(question->choices.size());
      if (prediction.choice < size) continue;
      add(at + "choice", "is " + std::to_string(prediction.choice) +
                             ", but choices are numbered from 0 and there are " +
                             std::to_string(size));
    }
  }

  const Document& document_;
  const Document& start_;
  const Architecture& net_;
  Problems found_;
};

}  // namespace

Problems validate_lesson(const Document& document) {
  return LessonValidation(document).run();
}

}  // namespace deltascope
