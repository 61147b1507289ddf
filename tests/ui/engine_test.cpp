// The window on the real engine and its thread, as the program has it.

#include "shim.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/ui/workbench.hpp>

#include <gtest/gtest.h>
#include <imgui.h>

#include <chrono>
#include <thread>

namespace deltascope::ui {
namespace {

class NoTextures : public Textures {
 public:
  std::uintptr_t texture(const picture::Image&) override { return 1; }
};

Document ox_document() {
  Document document;
  const Settings settings = ox_settings();
  const Architecture& net = settings.model.architecture;
  document.settings = std::make_shared<const Settings>(settings);
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("ox"), {}, net.outputs(), net.output_activation()));
  return document;
}

class OnEngine : public ::testing::Test {
 protected:
  OnEngine() : workbench(textures, {}), engine(ox_document()) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = ImVec2(1600, 1000);
    EXPECT_TRUE(workbench.build_fonts(1).empty());
    shim::bake(*ImGui::GetIO().Fonts);
  }
  ~OnEngine() override { ImGui::DestroyContext(); }

  void frame(std::vector<KeyEvent> keys = {}) {
    if (engine.refresh()) engine.drain_history(history);
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    shim::feed_mouse(mouse);
    ImGui::NewFrame();
    Outbox outbox;
    workbench.draw({engine.snapshot(), engine.grid(), engine.check(), engine.sweep(), history,
                    document, keys, 0, false, false},
                   outbox);
    ImGui::Render();
    engine.post(outbox.take_engine());
  }

  // Frames until the engine shows what is wanted; false after ten seconds.
  template <class Wanted>
  bool until(Wanted wanted) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
      frame();
      if (wanted(engine.snapshot())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  void click(picture::Point at) {
    mouse.x = at.x;
    mouse.y = at.y;
    for (const bool down : {false, true, false}) {
      mouse.left = down;
      frame();
      frame();
    }
  }

  NoTextures textures;
  Workbench workbench;
  DocumentStatus document;
  Engine engine;
  History history;
  shim::Mouse mouse;
};

TEST_F(OnEngine, TrainsWhilePointsArePlaced) {
  frame({{.key = Key::space}});
  ASSERT_TRUE(until([](const Snapshot& s) { return s.run == RunState::playing && s.step > 3; }));
  click(workbench.plane()->to_px({0.25, 0.75}));
  ASSERT_TRUE(until([](const Snapshot& s) { return s.data->size() == 11; }));
  EXPECT_EQ(engine.snapshot().run, RunState::playing);
  frame({{.key = Key::z, .ctrl = true}});
  EXPECT_TRUE(until([](const Snapshot& s) { return s.data->size() == 10; }));
  frame({{.key = Key::space}});
  EXPECT_TRUE(until([](const Snapshot& s) { return s.run == RunState::paused; }));
}

TEST_F(OnEngine, GetsTheGridsItAskedFor) {
  ASSERT_TRUE(until([&](const Snapshot&) {
    const GridSnapshot& grid = engine.grid();
    return !grid.grid.maps.empty() && grid.grid.area == workbench.plane()->plane;
  }));
  EXPECT_EQ(engine.grid().request.resolution, 128);
}

TEST_F(OnEngine, SelectedPointIsTraced) {
  frame();
  click(workbench.plane()->to_px({0.3, 0.4}));
  ASSERT_TRUE(until([](const Snapshot& s) { return s.selected == 1; }));
  EXPECT_EQ(engine.snapshot().selected_trace.x, (std::vector<double>{0.3, 0.4}));
}

}  // namespace
}  // namespace deltascope::ui
