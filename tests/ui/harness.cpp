#include "harness.hpp"

#include "settings_sections.hpp"

#include <imgui.h>

#include <chrono>
#include <thread>

namespace deltascope::ui {
namespace {

Session ox_session() {
  const Settings settings = ox_settings();
  const Architecture& net = settings.model.architecture;
  const Dataset data =
      make_dataset(*find_dataset_recipe("ox"), {}, net.outputs(), net.output_activation());
  return {std::make_shared<const Settings>(settings), std::make_shared<const Dataset>(data)};
}

}  // namespace

Harness::Options all_unfolded() {
  Harness::Options options;
  options.height = 2400;
  for (const Section& section : sections())
    options.preferences.open_sections[section.title] = true;
  options.preferences.open_sections["‖δ‖ over time"] = true;
  return options;
}

Harness::Harness(const Options& options)
    : session(ox_session()), workbench(textures, options.preferences), scale_(options.scale) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // as that of OpenGL
  io.DisplaySize = ImVec2(options.width, options.height);
  io.MouseDoubleClickTime = 0.2F;
  // Back ends tell which keys edit text before the first frame.
  for (const auto key : {shim::EditKey::enter, shim::EditKey::escape, shim::EditKey::backspace,
                         shim::EditKey::tab}) {
    shim::feed_key(key, false);
  }
  frames(3);
}

Harness::~Harness() {
  ImGui::DestroyContext();
}

void Harness::fill_snapshot() {
  const State& state = session.state();
  ++snapshot_.number;
  snapshot_.run = session.divergence() ? RunState::diverged : run;
  snapshot_.step = state.step;
  snapshot_.epoch = state.batches.epoch;
  snapshot_.epoch_draws = state.batches.epoch_draws;
  snapshot_.gradient_evaluations = state.gradient_evaluations;
  snapshot_.damping = state.damping;
  snapshot_.accepted_trials = state.accepted_trials;
  snapshot_.rejected_trials = state.rejected_trials;
  snapshot_.settings = state.settings;
  snapshot_.data = state.data;
  snapshot_.parameters = state.parameters;
  snapshot_.evaluation = session.evaluate();
  snapshot_.has_trace = session.data().size() > 0 && !session.divergence();
  snapshot_.parameters_after = snapshot_.moments_after = {};
  snapshot_.moments = state.moments;
  snapshot_.moment_updates = state.moment_updates;
  if (snapshot_.has_trace) {
    const Proposal& proposal = session.preview(snapshot_.trace);
    snapshot_.moments_after = proposal.moments;
    session.apply_proposal(proposal, snapshot_.parameters_after);
    snapshot_.cost_after = session.cost_of(snapshot_.parameters_after);
  }
  snapshot_.trial = session.last_trial();
  snapshot_.batch_is_all = state.batches.all;
  snapshot_.batch = state.batches.pending;
  snapshot_.selected.reset();
  if (look_.selected && *look_.selected < session.data().size()) {
    snapshot_.selected = look_.selected;
    snapshot_.selected_trace = session.trace_sample(*look_.selected);
  }
  snapshot_.divergence = session.divergence();
  snapshot_.can_undo = session.can_undo();
  snapshot_.can_redo = session.can_redo();
  snapshot_.undo_label = session.undo_label();
  snapshot_.redo_label = session.redo_label();
  snapshot_.revision = session.revision();
  snapshot_.first_step = session.first_step();
  snapshot_.last_step = session.last_step();
  snapshot_.in_past = session.in_past();
  snapshot_.evaluation_step = state.step;
  snapshot_.history_bytes = session.history_bytes();
  snapshot_.history_limit_bytes = session.history_limit_bytes();
  if (log_revision_ != session.revision()) fill_log();
  session.take_history().apply_to(history_);
  if (pretend) pretend(snapshot_);
  if (evaluated_ == state.parameters && grid_.request == look_.grid) return;
  evaluated_ = state.parameters;
  grid_.source = snapshot_.number;
  grid_.step = state.step;
  grid_.request = look_.grid;
  evaluate_grid(session.settings().model.architecture, state.parameters, look_.grid, grid_.grid,
                grid_workspace_);
}

