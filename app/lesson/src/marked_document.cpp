#include <deltascope/lesson/marked_document.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace deltascope::lesson {
namespace {

/// A step as it is about to be taken, kept.
struct KeptStep {
  explicit KeptStep(Session& session)
      : number(session.state().step),
        settings(session.state().settings),
        data(session.state().data),
        parameters(session.state().parameters) {
    session.preview(trace);
  }
  walk::Step view() const {
    walk::Step step;
    step.number = number;
    step.settings = settings.get();
    step.data = data.get();
    step.trace = &trace;
    step.parameters = parameters;
    return step;
  }

  std::uint64_t number;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::vector<double> parameters;
  StepTrace trace;
};

/// Does a document's run again and keeps the steps that were asked for, as they were last taken.
class Rerun {
 public:
  Rerun(const Document& document, std::set<std::uint64_t> wanted)
      : document_(document), wanted_(std::move(wanted)) {}

  std::optional<std::map<std::uint64_t, KeptStep>> steps(Problems& problems) {
    const Recording* recording = document_.recording.get();
    const Document& start = recording ? *recording->start : document_;
    if (start.data->size() == 0) {
      problems.push_back({"X", "has no samples, there is nothing to compute with"});
      return std::nullopt;
    }
    Session session = make_session(start);
    if (recording != nullptr && !follow(session, *recording, problems)) return std::nullopt;
    const std::uint64_t last = *wanted_.rbegin();
    if (!go(session, recording ? std::min(recording->steps, last) : last, problems)) {
      return std::nullopt;
    }
    keep(session);
    return std::move(kept_);
  }

 private:
  bool follow(Session& session, const Recording& recording, Problems& problems) {
    const std::span<const LoggedCommand> log = recording.log;
    for (std::size_t i = 0; i < log.size(); ++i) {
      const std::string at = "recording.log[" + std::to_string(i) + "]";
      const LoggedCommand& logged = log[i];
      if (const Lock* lock = lock_of(logged.command.action)) {
        problems.push_back({at, "is locked in this exercise: " + std::string(lock->label)});
        return false;
      }
      if (!go(session, logged.step, problems)) return false;
      Problems found;
      if (!replay(session, log.subspan(i, 1), found)) {
        problems.push_back({at, found.front().message});
        return false;
      }
    }
    return true;
  }
  const Lock* lock_of(const Action& action) const {
    for (const Lock* lock : document_.exercise->locked) {
      if (lock->stops(action)) return lock;
    }
    return nullptr;
  }
  /// Trains up to there, or as far as the run goes; false, with a problem, when it would take too
  /// long.
  bool go(Session& session, std::uint64_t step, Problems& problems) {
    const State& state = session.state();
    const std::uint64_t more = step - std::min(step, state.step);
    const double of_a_step = static_cast<double>(state.parameters.size()) *
                             static_cast<double>(state.batches.next().size(state.data->size()));
    steps_ += static_cast<double>(more);
    multiplications_ += static_cast<double>(more) * of_a_step;
    if (steps_ > most_marked_steps || multiplications_ > most_marked_multiplications) {
      problems.push_back({"", "has a run of more steps than anybody does by hand"});
      return false;
    }
    while (state.step < step) {
      keep(session);
      if (!session.advance()) break;
    }
    return true;
  }
  void keep(Session& session) {
    const std::uint64_t step = session.state().step;
    if (!wanted_.contains(step) || session.data().size() == 0) return;
    kept_.insert_or_assign(step, KeptStep(session));
  }

  const Document& document_;
  std::set<std::uint64_t> wanted_;
  std::map<std::uint64_t, KeptStep> kept_;
  double steps_ = 0.0, multiplications_ = 0.0;  // of all that was trained
};

/// Every hidden cell of a step that has a number.
std::vector<Cell> hidden_cells(const walk::Step& step, const Exercise& exercise) {
  std::set<Index> samples;  // a batch may have one twice
  for (const std::uint32_t sample : step.trace->samples)
    samples.insert(static_cast<Index>(sample));
  const Architecture& net = step.net();
  std::vector<Cell> cells;
  for (const CellKind& kind : cell_kinds()) {
    for (Index layer = 0; layer < net.layers(); ++layer) {
      if (!exercise.hides({&kind, layer, 0, 0, 0})) continue;
      for (const Index sample : kind.of_sample ? samples : std::set<Index>{0}) {
        for (Index row = 0; row < net.fan_out(layer); ++row) {
          for (Index col = 0; col < (kind.of_weight ? net.fan_in(layer) : 1); ++col)
            cells.push_back({&kind, layer, row, col, sample});
        }
      }
    }
  }
  return cells;
}

void mark_step(const walk::Step& step, const Exercise& exercise, std::span<const Attempt> attempts,
               std::vector<MarkedCell>& cells) {
  const std::vector<Marked> marked = mark_all(step, exercise, attempts);
  for (const Cell& cell : hidden_cells(step, exercise)) {
    MarkedCell entry{step.number, cell, "", 0, {find_mark("empty"), *value_of(step, cell), {}}};
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (attempts[i].step != step.number || attempts[i].cell != cell) continue;
      ++entry.attempts;
      entry.text = attempts[i].text;
      entry.marked = marked[i];
    }
    cells.push_back(std::move(entry));
  }
}

