// Reading and writing what a document asks of a learner, and what was answered.

#include "json_reader.hpp"
#include "lesson_json.hpp"

#include <deltascope/nearest_name.hpp>

#include <iterator>
#include <utility>

namespace deltascope {
namespace {

class LessonReader : private JsonReader {
 public:
  void read(const Json& object, Document& document, Problems& problems) {
    if (find(object, "exercise") != nullptr) {
      const Json* exercise = optional_object(object, "exercise");
      if (exercise != nullptr) document.exercise = read_exercise(*exercise);
    }
    for_each(object, "questions", "", [&](const Json& question, const std::string& at) {
      document.questions.push_back(read_question(question, at));
    });
    if (const Json* answers = optional_object(object, "answers")) {
      document.answers = read_answers(*answers);
    }
    std::ranges::move(found_, std::back_inserter(problems));
  }

 private:
  /// The entries of a list that may be absent, each with its path.
  template <class Use>
  void for_each(const Json& object, std::string_view key, const std::string& at, Use use) {
    const Json* list = find(object, key);
    const std::string path = at + std::string(key);
    if (list == nullptr || !is_list(*list, path)) return;
    for (std::size_t i = 0; i < list->size(); ++i)
      use((*list)[i], indexed(path, {static_cast<Index>(i)}));
  }
  bool is_object(const Json& value, const std::string& path) {
    if (!value.is_object()) add(path, "must be an object: { … }");
    return value.is_object();
  }
  std::string words(const Json& value, const std::string& path) {
    if (value.is_string()) return value.get<std::string>();
    add(path, "must be text in quotes");
    return {};
  }
  std::string words(const Json& object, const std::string& at, std::string_view key) {
    const Json* value = find(object, key);
    return value == nullptr ? std::string() : words(*value, at + std::string(key));
  }
  std::string required_words(const Json& object, const std::string& at, std::string_view key) {
    const Json* value = required(object, key, at);
    return value == nullptr ? std::string() : words(*value, at + std::string(key));
  }
  bool yes(const Json& object, const std::string& at, std::string_view key, bool otherwise) {
    const Json* value = find(object, key);
    if (value == nullptr) return otherwise;
    if (value->is_boolean()) return value->get<bool>();
    add(at + std::string(key), "must be true or false");
    return otherwise;
  }
  std::uint64_t count(const Json& object, const std::string& at, std::string_view key,
                      std::uint64_t high) {
    const Json* value = required(object, key, at);
    if (value == nullptr) return 0;
    return whole(*value, at + std::string(key), 0, high).value_or(0);
  }

  Exercise read_exercise(const Json& object) {
    const std::string at = "exercise.";
    only_keys(object, at, {"task", "hide", "lock", "digits", "follow_through", "explanations"});
    Exercise exercise;
    exercise.task = words(object, at, "task");
    for_each(object, "hide", at, [&](const Json& value, const std::string& path) {
      const std::string name = words(value, path);
      const auto part = parse_part(name);
      if (part) {
        exercise.hidden.push_back(*part);
      } else if (value.is_string()) {
        add(path, json_string(name) + " is no part of a step; it must be one of " +
                      row_names(cell_kinds()) + ", or a layer of one as in \"dW[0]\"");
      }
    });
    for_each(object, "lock", at, [&](const Json& value, const std::string& path) {
      const std::string name = words(value, path);
      if (const Lock* lock = find_lock(name)) {
        exercise.locked.push_back(lock);
      } else if (value.is_string()) {
        add(path, unknown_lock(name));
      }
    });
    if (const Json* digits = find(object, "digits")) {
      exercise.digits = static_cast<int>(
          whole(*digits, at + "digits", 1, std::uint64_t{max_digits}).value_or(std::uint64_t{1}));
    }
    exercise.follow_through = yes(object, at, "follow_through", exercise.follow_through);
    exercise.explanations = yes(object, at, "explanations", exercise.explanations);
    return exercise;
  }

  static std::string unknown_lock(const std::string& name) {
    std::vector<std::string> names;
    for (const Lock& lock : locks())
      names.emplace_back(lock.name);
    return json_string(name) + " is not known; did you mean \"" + nearest_name(name, names) +
           "\"? There are " + row_names(locks());
  }

  Question read_question(const Json& object, const std::string& path) {
    Question question;
    if (!is_object(object, path)) return question;
    const std::string at = path + ".";
    only_keys(object, at, {"name", "ask", "choices", "answer", "because"});
    question.name = required_words(object, at, "name");
    question.ask = required_words(object, at, "ask");
    required(object, "choices", at);
    for_each(object, "choices", at, [&](const Json& choice, const std::string& place) {
      question.choices.push_back(words(choice, place));
    });
    question.answer = static_cast<Index>(count(object, at, "answer", max_choices));
    question.because = words(object, at, "because");
    return question;
  }