void Harness::fill_log() {
  auto lines = std::make_shared<std::vector<LogLine>>();
  for (std::size_t i = 0; i < session.log().size(); ++i) {
    const LoggedCommand& logged = session.log()[i];
    lines->push_back({logged.step, describe_fully(logged.command.action), session.is_given_up(i)});
  }
  snapshot_.log = std::move(lines);
  log_revision_ = session.revision();
}

void Harness::run_check() {
  const State& state = session.state();
  ++check.number;
  check.step = state.step;
  check.source = snapshot_.number;
  check.revision = session.revision();
  check.settings = state.data->size() > 0 ? state.settings : nullptr;
  if (check.settings == nullptr) return;
  StepTrace trace;
  const Proposal proposal = session.preview(trace);
  check.batch_size = trace.batch_size;
  check.batch_is_all = state.batches.all;
  const Batch batch{state.batches.all, state.batches.pending};
  check.gradient = check_gradient(state.settings->model, state.parameters, *state.data, batch,
                                  proposal.gradient);
  check.update = check_update(state);
}

void Harness::run_sweep(const SweepPlan& plan) {
  const SweepRequest request{plan, session.state().settings, session.state().data};
  ++sweep.number;
  sweep.progress = 1.0;
  sweep.result = std::make_shared<const SweepResult>(deltascope::run_sweep(request, 1));
  sweep.summary = summarize(*sweep.result);
}

void Harness::hand_on() {
  Outbox outbox;
  const Frame frame{snapshot_, grid_,       check,           sweep, history_, document,
                    keys_,     now_seconds, close_requested, false, frozen};
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  workbench.draw(frame, outbox);
  frame_cpu_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  keys_.clear();
  close_requested = false;
  for (WindowRequest& wish : outbox.take_window()) {
    if (const auto* set = std::get_if<SetFrozen>(&wish)) frozen = set->on;
    wishes.push_back(std::move(wish));
  }
  for (Request& request : outbox.take_engine()) {
    requests.push_back(request);
    if (const auto* command = std::get_if<Command>(&request); command != nullptr && hands_on_) {
      const Outcome outcome = session.apply(*command);
      if (!outcome.notice.empty()) {
        notices.push_back(outcome.notice);
        snapshot_.notices.push_back({++notice_number_, !outcome.accepted, outcome.notice});
      }
    }
    if (std::holds_alternative<Play>(request)) run = RunState::playing;
    if (std::holds_alternative<Pause>(request)) run = RunState::paused;
    if (std::holds_alternative<StepOnce>(request)) session.advance();
    if (const auto* to = std::get_if<GoToStep>(&request)) {
      run = RunState::paused;
      session.go_to(to->step);
    }
    if (const auto* to = std::get_if<RunTo>(&request)) {
      while (session.state().step < to->step && session.advance()) {
      }
    }
    if (std::holds_alternative<RunCheck>(request) && hands_on_) run_check();
    if (const auto* asked = std::get_if<RunSweep>(&request)) run_sweep(asked->plan);
    if (const auto* look = std::get_if<Look>(&request)) look_ = *look;
  }
}

void Harness::frames(int count) {
  for (int i = 0; i < count; ++i) {
    if (workbench.fonts_outdated(scale_)) {
      const Problems problems = workbench.build_fonts(scale_);
      ASSERT_TRUE(problems.empty()) << problems.front().text();
      shim::bake(*ImGui::GetIO().Fonts);
    }
    if (!frozen) fill_snapshot();
    now_seconds += 1.0 / 60;
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    shim::feed_mouse(mouse_);
    mouse_.wheel = 0;
    ImGui::NewFrame();
    hand_on();
    ImGui::Render();
  }
}

