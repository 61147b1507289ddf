// What the window hands to the graphics card at once, and when it does so again.

#include "shim.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/ui/workbench.hpp>

#include <gtest/gtest.h>
#include <imgui.h>

#include <chrono>
#include <map>
#include <thread>

namespace deltascope::ui {
namespace {

class NoTextures : public Textures {
 public:
  std::uintptr_t texture(const picture::Image&) override { return 1; }
};

// As the window's OpenGL keeps them, without drawing.
class CountedDrawCalls : public DrawCalls {
 public:
  struct Kept : DrawCall {
    void draw(const picture::Rect& clip_px, std::uintptr_t) override {
      ++drawn;
      clip = clip_px;
    }
    std::uint64_t revision = 0;
    std::size_t count = 0, uploads = 0, drawn = 0, corners = 0;
    picture::Rect clip;
  };

  DrawCall& marks(const picture::Marks& marks, const Figures& figures) override {
    Kept& kept = clouds[marks.key];
    if (kept.uploads == 0 || kept.revision != marks.revision) {
      ++kept.uploads;
      kept.revision = marks.revision;
      kept.count = marks.marks.size();
    } else {
      EXPECT_TRUE(marks.marks.empty());
    }
    kept.corners = figures.corners.size();
    EXPECT_EQ(figures.corners.size(), figures.corners_each * marks.figures.size());
    return kept;
  }
  DrawCall& curves(std::uint64_t key, std::span<const picture::Bezier> curves) override {
    Kept& kept = lines[key];
    kept.count = curves.size();
    return kept;
  }

  std::map<std::uint64_t, Kept> clouds, lines;
};

Document document_of(std::vector<Index> hidden, Index batch) {
  Settings settings = ox_settings();
  const Activation* tanh = find_activation("tanh");
  std::vector<Index> sizes{2};
  sizes.insert(sizes.end(), hidden.begin(), hidden.end());
  sizes.push_back(2);
  settings.model.architecture = Architecture(sizes, std::vector(sizes.size() - 1, tanh));
  settings.batch_size = batch;
  Document document;
  const Architecture& net = settings.model.architecture;
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("ox"), {}, net.outputs(), net.output_activation()));
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

class DrawCallsTest : public ::testing::Test {
 protected:
  void open(const Document& document_given) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = ImVec2(1600, 1000);
    EXPECT_TRUE(workbench.build_fonts(1).empty());
    shim::bake(*ImGui::GetIO().Fonts);
    engine.emplace(document_given);
    for (int i = 0; i < 3; ++i)
      frame();
  }
  ~DrawCallsTest() override {
    if (engine) ImGui::DestroyContext();
  }

  void frame(std::vector<KeyEvent> keys = {}) {
    if (engine->refresh()) engine->drain_history(history);
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    shim::feed_mouse({});
    ImGui::NewFrame();
    Outbox outbox;
    workbench.draw({engine->snapshot(), engine->grid(), engine->check(), engine->sweep(), history,
                    document, keys, 0, false, false},
                   outbox);
    ImGui::Render();
    engine->post(outbox.take_engine());
  }

  // What a back end does with calls between the triangles.
  static void render() {
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i) {
      for (const ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) {
        if (command.UserCallback != nullptr &&
            command.UserCallback != ImDrawCallback_ResetRenderState) {
          command.UserCallback(data.CmdLists[i], &command);
        }
      }
    }
  }

  template <class Wanted>
  bool until(Wanted wanted) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < end) {
      frame();
      if (wanted(engine->snapshot())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  NoTextures textures;
  CountedDrawCalls draw_calls;
  Workbench workbench{textures, {}, &draw_calls};
  DocumentStatus document;
  std::optional<Engine> engine;
  History history;
};

TEST_F(DrawCallsTest, PointsAreUploadedOnceAndDrawnInOneCall) {
  open(document_of({3}, 0));
  for (int i = 0; i < 10; ++i)
    frame();
  ASSERT_EQ(draw_calls.clouds.size(), 1U);
  const CountedDrawCalls::Kept& points = draw_calls.clouds.begin()->second;
  EXPECT_EQ(points.uploads, 1U);
  EXPECT_EQ(points.count, 10U);
  EXPECT_GT(points.corners, 0U);
  render();
  EXPECT_EQ(points.drawn, 1U);
  EXPECT_EQ(points.clip, workbench.plane()->area_px);
}

TEST_F(DrawCallsTest, TrainingDoesNotUploadThePointsAgain) {
  open(document_of({3}, 0));
  engine->post(Play{});
  ASSERT_TRUE(until([](const Snapshot& s) { return s.step > 20; }));
  EXPECT_EQ(draw_calls.clouds.begin()->second.uploads, 1U);
}

TEST_F(DrawCallsTest, ANewPointIsUploaded) {
  open(document_of({3}, 0));
  engine->post(Command{AddPoint{0.25, 0.75, 1}});
  ASSERT_TRUE(until([](const Snapshot& s) { return s.data->size() == 11; }));
  const CountedDrawCalls::Kept& points = draw_calls.clouds.begin()->second;
  EXPECT_EQ(points.uploads, 2U);
  EXPECT_EQ(points.count, 11U);
}

TEST_F(DrawCallsTest, RingsFollowTheBatchAndLeaveThePointsAlone) {
  open(document_of({3}, 4));
  ASSERT_EQ(draw_calls.clouds.size(), 2U);
  const CountedDrawCalls::Kept& points = draw_calls.clouds.begin()->second;
  const CountedDrawCalls::Kept& rings = draw_calls.clouds.rbegin()->second;
  EXPECT_EQ(rings.count, 4U);
  const std::size_t before = rings.uploads;
  engine->post(StepOnce{});
  ASSERT_TRUE(until([](const Snapshot& s) { return s.step == 1; }));
  EXPECT_EQ(rings.uploads, before + 1);
  EXPECT_EQ(points.uploads, 1U);
}

TEST_F(DrawCallsTest, ManyEdgesAreOneCall) {
  open(document_of({16, 16}, 0));
  ASSERT_EQ(draw_calls.lines.size(), 1U);
  EXPECT_EQ(draw_calls.lines.begin()->second.count, 2U * 16 + 16 * 16 + 16 * 2);
  render();
  EXPECT_EQ(draw_calls.lines.begin()->second.drawn, 1U);
}

}  // namespace
}  // namespace deltascope::ui
