#include "engine_thread.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace deltascope {
namespace {

// Evaluating all points for every snapshot is cheap up to here; beyond, while playing, the
// read-outs show the newest recorded values.
constexpr Index evaluated_each_time = 4096;
// Between two looks at the mail: long enough that looking costs nothing, short enough that nobody
// waits.
constexpr std::uint64_t most_steps_in_a_row = 1024;
constexpr double row_seconds = 100e-6;
constexpr std::size_t kept_notices = 16;
constexpr std::size_t kept_log_lines = 1000;
// Finer than any screen needs; keeps a mistaken request from taking all memory.
constexpr Index most_resolution = 2048;
// Faster than any machine steps: the same as unlimited.
constexpr double most_steps_per_second = 1e9;
// A change waits at most this long to be shown when steps come slowly.
constexpr double patience_seconds = 1.0 / 120.0;

}  // namespace

Engine::Thread::Thread(const Document& document, Options options)
    : session_(make_session(document)),
      options_(std::move(options)),
      grids_(options_.on_news),
      checks_(options_.on_news, [this] { wake(); }),
      sweeps_(options_.on_news, [this] { wake(); }) {
  if (!options_.clock) options_.clock = make_steady_clock();
  publish_preview();
  snapshots_.refresh();
  thread_ = std::thread([this] { run(); });
}