void count_predictions(const Document& document, MarkedDocument& result) {
  std::set<std::pair<std::string, std::uint64_t>> seen;
  const std::vector<Question>& questions = document.questions;
  result.predictions = questions.size();
  for (const Prediction& prediction : document.answers.predictions) {
    const auto question = std::ranges::find(questions, prediction.question, &Question::name);
    const bool is_of_document = question != questions.end();
    // A question of the walk is another one in every step.
    const std::uint64_t step = is_of_document ? 0 : prediction.step;
    if (!seen.insert({prediction.question, step}).second) continue;
    if (!is_of_document) ++result.predictions;
    const bool right = is_of_document ? prediction.choice == question->answer : prediction.right;
    if (right) ++result.right_predictions;
  }
}

/// The weights that a run begins with, drawn where they are not given.
std::vector<double> first_weights(const Document& document) {
  return make_session(document).initial_parameters();
}

}  // namespace

double MarkedDocument::points() const {
  double sum = 0.0;
  for (const MarkedCell& cell : cells)
    sum += cell.marked.mark->points;
  return sum;
}

std::optional<MarkedDocument> mark_document(const Document& document, Problems& problems) {
  if (!document.exercise) {
    problems.push_back({"exercise", "is missing: there is nothing to mark"});
    return std::nullopt;
  }
  const std::vector<Attempt>& attempts = document.answers.attempts;
  if (attempts.size() > most_marked_attempts) {
    problems.push_back({"answers.attempts", "are " + std::to_string(attempts.size()) +
                                                "; nobody works out so many by hand"});
    return std::nullopt;
  }
  std::set<std::uint64_t> wanted;
  for (const Attempt& attempt : attempts)
    wanted.insert(attempt.step);
  if (wanted.empty()) wanted.insert(0);
  if (*wanted.rbegin() > most_marked_steps) {
    problems.push_back({"answers.attempts", "tell of step " + std::to_string(*wanted.rbegin()) +
                                                "; nobody does so many by hand"});
    return std::nullopt;
  }
  const auto steps = Rerun(document, wanted).steps(problems);
  if (!steps) return std::nullopt;
  MarkedDocument result;
  result.learner = document.answers.learner;
  for (const std::uint64_t number : wanted) {
    const auto step = steps->find(number);
    if (step == steps->end()) {
      problems.push_back({"answers.attempts", "tell of step " + std::to_string(number) +
                                                  ", to which the run never came"});
      return std::nullopt;
    }
    mark_step(step->second.view(), *document.exercise, attempts, result.cells);
  }
  count_predictions(document, result);
  return result;
}

std::string difference(const Document& key, const Document& handed_in) {
  const Document& start = handed_in.recording ? *handed_in.recording->start : handed_in;
  const auto parts_of_exercise = [](const Document& document) {
    std::optional<Exercise> exercise = document.exercise;
    if (exercise) exercise->task.clear();
    return exercise;
  };
  const auto batches = [](const Document& document) {
    const BatchList* list = document.settings->batches.get();
    return list == nullptr ? BatchList() : *list;
  };
  const auto settings = [](const Document& document) {
    Settings plain = *document.settings;
    plain.batches = nullptr;
    plain.initial = {};  // only its weights count
    return plain;
  };
  if (parts_of_exercise(key) != parts_of_exercise(handed_in)) return "what is hidden or locked";
  if (key.questions != handed_in.questions) return "the questions";
  if (!(key.settings->model == start.settings->model)) return "the network";
  if (!(*key.data == *start.data)) return "the points";
  if (first_weights(key) != first_weights(start)) return "the weights";
  if (!(settings(key) == settings(start)) || batches(key) != batches(start)) return "the training";
  return {};
}

}  // namespace deltascope::lesson
