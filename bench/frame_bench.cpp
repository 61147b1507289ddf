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

// Uploading and rasterising are the graphics driver's time.
class NoTextures : public ui::Textures {
 public:
  std::uintptr_t texture(const picture::Image&) override { return 1; }
};

class NoDrawCalls : public ui::DrawCalls, private ui::DrawCall {
 public:
  ui::DrawCall& marks(const picture::Marks&, const ui::Figures&) override { return *this; }
  ui::DrawCall& curves(std::uint64_t, std::span<const picture::Bezier>) override { return *this; }

 private:
  void draw(const picture::Rect&, std::uintptr_t) override {}
};

// A window's content with nothing behind it.
class Screen {
 public:
  explicit Screen(const ui::Preferences& preferences) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // as OpenGL has
    io.DisplaySize = {1600, 1000};
    io.DeltaTime = 1.0F / 60.0F;
    problems_ = workbench_.emplace(textures_, preferences, &draw_calls_).build_fonts(1.0F);
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
  // Somewhere else over the plane in every frame.
  void move_mouse(std::size_t turn) {
    const auto plane = workbench_->plane();
    if (!plane) return;
    const picture::Point center = plane->area_px.center();
    const auto x = static_cast<float>(turn % 64), y = static_cast<float>(turn % 48);
    ImGui::GetIO().MousePos = {center.x + x, center.y + y};
  }
  void count(benchmark::State& bench) const {
    const ImDrawData& drawn = *ImGui::GetDrawData();
    int draw_calls = 0;
    for (int i = 0; i < drawn.CmdListsCount; ++i) {
      for (const ImDrawCmd& command : drawn.CmdLists[i]->CmdBuffer) {
        const bool is_own = command.UserCallback != nullptr &&
                            command.UserCallback != ImDrawCallback_ResetRenderState;
        draw_calls += is_own || command.ElemCount > 0 ? 1 : 0;
      }
    }
    bench.counters["draw_calls"] = draw_calls;
    bench.counters["vertices"] = drawn.TotalVtxCount;  // without those of our own calls
  }
  std::vector<Request> take_requests() {
    outbox_.take_window();
    return outbox_.take_engine();
  }

 private:
  NoTextures textures_;
  NoDrawCalls draw_calls_;
  ui::DocumentStatus document_;
  ui::Outbox outbox_;
  std::optional<ui::Workbench> workbench_;
  Problems problems_;
};

constexpr double paused = -1.0, as_fast_as_it_goes = 0.0;  // steps per second

struct Case {
  Document (*document)();
  double steps_per_second;
  std::uint64_t steps = 0;   ///< taken before
  bool mouse_moves = false;  ///< over the points
};

void frame(benchmark::State& bench, const Case& shown) {
  ui::Preferences preferences;
  preferences.steps_per_second = std::max(0.0, shown.steps_per_second);
  Screen screen(preferences);
  if (!screen.problems().empty()) {
    bench.SkipWithError(screen.problems().front().text().c_str());
    return;
  }
  Engine engine(shown.document());
  History history;
  engine.post(SetSpeed{0.0});
  if (shown.steps > 0) engine.post(RunTo{shown.steps});
  while (engine.snapshot().step < shown.steps) {
    std::this_thread::sleep_for(std::chrono::milliseconds(16));
    engine.refresh();
  }
  engine.post(SetSpeed{preferences.steps_per_second});
  if (shown.steps_per_second >= 0.0) engine.post(Play{});
  std::size_t turns = 0;
  const auto turn = [&] {
    if (engine.refresh()) engine.drain_history(history);
    if (shown.mouse_moves) screen.move_mouse(turns);
    screen.draw(engine, history);
    engine.post(screen.take_requests());
    ++turns;
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
  screen.count(bench);
}

BENCHMARK_CAPTURE(frame, ox_paused, Case{ox_document, paused})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, ox_sixty_steps_per_second, Case{ox_document, 60.0})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, ox_full_speed, Case{ox_document, as_fast_as_it_goes})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, ox_after_ten_million_steps, Case{ox_document, paused, 10'000'000})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, large_paused, Case{large_document, paused})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, large_mouse_moves, Case{large_document, paused, 0, true})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, large_sixty_steps_per_second, Case{large_document, 60.0})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(frame, large_full_speed, Case{large_document, as_fast_as_it_goes})
    ->Iterations(200)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace deltascope::bench