void Harness::move_to(picture::Point at) {
  mouse_.x = at.x;
  mouse_.y = at.y;
  frames(2);
}

void Harness::click(picture::Point at, bool right) {
  move_to(at);
  (right ? mouse_.right : mouse_.left) = true;
  frames(2);
  mouse_.right = mouse_.left = false;
  frames(2);
  frames(20);  // so that two clicks are not one double click
}

void Harness::double_click(picture::Point at) {
  move_to(at);
  for (int i = 0; i < 2; ++i) {
    mouse_.left = true;
    frames(2);
    mouse_.left = false;
    frames(2);
  }
  frames(20);
}

void Harness::drag(picture::Point from, picture::Point to, bool middle) {
  move_to(from);
  bool& button = middle ? mouse_.middle : mouse_.left;
  button = true;
  frames(2);
  constexpr int parts = 5;
  for (int i = 1; i <= parts; ++i) {
    const float t = static_cast<float>(i) / parts;
    move_to({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
  }
  button = false;
  frames(2);
  frames(20);
}

void Harness::wheel(picture::Point at, float notches) {
  move_to(at);
  mouse_.wheel = notches;
  frames(2);
}

void Harness::press(std::string_view control) {
  ASSERT_TRUE(has(control)) << control << " is not on screen";
  click(rect(control).center());
}

void Harness::key(Key key, bool ctrl, bool shift) {
  keys_.push_back({.key = key, .ctrl = ctrl, .shift = shift});
  frames(3);
}

void Harness::key_with_alt(Key key) {
  keys_.push_back({.key = key, .alt = true});
  frames(3);
}

void Harness::modifiers(bool ctrl, bool shift) {
  shim::feed_modifiers(ctrl, shift);
  frames(2);
}

void Harness::type(const std::string& text) {
  for (const char character : text) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(character));
  }
  frames(2);
}

void Harness::edit_key(shim::EditKey key) {
  shim::feed_key(key, true);
  frames(2);
  shim::feed_key(key, false);
  frames(2);
}

void Harness::enter(std::string_view field, const std::string& text) {
  press(field);  // selects what stands there
  type(text);
  edit_key(shim::EditKey::enter);
}

void Harness::choose(std::string_view combo, std::string_view row) {
  press(combo);
  frames(2);
  press(std::string(combo) + ": " + std::string(row));
  frames(2);
}

bool Harness::has(std::string_view control) const {
  return workbench.find_control(control).has_value();
}

void Harness::open_exercise(const Exercise& exercise, const Answers& answers) {
  document.exercise = exercise;
  document.answers = answers;
  ++document.opened;
  ++document.sessions;
  frames(3);
}

std::string Harness::picture() const {
  std::string bytes;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList& list = *data->CmdLists[i];
    bytes.append(reinterpret_cast<const char*>(list.VtxBuffer.Data),
                 static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    bytes.append(reinterpret_cast<const char*>(list.IdxBuffer.Data),
                 static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
  }
  return bytes;
}

int Harness::vertices() const {
  return ImGui::GetDrawData()->TotalVtxCount;
}

int Harness::windows() const {
  return ImGui::GetDrawData()->CmdListsCount;
}

picture::Rect Harness::rect(std::string_view control) const {
  return workbench.find_control(control).value();
}

picture::Point Harness::plane_px(double x, double y) const {
  return workbench.plane().value().to_px({x, y});
}

int Harness::label(Index sample) const {
  const Matrix& Y = data().Y;
  return decode_label({&Y.view()(0, sample), static_cast<std::size_t>(Y.rows())},
                      settings().model.architecture.output_activation());
}

std::size_t Harness::count(std::function<bool(const Request&)> which) const {
  return static_cast<std::size_t>(std::count_if(requests.begin(), requests.end(), which));
}

}  // namespace deltascope::ui
