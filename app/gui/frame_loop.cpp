#include "frame_loop.hpp"

#include "fault.hpp"
#include "icon.hpp"
#include "screenshot.hpp"

#include <deltascope/assets.hpp>
#include <deltascope/dataset.hpp>
#include <deltascope/presets.hpp>
#include <deltascope/ui/view_hints.hpp>

#include <algorithm>
#include <ctime>
#include <iostream>
#include <limits>
#include <thread>
#include <utility>

namespace deltascope::gui {
namespace {

// Dear ImGui needs a frame to see input, one to react, one to show what that uncovered.
constexpr int frames_after_input = 3;
// A frame that comes this much of a period early is one whose swap did not wait for the display.
constexpr double early = 0.9;

// The session that a start without a file shows.
Document ox_document() {
  Document document;
  const Settings settings = ox_settings();
  const Architecture& net = settings.model.architecture;
  document.data = std::make_shared<const Dataset>(
      make_dataset(dataset_recipes().front(), {}, net.outputs(), net.output_activation()));
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

// What is remembered, unless the command line says otherwise.
ui::Preferences with(const Options& options, ui::Preferences preferences) {
  if (!options.theme.empty()) preferences.dark = options.theme == "dark";
  if (options.zoom_percent) preferences.zoom = static_cast<float>(*options.zoom_percent) / 100.0F;
  if (options.size) {
    std::tie(preferences.window_width, preferences.window_height) = *options.size;
    preferences.maximized = false;
  }
  return preferences;
}

Window::Geometry geometry(const ui::Preferences& preferences) {
  return {preferences.window_width, preferences.window_height, preferences.maximized};
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

FrameLoop::FrameLoop(const Options& options, Time program_start)
    : program_start_(program_start),
      script_(options.script.empty() ? std::nullopt : std::optional<Script>(options.script)),
      // A script shows the same on every machine, and leaves no traces.
      store_(script_ ? std::filesystem::path() : ui::preferences_file()),
      window_(geometry(with(options, store_.loaded()))),
      backend_(window_.handle()),
      workbench_(textures_, with(options, store_.loaded()), &draw_calls_),
      documents_(&Window::wake, read_presets(list_presets())),
      engine_(ox_document(), {nullptr, &Window::wake}) {
  set_icon(window_, find_asset("deltascope.png"));
  // Where the real pointer happens to be is nothing that a script's pictures should show.
  if (script_) pointer_ = ScriptedPointer{.position = {-1.0F, -1.0F}};
  if (!options.file.empty()) documents_.open(options.file, options.variant);
}

void FrameLoop::run() {
  while (!quit_) {
    window_.wait_events(wait_seconds());
    const WindowEvents events = window_.take_events();
    // Nobody sees it; the engine keeps what it has to say.
    if (window_.minimized() && !events.close_requested) continue;
    take_news(events);
    if (script_) {
      const Script::Turn turn = script_->advance(*this, seconds_since_start());
      script_wait_seconds_ = turn.wait_seconds;
      if (turn.draw) frames_due_ = std::max(frames_due_, 1);
    }
    if (frames_due_ == 0 || quit_) continue;
    --frames_due_;
    keep_pace();
    draw();
    hand_on();
    update_title();
  }
  save_preferences();
}

// 0: there is a frame to draw at once.
double FrameLoop::wait_seconds() const {
  if (frames_due_ > 0) return 0.0;
  if (window_.minimized()) return std::numeric_limits<double>::infinity();
  const double change =
      last_frame_seconds_ + workbench_.seconds_until_next_change() - seconds_since_start();
  return script_ ? std::min(change, script_wait_seconds_) : change;
}

void FrameLoop::take_news(const WindowEvents& events) {
  if (events.any) frames_due_ = frames_after_input;
  keys_.insert(keys_.end(), events.keys.begin(), events.keys.end());
  close_requested_ = close_requested_ || events.close_requested;
  if (!events.dropped.empty()) documents_.open(events.dropped.front());

  if (!frozen_ && engine_.refresh()) {
    engine_.drain_history(history_);
    frames_due_ = std::max(frames_due_, 1);
  }
  Documents::News news = documents_.poll();
  if (news.opened) {
    frozen_ = false;
    engine_.post(OpenDocument{std::move(news.opened), std::move(news.session)});
  }
  if (news.changed) {
    frames_due_ = frames_after_input;
    if (documents_.status().message_is_error) {
      std::cerr << "deltascope: " << documents_.status().message << '\n';
    } else if (quit_once_saved_) {
      quit_ = true;
    }
    quit_once_saved_ = false;  // a save that failed keeps the window, and the work, open
  }
  const double change = last_frame_seconds_ + workbench_.seconds_until_next_change();
  if (change <= seconds_since_start()) frames_due_ = std::max(frames_due_, 1);
}

// Swapping waits for the display where the driver lets it; where not, this does.
void FrameLoop::keep_pace() {
  const double period = 1.0 / window_.refresh_rate();
  const double passed = seconds_since_start() - last_frame_seconds_;
  if (passed < early * period) {
    std::this_thread::sleep_for(std::chrono::duration<double>(period - passed));
  }
}

void FrameLoop::draw() {
  const float scale = window_.content_scale();
  if (workbench_.fonts_outdated(scale)) {
    const Problems problems = workbench_.build_fonts(scale);
    if (!problems.empty()) throw Fault(ExitCode::no_fonts, problems.front().text());
    backend_.upload_fonts();
  }
  last_frame_seconds_ = seconds_since_start();
  backend_.new_frame(pointer_);
  workbench_.draw({.snapshot = engine_.snapshot(),
                   .grid = engine_.grid(),
                   .check = engine_.check(),
                   .sweep = engine_.sweep(),
                   .history = history_,
                   .document = documents_.status(),
                   .keys = keys_,
                   .now_seconds = last_frame_seconds_,
                   .close_requested = close_requested_,
                   .fullscreen = window_.fullscreen(),
                   .frozen = frozen_},
                  outbox_);
  keys_.clear();
  close_requested_ = false;
  if (pointer_) pointer_->wheel = 0.0F;

  int width_px = 0;
  int height_px = 0;
  window_.framebuffer_size(width_px, height_px);
  backend_.render(width_px, height_px);
  textures_.end_frame();
  draw_calls_.end_frame();
  if (screenshot_) {
    Problems problems;
    if (!save_screenshot(width_px, height_px, *screenshot_, problems)) {
      throw Fault(ExitCode::script, problems.front().text());
    }
    screenshot_.reset();
  }
  if (frames_drawn_ == 0) window_.show();
  window_.swap_buffers();
  if (frames_drawn_++ == 0) first_frame_seconds_ = seconds_since_start();
}

void FrameLoop::hand_on() {
  if (auto requests = outbox_.take_engine(); !requests.empty()) engine_.post(std::move(requests));
  for (const ui::WindowRequest& request : outbox_.take_window()) {
    std::visit(
        Overloaded{
            [&](const ui::OpenFile& open) { documents_.open(open.path); },
            [&](const ui::OpenVariant& open) { open_variant(open.variant); },
            [&](const ui::SaveFile& save) { this->save(save); },
            [&](const ui::WriteText& write) { documents_.write_text(write.path, write.text); },
            [&](const ui::SetFrozen& set) { frozen_ = set.on; },
            [&](const ui::Quit&) { (documents_.status().busy ? quit_once_saved_ : quit_) = true; },
            [&](const ui::SetFullscreen& set) { window_.set_fullscreen(set.on); },
        },
        request);
    frames_due_ = frames_after_input;
  }
}

// Goes on playing: what is compared is how runs go.
void FrameLoop::open_variant(std::optional<std::size_t> variant) {
  std::shared_ptr<const Document> document = documents_.open_variant(variant);
  if (!document) return;
  frozen_ = false;
  const bool plays = engine_.snapshot().run == RunState::playing;
  engine_.post(OpenDocument{std::move(document)});
  if (plays) engine_.post(Play{});
}

void FrameLoop::save(const ui::SaveFile& wanted) {
  auto capture =
      documents_.save(wanted.path, ui::view_hints(workbench_.preferences()), wanted.answers);
  if (capture) engine_.post(*std::move(capture));
}

void FrameLoop::update_title() {
  const ui::DocumentStatus& status = documents_.status();
  std::string title = status.name.empty() ? "Deltascope" : status.name + " – Deltascope";
  const bool changed = engine_.snapshot().revision != status.saved_revision;
  if (changed || workbench_.has_unsaved_answers()) title = "* " + title;
  if (title == title_) return;
  title_ = std::move(title);
  window_.set_title(title_);
}

void FrameLoop::save_preferences() {
  ui::Preferences preferences = workbench_.preferences();
  const Window::Geometry now = window_.geometry();
  preferences.maximized = now.maximized;
  if (!now.maximized) {
    preferences.window_width = now.width;
    preferences.window_height = now.height;
  }
  store_.save(preferences);
}

double FrameLoop::seconds_since_start() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - program_start_).count();
}

std::optional<picture::Point> FrameLoop::plane_px(picture::PlanePoint point) const {
  const auto plane = workbench_.plane();
  return plane ? std::optional(plane->to_px(point)) : std::nullopt;
}

double FrameLoop::cpu_seconds() const {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace deltascope::gui
