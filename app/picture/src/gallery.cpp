#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/cairo_canvas.hpp>
#include <deltascope/picture/delta_picture.hpp>
#include <deltascope/picture/gallery.hpp>
#include <deltascope/picture/network_picture.hpp>
#include <deltascope/reference_cost.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace deltascope::picture {

namespace {

constexpr float padding = 16;

struct DesignSize {
  int width = 0, height = 0;
};

constexpr DesignSize curves_size{760, 420};

using Draw = std::function<void(Canvas& canvas, const Rect& rect, const Palette& palette)>;

std::optional<CairoCanvas::Format> format_of(const std::filesystem::path& file,
                                             Problems& problems) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (extension == ".png") return CairoCanvas::Format::png;
  if (extension == ".svg") return CairoCanvas::Format::svg;
  problems.push_back({file.string(), "the name of a picture must end in .png or .svg"});
  return std::nullopt;
}

/// Title above, caption below, the picture in the room between.
bool save(const PictureFile& file, DesignSize own, const Draw& draw, Problems& problems) {
  const auto format = format_of(file.file, problems);
  if (!format) return false;
  const int width = file.width > 0 ? file.width : own.width;
  const int height = file.height > 0 ? file.height : own.height;
  const auto canvas = CairoCanvas::create(*format, width, height, file.scale);
  const Palette& palette = file.dark ? dark_palette() : light_palette();
  const float s = canvas->scale();
  const Rect page{0, 0, static_cast<float>(width) * s, static_cast<float>(height) * s};
  canvas->fill_rect(page, palette.panel);
  Rect room = page.shrunk(padding * s);
  if (!file.title.empty()) {
    canvas->text({room.x0, room.y0}, file.title, Font::heading, palette.text);
    room.y0 += canvas->measure(file.title, Font::heading).height + 10 * s;
  }
  if (!file.caption.empty()) {
    canvas->text({room.x0, room.y1}, file.caption, Font::small, palette.secondary, AlignX::left,
                 AlignY::bottom);
    room.y1 -= canvas->measure(file.caption, Font::small).height + 8 * s;
  }
  draw(*canvas, room, palette);
  return canvas->save(file.file, problems);
}

/// The maps of the plane; empty for networks with other than two inputs.
DecisionGrid grid_over(const PictureRun& run, const Rectangle& area) {
  DecisionGrid grid;
  const bool complete =
      run.parameters.size() == static_cast<std::size_t>(run.architecture->parameters());
  if (run.architecture->inputs() != 2 || !complete) return grid;
  GridWorkspace workspace;
  evaluate_grid(*run.architecture, run.parameters, {area, 256, 128}, grid, workspace);
  return grid;
}

Rectangle view_of(const PictureRun& run, double aspect) {
  return fitted(run.data != nullptr ? run.data->X.view() : ConstMatrixView{}, aspect);
}

}  // namespace

bool save_boundary_picture(const PictureFile& file, const PictureRun& run, Shading shading,
                           Problems& problems) {
  return save(
      file, {620, 600},
      [&run, shading](Canvas& canvas, const Rect& rect, const Palette& palette) {
        BoundaryPicture picture;
        picture.data = run.data;
        picture.shading = shading;
        picture.output = &run.architecture->output_activation();
        // The plane is square; what its axes leave over of the longer side stays empty.
        picture.view = view_of(run, 1);
        const Rect area = boundary_mapping(canvas, rect, picture).area_px;
        const float too_wide = area.width() - area.height();
        const Rect square{rect.x0, rect.y0, rect.x1 - std::max(0.0F, too_wide),
                          rect.y1 - std::max(0.0F, -too_wide)};
        const DecisionGrid grid = grid_over(run, picture.view);
        picture.grid = &grid;
        draw_boundary(canvas, square, picture, palette);
      },
      problems);
}

bool save_network_picture(const PictureFile& file, const PictureRun& run, const SampleTrace* sample,
                          Problems& problems) {
  return save(
      file, {900, 600},
      [&](Canvas& canvas, const Rect& rect, const Palette& palette) {
        const DecisionGrid grid = grid_over(run, view_of(run, 1));
        NetworkPicture picture;
        picture.architecture = run.architecture;
        picture.parameters = run.parameters;
        picture.grid = run.architecture->inputs() == 2 ? &grid : nullptr;
        picture.sample = sample;
        picture.notation = file.notation;
        draw_network(canvas, layout_network(canvas, rect, *run.architecture, *file.notation),
                     picture, palette);
      },
      problems);
}

bool save_loss_picture(const PictureFile& file, const History& history, const PictureRun& run,
                       const Model& model, const LossStyle& style, Problems& problems) {
  return save(
      file, curves_size,
      [&](Canvas& canvas, const Rect& rect, const Palette& palette) {
        const Index samples = run.data != nullptr ? run.data->size() : 0;
        // The paper's sum is over all points: a batch has none.
        const bool batches =
            style.batches && !(style.paper_scale && paper_scale(model, samples).has_value());
        const std::vector<Curve> curves = loss_curves(history, batches, {}, style.against, palette);
        const std::vector<ReferenceLine> references =
            run.data != nullptr ? reference_lines(model, *run.data) : std::vector<ReferenceLine>();
        LossStyle named = style;
        named.notation = file.notation;
        CurvesPicture picture = loss_axes(named, model, samples);
        picture.curves = curves;
        picture.references = references;
        draw_curves(canvas, rect, picture, palette);
      },
      problems);
}

bool save_delta_history_picture(const PictureFile& file, const History& history,
                                Problems& problems) {
  return save(
      file, curves_size,
      [&](Canvas& canvas, const Rect& rect, const Palette& palette) {
        std::vector<std::string> names;
        for (std::size_t l = 0; l < history.rms_delta.size(); ++l) {
          names.push_back(
              walk::label_of({walk::Kind::delta, static_cast<Index>(l)}, *file.notation));
        }
        const std::vector<Curve> curves = layer_curves(history.rms_delta, names, palette);
        CurvesPicture picture;
        picture.curves = curves;
        picture.x_label = "steps";
        picture.y_label = fmt::format("RMS of {} = ∂{}/∂z", walk::delta_letter(*file.notation),
                                      file.notation->loss);
        picture.log_x = picture.log_y = true;
        draw_curves(canvas, rect, picture, palette);
      },
      problems);
}

bool save_delta_picture(const PictureFile& file, const Architecture& architecture,
                        const StepTrace& trace, Problems& problems) {
  DeltaPicture picture;
  picture.architecture = &architecture;
  picture.trace = &trace;
  picture.notation = file.notation;
  return save(
      file, {1100, 360},
      [&](Canvas& canvas, const Rect& rect, const Palette& palette) {
        draw_delta(canvas, rect, picture, palette);
      },
      problems);
}

}  // namespace deltascope::picture