  Answers read_answers(const Json& object) {
    const std::string at = "answers.";
    only_keys(object, at, {"learner", "attempts", "predictions"});
    Answers answers;
    answers.learner = words(object, at, "learner");
    for_each(object, "attempts", at, [&](const Json& attempt, const std::string& path) {
      answers.attempts.push_back(read_attempt(attempt, path));
    });
    for_each(object, "predictions", at, [&](const Json& prediction, const std::string& path) {
      answers.predictions.push_back(read_prediction(prediction, path));
    });
    return answers;
  }

  Attempt read_attempt(const Json& object, const std::string& path) {
    Attempt attempt;
    if (!is_object(object, path)) return attempt;
    const std::string at = path + ".";
    only_keys(object, at, {"step", "cell", "sample", "answer"});
    attempt.step = count(object, at, "step", max_recorded_steps);
    attempt.text = required_words(object, at, "answer");
    const std::string name = required_words(object, at, "cell");
    const std::optional<Cell> cell = parse_cell(name);
    if (!cell) {
      if (!name.empty()) {
        add(at + "cell", json_string(name) +
                             " is no cell; there are such as \"delta[0][1]\" and \"dW[0][1][0]\"");
      }
      return attempt;
    }
    attempt.cell = *cell;
    if (cell->kind->of_sample) {
      attempt.cell.sample = static_cast<Index>(count(object, at, "sample", max_samples - 1));
    } else if (find(object, "sample") != nullptr) {
      add(at + "sample", "must be left out: " + std::string(cell->kind->name) +
                             " is of the batch and not of a sample");
    }
    return attempt;
  }

  Prediction read_prediction(const Json& object, const std::string& path) {
    Prediction prediction;
    if (!is_object(object, path)) return prediction;
    const std::string at = path + ".";
    only_keys(object, at, {"step", "question", "choice", "right"});
    prediction.step = count(object, at, "step", max_recorded_steps);
    prediction.question = required_words(object, at, "question");
    prediction.choice = static_cast<Index>(count(object, at, "choice", max_choices));
    required(object, "right", at);
    prediction.right = yes(object, at, "right", false);
    return prediction;
  }

  static constexpr std::uint64_t max_choices = 1000;
};

void write_exercise(JsonText& json, const Exercise& exercise) {
  json.key("exercise").open('{');
  if (!exercise.task.empty()) json.key("task").value(std::string_view(exercise.task));
  json.key("hide").open('[');
  for (const HiddenPart& part : exercise.hidden)
    json.value(std::string_view(part_name(part)));
  json.close(']');
  json.key("lock").open('[');
  for (const Lock* lock : exercise.locked)
    json.value(lock->name);
  json.close(']');
  json.key("digits").value(exercise.digits);
  json.key("follow_through").value(exercise.follow_through);
  json.key("explanations").value(exercise.explanations);
  json.close('}');
}

void write_questions(JsonText& json, std::span<const Question> questions) {
  json.key("questions").open('[');
  for (const Question& question : questions) {
    json.line().open('{');
    json.key("name").value(std::string_view(question.name));
    json.key("ask").value(std::string_view(question.ask));
    json.key("choices").open('[');
    for (const std::string& choice : question.choices)
      json.value(std::string_view(choice));
    json.close(']');
    json.key("answer").value(question.answer);
    json.key("because").value(std::string_view(question.because));
    json.close('}');
  }
  json.close(']');
}

void write_answers(JsonText& json, const Answers& answers) {
  json.key("answers").open('{');
  json.key("learner").value(std::string_view(answers.learner));
  json.key("attempts").open('[');
  for (const Attempt& attempt : answers.attempts) {
    json.line().open('{');
    json.key("step").value(attempt.step);
    json.key("cell").value(std::string_view(cell_name(attempt.cell)));
    if (attempt.cell.kind->of_sample) json.key("sample").value(attempt.cell.sample);
    json.key("answer").value(std::string_view(attempt.text));
    json.close('}');
  }
  json.close(']');
  json.key("predictions").open('[');
  for (const Prediction& prediction : answers.predictions) {
    json.line().open('{');
    json.key("step").value(prediction.step);
    json.key("question").value(std::string_view(prediction.question));
    json.key("choice").value(prediction.choice);
    json.key("right").value(prediction.right);
    json.close('}');
  }
  json.close(']');
  json.close('}');
}

}  // namespace

void read_lesson(const Json& object, Document& document, Problems& problems) {
  LessonReader().read(object, document, problems);
}

void write_lesson(JsonText& json, const Document& document) {
  if (document.exercise) write_exercise(json, *document.exercise);
  if (!document.questions.empty()) write_questions(json, document.questions);
  if (!document.answers.empty()) write_answers(json, document.answers);
}

}  // namespace deltascope
