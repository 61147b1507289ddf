#include <deltascope/picture/cairo_canvas.hpp>
#include <deltascope/picture/gallery.hpp>
#include <deltascope/picture/palette.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace deltascope::picture {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone afterwards.
class GalleryTest : public testing::Test {
 protected:
  GalleryTest()
      : folder_(fs::temp_directory_path() / ("deltascope-gallery-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~GalleryTest() override { fs::remove_all(folder_); }

  PictureFile file(const std::string& name) const {
    PictureFile result;
    result.file = folder_ / name;
    result.title = "O and X · δ ∂ ∇ 学";
    result.caption = "2-2-3-2";
    result.scale = 1;
    return result;
  }
  std::string content(const std::string& name) const {
    std::ifstream stream(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  Model model() const { return {architecture_, find_loss("quadratic")}; }

  fs::path folder_;
  Architecture architecture_{{2, 3, 2}, {find_activation("tanh"), find_activation("sigmoid")}};
  std::vector<double> parameters_ = std::vector<double>(17, 0.3);
};

bool is_png(const std::string& bytes) {
  return bytes.rfind("\x89PNG\r\n\x1a\n", 0) == 0;
}

unsigned png_width(const std::string& bytes) {
  return static_cast<unsigned char>(bytes[18]) * 256U + static_cast<unsigned char>(bytes[19]);
}

TEST_F(GalleryTest, WritesEveryPictureInBothFormats) {
  const PictureRun run{&architecture_, parameters_, nullptr};
  History history;
  for (std::uint64_t step = 0; step < 50; ++step)
    history.cost.add(step, 1.0 / (1.0 + step));
  history.rms_delta.assign(2, history.cost);
  Problems problems;
  for (const std::string extension : {".png", ".svg", ".PNG"}) {
    EXPECT_TRUE(
        save_boundary_picture(file("boundary" + extension), run, Shading::smooth, problems));
    EXPECT_TRUE(save_network_picture(file("network" + extension), run, nullptr, problems));
    EXPECT_TRUE(save_loss_picture(file("loss" + extension), history, run, model(), {}, problems));
    EXPECT_TRUE(save_delta_history_picture(file("delta" + extension), history, problems));
    EXPECT_TRUE(save_delta_picture(file("cells" + extension), architecture_, {}, problems));
    for (const std::string name : {"boundary", "network", "loss", "delta", "cells"}) {
      const std::string bytes = content(name + extension);
      if (extension == ".svg") {
        EXPECT_NE(bytes.find("<svg"), std::string::npos) << name;
        EXPECT_NE(bytes.find("</svg>"), std::string::npos) << name;
      } else {
        EXPECT_TRUE(is_png(bytes)) << name;
      }
    }
  }
  EXPECT_TRUE(problems.empty());
}

TEST_F(GalleryTest, HasTheSizeAskedFor) {
  PictureFile wanted = file("a.png");
  wanted.width = 320;
  wanted.height = 200;
  wanted.scale = 1.5F;
  Problems problems;
  ASSERT_TRUE(save_loss_picture(wanted, {}, {}, model(), {}, problems));
  EXPECT_EQ(png_width(content("a.png")), 480U);
}

TEST_F(GalleryTest, TheSameRunGivesTheSameBytes) {
  const PictureRun run{&architecture_, parameters_, nullptr};
  Problems problems;
  ASSERT_TRUE(save_boundary_picture(file("a.png"), run, Shading::smooth, problems));
  ASSERT_TRUE(save_boundary_picture(file("b.png"), run, Shading::smooth, problems));
  EXPECT_EQ(content("a.png"), content("b.png"));
  PictureFile light = file("c.png");
  light.dark = false;
  ASSERT_TRUE(save_boundary_picture(light, run, Shading::smooth, problems));
  EXPECT_NE(content("a.png"), content("c.png"));
}

TEST_F(GalleryTest, ShadesThePlaneAsAsked) {
  const PictureRun run{&architecture_, parameters_, nullptr};
  Problems problems;
  ASSERT_TRUE(save_boundary_picture(file("a.png"), run, Shading::smooth, problems));
  ASSERT_TRUE(save_boundary_picture(file("b.png"), run, Shading::hard, problems));
  EXPECT_NE(content("a.png"), content("b.png"));
}

TEST_F(GalleryTest, EveryPartOfTheStyleShowsInTheLossPicture) {
  const Dataset data = make_dataset(*find_dataset_recipe("ox"), {}, 2, *find_activation("sigmoid"));
  const PictureRun run{&architecture_, parameters_, &data};
  History history;
  for (std::uint64_t step = 0; step < 50; ++step) {
    history.cost.add(step, 0.4 / (1.0 + static_cast<double>(step)));
    history.gradient_evaluations.add(step, static_cast<double>(step * step));
  }
  const std::vector<LossStyle> styles{
      {},
      {.log_steps = true},
      {.log_cost = true},
      {.paper_scale = true},
      {.against = find_run_measure("gradient_evaluations")},
  };
  Problems problems;
  std::vector<std::string> pictures;
  for (const LossStyle& style : styles) {
    ASSERT_TRUE(save_loss_picture(file("a.svg"), history, run, model(), style, problems));
    pictures.push_back(content("a.svg"));
  }
  for (std::size_t i = 1; i < pictures.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_NE(pictures[i], pictures[j]) << i << " and " << j;
  }
}

TEST_F(GalleryTest, ShowsBatchesOnlyWhereTheyHaveAPlace) {
  const Dataset data = make_dataset(*find_dataset_recipe("ox"), {}, 2, *find_activation("sigmoid"));
  const PictureRun run{&architecture_, parameters_, &data};
  History history;
  for (std::uint64_t step = 0; step < 50; ++step) {
    history.cost.add(step, 0.4);
    history.batch_cost.add(step, step % 2 == 0 ? 0.3 : 0.5);
  }
  Problems problems;
  const auto picture_in = [&](const Model& model, const LossStyle& style) {
    EXPECT_TRUE(save_loss_picture(file("a.png"), history, run, model, style, problems));
    return content("a.png");
  };
  EXPECT_FALSE(picture_in(model(), {.batches = true}) == picture_in(model(), {.batches = false}));
  EXPECT_TRUE(picture_in(model(), {.paper_scale = true, .batches = true}) ==
              picture_in(model(), {.paper_scale = true, .batches = false}));
  // This loss has no such scale: Cost is drawn, and batches with it.
  const Model entropy{architecture_, find_loss("bce")};
  EXPECT_TRUE(picture_in(entropy, {.paper_scale = true, .batches = true}) ==
              picture_in(entropy, {.batches = true}));
}

TEST_F(GalleryTest, NamesTheFileThatCannotBeWritten) {
  Problems problems;
  EXPECT_FALSE(save_loss_picture(file("picture.gif"), {}, {}, model(), {}, problems));
  EXPECT_FALSE(save_loss_picture(file("no such folder/a.png"), {}, {}, model(), {}, problems));
  PictureFile huge = file("huge.png");
  huge.width = huge.height = 40'000;
  EXPECT_FALSE(save_loss_picture(huge, {}, {}, model(), {}, problems));
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_NE(problems[0].text().find("picture.gif: the name of a picture must end in"),
            std::string::npos);
  EXPECT_NE(problems[1].text().find("no such folder"), std::string::npos);
  EXPECT_NE(problems[2].text().find("huge.png"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(GalleryTest, NetworksOfOtherThanTwoInputsArePicturesToo) {
  const Architecture three({3, 1}, {find_activation("sigmoid")});
  const std::vector<double> parameters(4, 0.5);
  Dataset data;
  data.X.resize(3, 2);
  data.Y.resize(1, 2);
  const PictureRun run{&three, parameters, &data};
  Problems problems;
  EXPECT_TRUE(save_boundary_picture(file("a.png"), run, Shading::smooth, problems));
  EXPECT_TRUE(save_network_picture(file("b.png"), run, nullptr, problems));
}

TEST(CairoCanvas, MeasuresTextAndSurvivesOddInput) {
  const auto canvas = CairoCanvas::create(CairoCanvas::Format::png, 50, 50, 2);
  const Size one = canvas->measure("m", Font::mono);
  EXPECT_GT(one.width, 10);
  EXPECT_NEAR(canvas->measure("mmmm", Font::mono).width, 4 * one.width, 0.1);
  EXPECT_EQ(canvas->measure("", Font::body).width, 0);
  EXPECT_GT(canvas->measure("", Font::body).height, 0);
  EXPECT_GT(canvas->measure("δ", Font::body).width, 0);
  canvas->text({5, 5}, "\xff\xfe broken \x01\n", Font::body, {});
  canvas->text({NAN, 5}, "nowhere", Font::body, {});
  canvas->line({NAN, 0}, {1, INFINITY}, {});
  canvas->polyline({}, {});
  canvas->image({0, 0, 10, 10}, {}, 3);
  canvas->fill_rect({10, 10, 5, 5}, {}, 4);
  Problems problems;
  const fs::path target =
      fs::temp_directory_path() / ("odd-" + std::to_string(::getpid()) + ".png");
  EXPECT_TRUE(canvas->save(target, problems)) << (problems.empty() ? "" : problems[0].text());
  fs::remove(target);
}

}  // namespace
}  // namespace deltascope::picture
