// Earlier moments of a session's run: looking at them, going on from them, and what that gives up.

#include "given_up_run.hpp"

#include <algorithm>
#include <utility>

namespace deltascope {
namespace {

bool acts_on_newest(const Action& action) {
  return std::holds_alternative<Undo>(action) || std::holds_alternative<Redo>(action) ||
         std::holds_alternative<Recover>(action) || std::holds_alternative<Reset>(action) ||
         std::holds_alternative<NewSeed>(action) || std::holds_alternative<ContinueFrom>(action);
}

std::size_t bytes_of(const State& state) {
  return sizeof(State) + sizeof(double) * (state.parameters.size() + state.moments.size());
}

}  // namespace

std::size_t GivenUpRun::bytes() const {
  return sizeof(GivenUpRun) + bytes_of(end.state) + bytes_of(keyframe) + timeline.bytes() +
         curves.bytes() + path.size() * sizeof(Session::PathEntry);
}

void Session::go_to(std::uint64_t step) {
  const std::uint64_t wanted = std::clamp(step, first_step(), last_step());
  if (wanted == state_.step) return;
  if (wanted == last_step()) {
    return_to_newest();
    return;
  }
  Moment moment{state_, initial_parameters_};
  timeline_.go_to(wanted, moment, trainer_);
  if (!newest_) {
    newest_ =
        Newest{std::move(state_), initial_parameters_, std::exchange(divergence_, std::nullopt)};
  }
  look_at(std::move(moment));
}

void Session::look_at(Moment moment) {
  state_ = std::move(moment.state);
  initial_parameters_ = std::move(moment.initial_parameters);
}

void Session::return_to_newest() {
  if (!newest_) return;
  state_ = std::move(newest_->state);
  initial_parameters_ = std::move(newest_->initial_parameters);
  divergence_ = std::move(newest_->divergence);
  newest_.reset();
}

bool Session::advance_along(StepTrace* trace) {
  trainer_.prepare(state_, trace);
  trainer_.commit(state_);
  if (state_.step == last_step()) {
    return_to_newest();
  } else {
    Moment moment{std::move(state_), std::move(initial_parameters_)};
    timeline_.follow_commands(moment);
    look_at(std::move(moment));
  }
  return true;
}

Outcome Session::apply(const Command& command) {
  if (!in_past()) return apply_to_newest(command);
  const std::uint64_t looked_at = state_.step;
  if (acts_on_newest(command.action)) {
    return_to_newest();
    Outcome outcome = apply_to_newest(command);
    if (!outcome.accepted) go_to(looked_at);
    return outcome;
  }
  Session before = *this;
  return_to_newest();
  const Outcome continued = apply_to_newest({ContinueFrom{looked_at}});
  Outcome outcome = apply_to_newest(command);
  if (!outcome.accepted) {
    *this = std::move(before);
    return outcome;
  }
  if (!outcome.notice.empty()) outcome.notice = ' ' + outcome.notice;
  outcome.notice = continued.notice + outcome.notice;
  return outcome;
}

std::shared_ptr<const GivenUpRun> Session::give_up(std::uint64_t from_step,
                                                   std::size_t path_start) {
  ++jumps_;
  auto run = std::make_shared<GivenUpRun>();
  run->from_step = from_step;
  run->end = newest_ ? std::move(*newest_) : Newest{state_, initial_parameters_, divergence_};
  newest_.reset();
  divergence_.reset();
  run->keyframe = keyframe_;
  run->timeline = timeline_.split_from(from_step);
  merge_curves();
  run->curves = merged_curves_.split_from(from_step);
  untaken_curves_.discard(from_step);
  const auto first = path_.begin() + static_cast<std::ptrdiff_t>(path_start);
  run->path_start = path_start;
  run->path.assign(first, path_.end());
  path_.erase(first, path_.end());
  run->recorded = recorded_;
  run->recorded_step = recorded_step_;
  return run;
}

std::shared_ptr<const GivenUpRun> Session::continue_from(std::uint64_t step) {
  go_to(step);
  timeline_.pin(moment());
  const auto first_later = std::ranges::upper_bound(path_, step, {}, &PathEntry::step);
  auto run = give_up(step, static_cast<std::size_t>(first_later - path_.begin()));
  timeline_.commanded(moment(), false);
  keep_keyframe();
  record();
  return run;
}

std::shared_ptr<const GivenUpRun> Session::restore(const GivenUpRun& run) {
  auto present = give_up(run.from_step, run.path_start);
  state_ = run.end.state;
  initial_parameters_ = run.end.initial_parameters;
  divergence_ = run.end.divergence;
  keyframe_ = run.keyframe;
  recorded_ = run.recorded;
  recorded_step_ = run.recorded_step;
  if (run.has_details()) {
    timeline_.append(run.timeline, state_);
  } else {
    timeline_.start(moment());
  }
  path_.insert(path_.end(), run.path.begin(), run.path.end());
  curves_.fresh = run.curves;
  return present;
}

bool Session::is_at_start() const {
  if (state_.step != 0 || divergence_) return false;
  const State start = initial_state(state_.settings, state_.data);
  return state_.parameters == *initial_parameters_ && state_.moment_updates == 0 &&
         state_.damping == start.damping && state_.batches.pending == start.batches.pending &&
         state_.batches.random == start.batches.random;
}

bool Session::takes_a_run_back(const Action& action) const {
  const std::vector<UndoEntry>* from = nullptr;
  if (std::holds_alternative<Undo>(action)) from = &undo_;
  if (std::holds_alternative<Redo>(action)) from = &redo_;
  return from != nullptr && !from->empty() &&
         std::holds_alternative<RestoreRun>(from->back().actions.front());
}

bool Session::is_given_up(std::size_t entry) const {
  const auto place = std::ranges::lower_bound(path_, entry, {}, &PathEntry::entry);
  return place == path_.end() || place->entry != entry;
}

void Session::limit_history(std::size_t bytes) {
  history_limit_bytes_ = bytes;
  bound_history();
}

std::vector<std::shared_ptr<const GivenUpRun>*> Session::given_up_runs() {
  std::vector<std::shared_ptr<const GivenUpRun>*> runs;
  for (std::vector<UndoEntry>* entries : {&undo_, &redo_}) {
    for (UndoEntry& entry : *entries) {
      for (Action& action : entry.actions) {
        if (auto* restore = std::get_if<RestoreRun>(&action)) runs.push_back(&restore->run);
      }
    }
  }
  return runs;
}

void Session::bound_history() {
  const std::size_t most = history_limit_bytes_ / 2;
  auto runs = given_up_runs();  // those that undo comes to last stand first
  given_up_bytes_ = 0;
  for (const auto* run : runs)
    given_up_bytes_ += (*run)->bytes();
  for (auto* run : runs) {
    if (given_up_bytes_ <= most) break;
    if (!(*run)->has_details()) continue;
    auto bare = std::make_shared<GivenUpRun>(**run);
    bare->timeline = Timeline();
    bare->curves = History();
    given_up_bytes_ -= (*run)->bytes() - bare->bytes();
    *run = std::move(bare);
  }
  const auto holds_run = [](const UndoEntry& entry) {
    return std::holds_alternative<RestoreRun>(entry.actions.front());
  };
  for (std::vector<UndoEntry>* entries : {&undo_, &redo_}) {
    while (given_up_bytes_ > most) {
      const auto oldest = std::ranges::find_if(*entries, holds_run);
      if (oldest == entries->end() || oldest + 1 == entries->end()) break;
      given_up_bytes_ -= std::get<RestoreRun>(oldest->actions.front()).run->bytes();
      entries->erase(entries->begin(), oldest + 1);
    }
  }
  timeline_.limit(history_limit_bytes_ - std::min(most, given_up_bytes_));
}

void Session::merge_curves() {
  curves_.apply_to(merged_curves_);
  untaken_curves_.append(curves_);
  curves_ = HistoryUpdate();
}

HistoryUpdate Session::take_history() {
  merge_curves();
  return std::exchange(untaken_curves_, HistoryUpdate());
}

void Session::note_seconds(double seconds) {
  curves_.fresh.seconds.add(state_.step, seconds);
}

std::optional<double> Session::noted_seconds() {
  if (curves_.fresh.seconds.empty()) merge_curves();
  const Series& series =
      curves_.fresh.seconds.empty() ? merged_curves_.seconds : curves_.fresh.seconds;
  if (series.empty()) return std::nullopt;
  return series.buckets().back().last;
}

}  // namespace deltascope
