#include <deltascope/picture/cairo_canvas.hpp>
#include <deltascope/picture/formula_picture.hpp>

#include <cairo.h>
#include <gtest/gtest.h>
#include <support/formulas.hpp>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace deltascope::picture {
namespace {

using namespace test;
namespace fs = std::filesystem;

constexpr float margin = 20;

/// How much ink every pixel has: 0 is the panel's colour, 1 as far from it as black from white.
struct Raster {
  int width = 0, height = 0;
  std::vector<double> ink;
  double at(int x, int y) const {
    return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x)];
  }
};

class FormulaRasterTest : public testing::TestWithParam<std::tuple<const Palette*, float>> {
 protected:
  FormulaRasterTest()
      : file_(fs::temp_directory_path() /
              ("deltascope-formula-" + std::to_string(::getpid()) + ".png")) {}
  ~FormulaRasterTest() override { fs::remove(file_); }

  float scale() const { return std::get<1>(GetParam()); }

  FormulaLayout laid_out(const Formula& formula) const {
    return layout_formula(fonts_, formula, FormulaStyle{}.scaled(scale()));
  }
  Point origin(const FormulaLayout& layout) const {
    return {margin * scale(), margin * scale() + layout.ascent_px};
  }

  Raster drawn(const FormulaLayout& layout) const {
    const Palette& palette = *std::get<0>(GetParam());
    const int width = static_cast<int>(std::ceil(layout.width_px / scale() + 2 * margin));
    const int height = static_cast<int>(std::ceil(layout.height_px() / scale() + 2 * margin));
    const auto canvas = CairoCanvas::create(CairoCanvas::Format::png, width, height, scale());
    canvas->fill_rect({0, 0, 1e4F, 1e4F}, palette.panel);
    draw_formula(*canvas, origin(layout), layout, {}, palette);
    Problems problems;
    EXPECT_TRUE(canvas->save(file_, problems));
    return read(palette.panel);
  }

  MathFonts fonts_;

 private:
  Raster read(Color ground) const {
    cairo_surface_t* surface = cairo_image_surface_create_from_png(file_.c_str());
    Raster raster;
    raster.width = cairo_image_surface_get_width(surface);
    raster.height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    const unsigned char* bytes = cairo_image_surface_get_data(surface);
    for (int y = 0; y < raster.height; ++y) {
      const auto* line = reinterpret_cast<const std::uint32_t*>(bytes + y * stride);
      for (int x = 0; x < raster.width; ++x) {
        const auto part = [&](unsigned shift, std::uint8_t of) {
          return std::abs(static_cast<int>((line[x] >> shift) & 255U) - of);
        };
        raster.ink.push_back(std::max({part(16, ground.r), part(8, ground.g), part(0, ground.b)}) /
                             255.0);
      }
    }
    cairo_surface_destroy(surface);
    return raster;
  }

  fs::path file_;
};
INSTANTIATE_TEST_SUITE_P(Themes, FormulaRasterTest,
                         testing::Combine(testing::Values(&dark_palette(), &light_palette()),
                                          testing::Values(1.0F, 2.0F)),
                         [](const auto& with) {
                           return std::string(std::get<0>(with.param)->dark ? "Dark" : "Light") +
                                  (std::get<1>(with.param) > 1 ? "200" : "100");
                         });

// A pixel of antialiasing, and one that hinting may move an edge by.
constexpr float slack_px = 2;

TEST_P(FormulaRasterTest, EveryGlyphFillsItsBox) {
  for (const NamedFormula& named : formulas()) {
    const FormulaLayout layout = laid_out(named.formula);
    const Raster raster = drawn(layout);
    const Point start = origin(layout);
    for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
      const auto first = [](float x) { return static_cast<int>(std::floor(x - slack_px)); };
      const auto last = [](float x) { return static_cast<int>(std::ceil(x + slack_px)); };
      // All four edges of the ink are where the metrics say.
      const Rect box{start.x + glyph.ink.x0, start.y + glyph.ink.y0, start.x + glyph.ink.x1,
                     start.y + glyph.ink.y1};
      const auto has_ink = [&](const Rect& strip) {
        for (int y = first(strip.y0); y < last(strip.y1); ++y) {
          for (int x = first(strip.x0); x < last(strip.x1); ++x) {
            if (raster.at(x, y) > 0.1) return true;
          }
        }
        return false;
      };
      const auto name = [&] {
        return named.name + ", U+" + std::to_string(static_cast<unsigned>(glyph.character));
      };
      EXPECT_TRUE(has_ink({box.x0, box.y0, box.x0, box.y1})) << name() << " left";
      EXPECT_TRUE(has_ink({box.x1, box.y0, box.x1, box.y1})) << name() << " right";
      EXPECT_TRUE(has_ink({box.x0, box.y0, box.x1, box.y0})) << name() << " top";
      EXPECT_TRUE(has_ink({box.x0, box.y1, box.x1, box.y1})) << name() << " bottom";
    }
  }
}

TEST_P(FormulaRasterTest, NothingIsDrawnOutsideTheBoxes) {
  for (const NamedFormula& named : formulas()) {
    const FormulaLayout layout = laid_out(named.formula);
    const Raster raster = drawn(layout);
    const Point start = origin(layout);
    std::vector<Rect> boxes;
    for (const FormulaLayout::Glyph& glyph : layout.glyphs)
      boxes.push_back(glyph.ink);
    for (const FormulaLayout::Bar& bar : layout.bars)
      boxes.push_back(bar.rect);
    for (const FormulaLayout::Cell& cell : layout.cells)
      boxes.push_back(cell.rect);
    for (const FormulaLayout::Matrix& matrix : layout.matrices)
      boxes.push_back(matrix.rect);
    int outside = 0;
    for (int y = 0; y < raster.height; ++y) {
      for (int x = 0; x < raster.width; ++x) {
        if (raster.at(x, y) < 0.1) continue;
        const Point p{static_cast<float>(x) + 0.5F - start.x,
                      static_cast<float>(y) + 0.5F - start.y};
        outside += std::none_of(boxes.begin(), boxes.end(),
                                [p](const Rect& box) { return box.shrunk(-slack_px).contains(p); });
      }
    }
    EXPECT_EQ(outside, 0) << named.name;
  }
}

}  // namespace
}  // namespace deltascope::picture