Engine::Thread::~Thread() {
  {
    const std::lock_guard lock(mail_mutex_);
    stopping_ = true;
    has_mail_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Engine::Thread::post(std::vector<Request> requests) {
  if (requests.empty()) return;
  {
    const std::lock_guard lock(mail_mutex_);
    mail_.insert(mail_.end(), std::make_move_iterator(requests.begin()),
                 std::make_move_iterator(requests.end()));
    has_mail_ = true;
  }
  wake_.notify_one();
}

bool Engine::Thread::refresh() {
  const bool new_snapshot = snapshots_.refresh();
  const bool new_grid = grids_.refresh();
  const bool new_check = checks_.refresh();
  const bool new_sweep = sweeps_.refresh();
  return new_snapshot || new_grid || new_check || new_sweep;
}

void Engine::Thread::drain_history(History& history) {
  HistoryUpdate update;
  {
    const std::lock_guard lock(curves_mutex_);
    update = std::exchange(curves_, HistoryUpdate());
  }
  update.apply_to(history);
}

void Engine::Thread::wake() {
  {
    const std::lock_guard lock(mail_mutex_);
    has_mail_ = true;
  }
  wake_.notify_one();
}

void Engine::Thread::run() {
  while (true) {
    {
      const std::lock_guard lock(mail_mutex_);
      if (stopping_) return;
    }
    guarded_turn();
    wait_for_work();
  }
}

void Engine::Thread::guarded_turn() {
  try {
    turn();
  } catch (const std::exception& fault) {
    // Nothing may cross the thread. The step or command that failed has not been taken.
    playing_ = false;
    changed_ = true;
    say(true, std::string("Training was paused because of a fault: ") + fault.what());
  }
}

void Engine::Thread::turn() {
  take_mail();
  if (playing_ && can_step()) {
    const std::uint64_t due =
        pacer_.unlimited() ? steps_in_a_row_ : pacer_.due(options_.clock->now_seconds());
    step_until_looked_at(due);
  }
  if (playing_ && session_.divergence()) {
    playing_ = false;
    changed_ = true;
  }
  if (!changed_) return;
  const bool idle = !playing_ || !can_step();
  const bool slow = !idle && !pacer_.unlimited() &&
                    pacer_.seconds_until_due(options_.clock->now_seconds()) > patience_seconds;
  if (idle || slow || snapshots_.taken()) publish_preview();
}

void Engine::Thread::step_until_looked_at(std::uint64_t steps) {
  const std::uint64_t end = session_.state().step + steps;
  begin_work();
  while (session_.state().step < end && !has_mail_.load(std::memory_order_relaxed)) {
    const std::uint64_t step = session_.state().step;
    if (snapshots_.taken()) {
      end_work();
      publish_step();
      begin_work();
    } else {
      std::uint64_t in_a_row = std::min(end - step, steps_in_a_row_);
      if (pause_at_) in_a_row = std::min(in_a_row, *pause_at_ - step);
      session_.advance_by(in_a_row);
    }
    if (!can_step()) break;
    pacer_.count(session_.state().step - step);
    if (pause_at_ && session_.state().step >= *pause_at_) {
      playing_ = false;
      changed_ = true;
      break;
    }
    if (work_is_known_ && !session_.in_past()) break;  // from here on it counts
  }
  end_work();
}

void Engine::Thread::begin_work() {
  work_start_step_ = session_.state().step;
  work_is_known_ = session_.in_past();
  if (!work_is_known_ && !session_.noted_seconds()) session_.note_seconds(0.0);
  work_start_seconds_ = options_.clock->now_seconds();
}

void Engine::Thread::end_work() {
  const std::uint64_t steps = session_.state().step - work_start_step_;
  if (work_is_known_ || steps == 0) return;
  const double worked = options_.clock->now_seconds() - work_start_seconds_;
  session_.note_seconds(session_.noted_seconds().value_or(0.0) + worked);
  if (worked > row_seconds) {
    steps_in_a_row_ = std::max<std::uint64_t>(1, steps_in_a_row_ / 2);
  } else if (worked < row_seconds / 4 && steps >= steps_in_a_row_) {
    steps_in_a_row_ = std::min(most_steps_in_a_row, 2 * steps_in_a_row_);
  }
}

void Engine::Thread::wait_for_work() {
  std::unique_lock lock(mail_mutex_);
  if (stopping_ || has_mail_) return;
  if (!playing_ || !can_step()) {
    constexpr double an_hour = 3600.0;
    options_.clock->wait(wake_, lock, an_hour);
  } else if (!pacer_.unlimited()) {
    const double seconds = pacer_.seconds_until_due(options_.clock->now_seconds());
    if (seconds > 0) options_.clock->wait(wake_, lock, seconds);
  }
}

void Engine::Thread::take_mail() {
  if (!has_mail_.load(std::memory_order_relaxed)) return;
  std::vector<Request> mail;
  {
    const std::lock_guard lock(mail_mutex_);
    mail.swap(mail_);
    has_mail_ = stopping_;
  }
  changed_ = true;
  // Behind a command a step may take far longer.
  steps_in_a_row_ = 1;
  take_faults();
  for (std::size_t i = 0; i < mail.size(); ++i) {
    // A dragged slider asks for a step in every frame; only where it has got to matters.
    const bool outdated = std::holds_alternative<GoToStep>(mail[i]) && i + 1 < mail.size() &&
                          std::holds_alternative<GoToStep>(mail[i + 1]);
    if (!outdated) std::visit([this](const auto& request) { handle(request); }, mail[i]);
  }
}

void Engine::Thread::handle(const Command& command) {
  const Outcome outcome = session_.apply(command);
  if (!outcome.notice.empty()) say(!outcome.accepted, outcome.notice);
}

void Engine::Thread::handle(const Play&) {
  if (session_.divergence()) return;
  if (session_.data().size() == 0) say(false, "There are no points yet: click in the plane.");
  playing_ = true;
  pause_at_.reset();
  pacer_.restart(options_.clock->now_seconds());
}

void Engine::Thread::handle(const Pause&) {
  playing_ = false;
}

void Engine::Thread::handle(const RunTo& request) {
  if (request.step <= session_.state().step) {
    handle(GoToStep{request.step});
    return;
  }
  handle(Play{});
  pause_at_ = request.step;
}

void Engine::Thread::handle(const StepOnce&) {
  playing_ = false;
  if (session_.data().size() == 0) {
    say(true, "There are no points to learn from: click in the plane.");
  } else {
    begin_work();
    session_.advance();
    end_work();
  }
}

void Engine::Thread::handle(const SetSpeed& request) {
  // Also for NaN: anything that is not a positive, sensible number means unlimited.
  const bool limited =
      request.steps_per_second > 0 && request.steps_per_second < most_steps_per_second;
  const double speed = limited ? request.steps_per_second : 0.0;
  pacer_.set_speed(speed, options_.clock->now_seconds());
}

void Engine::Thread::handle(const Look& request) {
  look_ = request;
  GridRequest& grid = look_.grid;
  grid.resolution = std::clamp<Index>(grid.resolution, 0, most_resolution);
  grid.hidden_resolution = std::clamp<Index>(grid.hidden_resolution, 0, most_resolution);
}

void Engine::Thread::handle(const GoToStep& request) {
  playing_ = false;
  session_.go_to(request.step);
}

void Engine::Thread::handle(const RunCheck&) {
  check_wanted_ = true;
}

void Engine::Thread::handle(const CancelCheck&) {
  check_wanted_ = false;
  checks_.cancel();
}

void Engine::Thread::handle(const RunSweep& request) {
  const State& state = session_.state();
  const std::string why = why_no_sweep({request.plan, state.settings, state.data});
  if (why.empty()) {
    sweeps_.submit({request.plan, state.settings, state.data});
  } else {
    say(true, why);
  }
}

void Engine::Thread::handle(const CancelSweep&) {
  sweeps_.cancel();
}

void Engine::Thread::handle(const OpenDocument& request) {
  handle(CancelCheck{});
  handle(CancelSweep{});
  session_ = request.session ? std::move(*request.session) : make_session(*request.document);
  log_lines_.reset();
  playing_ = false;
  look_.selected.reset();
}

void Engine::Thread::handle(const Capture& request) {
  if (request.take) request.take(session_);
}

void Engine::Thread::take_faults() {
  const std::string fault = checks_.take_fault();
  if (!fault.empty()) say(true, "The check ended because of a fault: " + fault);
  const std::string sweep_fault = sweeps_.take_fault();
  if (!sweep_fault.empty()) say(true, "The sweep ended because of a fault: " + sweep_fault);
}

void Engine::Thread::say(bool refused, std::string text) {
  notices_.push_back({++notice_count_, refused, std::move(text)});
  if (notices_.size() > kept_notices) notices_.pop_front();
}

bool Engine::Thread::evaluates_each_time() const {
  return !playing_ || session_.in_past() || session_.data().size() <= evaluated_each_time;
}

void Engine::Thread::fill_state(Snapshot& slot) {
  const State& state = session_.state();
  slot.number = ++last_number_;
  slot.target_steps_per_second = pacer_.speed();
  slot.step = state.step;
  slot.epoch = state.batches.epoch;
  slot.epoch_draws = state.batches.epoch_draws;
  slot.gradient_evaluations = state.gradient_evaluations;
  slot.damping = state.damping;
  slot.accepted_trials = state.accepted_trials;
  slot.rejected_trials = state.rejected_trials;
  slot.settings = state.settings;
  slot.data = state.data;
  slot.parameters = state.parameters;
  slot.moments = state.moments;
  slot.moment_updates = state.moment_updates;
  slot.first_step = session_.first_step();
  slot.last_step = session_.last_step();
  slot.in_past = session_.in_past();
  slot.batch_is_all = state.batches.all;
  slot.batch = state.batches.pending;
  if (evaluates_each_time()) {
    slot.evaluation = session_.evaluate();
    slot.evaluation_step = state.step;
  } else {
    slot.evaluation = session_.recorded_evaluation();
    slot.evaluation_step = session_.recorded_step();
  }
  if (std::exchange(check_wanted_, false)) {
    checks_.submit(
        {can_step() ? std::optional(state) : std::nullopt, slot.number, session_.revision()});
  }
  slot.selected.reset();
  if (look_.selected && *look_.selected >= 0 && *look_.selected < state.data->size()) {
    slot.selected = look_.selected;
    slot.selected_trace = session_.trace_sample(*look_.selected);
  }
}

void Engine::Thread::send(Snapshot& slot) {
  const double now = options_.clock->now_seconds();
  slot.run = session_.divergence() ? RunState::diverged
             : playing_            ? RunState::playing
                                   : RunState::paused;
  slot.steps_per_second = slot.run == RunState::playing ? pacer_.measured(now) : 0.0;
  slot.divergence = session_.divergence();
  slot.notices.assign(notices_.begin(), notices_.end());
  slot.can_undo = session_.can_undo();
  slot.can_redo = session_.can_redo();
  slot.undo_label = session_.undo_label();
  slot.redo_label = session_.redo_label();
  slot.revision = session_.revision();
  slot.history_bytes = session_.history_bytes();
  slot.history_limit_bytes = session_.history_limit_bytes();
  fill_log(slot);
  grids_.submit({slot.settings, slot.parameters, look_.grid, slot.step, slot.number});
  {
    // Before the snapshot, so that the curves are never behind it.
    const HistoryUpdate news = session_.take_history();
    const std::lock_guard lock(curves_mutex_);
    curves_.append(news);
  }
  snapshots_.publish();
  changed_ = false;
  if (options_.on_news) options_.on_news();
}

void Engine::Thread::fill_log(Snapshot& slot) {
  if (log_lines_ == nullptr || log_revision_ != session_.revision()) {
    const std::vector<LoggedCommand>& log = session_.log();
    auto lines = std::make_shared<std::vector<LogLine>>();
    for (std::size_t i = log.size() - std::min(log.size(), kept_log_lines); i < log.size(); ++i) {
      lines->push_back(
          {log[i].step, describe_fully(log[i].command.action), session_.is_given_up(i)});
    }
    log_lines_ = std::move(lines);
    log_revision_ = session_.revision();
  }
  slot.log = log_lines_;
}

void Engine::Thread::publish_preview() {
  Snapshot& slot = snapshots_.back();
  fill_state(slot);
  fill_preview(slot);
  send(slot);
}

void Engine::Thread::fill_preview(Snapshot& slot) {
  slot.has_trace = can_step();
  slot.parameters_after = slot.parameters;
  slot.moments_after = slot.moments;
  slot.cost_after.reset();
  if (slot.has_trace) {
    const Proposal& proposal = session_.preview(slot.trace);
    slot.batch_cost = proposal.batch_cost;
    slot.trial = proposal.trial;
    slot.moments_after = proposal.moments;
    session_.apply_proposal(proposal, slot.parameters_after);
    if (evaluates_each_time()) slot.cost_after = session_.cost_of(slot.parameters_after);
  }
}

void Engine::Thread::publish_step() {
  Snapshot& slot = snapshots_.back();
  fill_state(slot);
  if (session_.in_past()) {
    // What was commanded behind the step is not part of it.
    fill_preview(slot);
    session_.advance();
    send(slot);
    return;
  }
  begin_work();
  slot.has_trace = session_.advance(&slot.trace);
  end_work();
  slot.batch_cost = slot.trace.cost();
  slot.trial = session_.last_trial();
  slot.parameters_after = session_.state().parameters;
  slot.moments_after = session_.state().moments;
  slot.cost_after.reset();
  if (evaluates_each_time()) slot.cost_after = session_.cost_of(slot.parameters_after);
  send(slot);
}

}  // namespace deltascope
