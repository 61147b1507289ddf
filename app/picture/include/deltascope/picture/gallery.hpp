#pragma once
// Whole picture files of a run, with a title and a caption, drawn by the code that draws the
// window.

#include <deltascope/backprop.hpp>
#include <deltascope/dataset.hpp>
#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/loss_picture.hpp>
#include <deltascope/problem.hpp>
#include <deltascope/series.hpp>
#include <deltascope/walk/notation.hpp>

#include <filesystem>
#include <span>
#include <string>

namespace deltascope::picture {

/// Where a picture goes and how it looks. The extension chooses the format: .png or .svg.
struct PictureFile {
  std::filesystem::path file;
  bool dark = true;
  float scale = 2.0F;         ///< pixels per unit of the design
  std::string title;          ///< over the picture
  std::string caption;        ///< under it, one line
  int width = 0, height = 0;  ///< in units of the design; 0: the picture's own size
  const walk::Notation* notation = walk::notations().data();
};

/// A run as pictures need it. All but `data` must belong together; `data` may be null.
struct PictureRun {
  const Architecture* architecture = nullptr;
  std::span<const double> parameters;
  const Dataset* data = nullptr;
};

// Each writes one file atomically. False, with a problem that names the file, for another extension
// or when it cannot be written.

bool save_boundary_picture(const PictureFile& file, const PictureRun& run, Shading shading,
                           Problems& problems);
/// With `sample`, a and δ at every neuron.
bool save_network_picture(const PictureFile& file, const PictureRun& run, const SampleTrace* sample,
                          Problems& problems);
/// Cost (solid) over the batches' costs or Levenberg–Marquardt's trials (faint), with the plateaus
/// that the data of `run` explain.
bool save_loss_picture(const PictureFile& file, const History& history, const PictureRun& run,
                       const Model& model, const LossStyle& style, Problems& problems);
/// RMS of δ per layer on a logarithmic axis.
bool save_delta_history_picture(const PictureFile& file, const History& history,
                                Problems& problems);
/// δ of every layer for the samples of one traced step.
bool save_delta_picture(const PictureFile& file, const Architecture& architecture,
                        const StepTrace& trace, Problems& problems);

}  // namespace deltascope::picture
