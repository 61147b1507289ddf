// Processor time of one frame of the window's content, without rasterising it.

#include "ox.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/ui/workbench.hpp>

#include <benchmark/benchmark.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace deltascope::bench {
namespace {

// Uploading is the graphics driver's time.
class NoTextures : public ui::Textures {
 public:
  std::uintptr_t texture(const picture::Image&) override { return 1; }
};

// A window's content with nothing behind it.
class Screen {
 public:
  explicit Screen(const ui::Preferences& preferences) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1600, 1000};
    io.DeltaTime = 1.0F / 60.0F;
    problems_ = workbench_.emplace(textures_, preferences).build_fonts(1.0F);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  ~Screen() {
    workbench_.reset();
    ImGui::DestroyContext();
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  const Problems& problems() const { return problems_; }
  void draw(const Engine& engine, const History& history) {
    ImGui::NewFrame();
    workbench_->draw({.snapshot = engine.snapshot(),
                      .grid = engine.grid(),
                      .check = engine.check(),
                      .sweep = engine.sweep(),
                      .history = history,
                      .document = document_,
                      .keys = {},
                      .now_seconds = ImGui::GetTime()},
                     outbox_);
    ImGui::Render();
  }
  std::vector<Request> take_requests() {
    outbox_.take_window();
    return outbox_.take_engine();
  }

 private:
  NoTextures textures_;
  ui::DocumentStatus document_;
  ui::Outbox outbox_;
  std::optional<ui::Workbench> workbench_;
  Problems problems_;
};

// `steps_per_second`: 0 as fast as it goes, negative: paused.
void frame(benchmark::State& bench, double steps_per_second) {
  ui::Preferences preferences;
  preferences.steps_per_second = std::max(0.0, steps_per_second);
  Screen screen(preferences);
  if (!screen.problems().empty()) {
    bench.SkipWithError(screen.problems().front().text().c_str());
    return;
  }
  Engine engine(ox_document());
  History history;
  if (steps_per_second >= 0.0) {
    engine.post(SetSpeed{steps_per_second});
    engine.post(Play{});
  }
  const auto turn = [&] {
    if (engine.refresh()) engine.drain_history(history);
    screen.draw(engine, history);
    engine.post(screen.take_requests());
  };
  // The first frames lay out, ask for grids and fill caches.
  for (int i = 0; i < 30; ++i) {
    turn();
    std::this_thread::sleep_for(std::chrono::milliseconds(16));
  }
  for (auto _ : bench) {
    turn();
    bench.PauseTiming();
    // As long as the display would take, so that every frame has news.
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    bench.ResumeTiming();
  }
  bench.counters["step"] = static_cast<double>(engine.snapshot().step);
}

BENCHMARK_CAPTURE(frame, paused, -1.0)->Iterations(200)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, sixty_steps_per_second, 60.0)
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, full_speed, 0.0)->Iterations(200)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace deltascope::bench
