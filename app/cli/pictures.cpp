#include "pictures.hpp"

#include <array>

namespace deltascope::cli {
namespace {

using picture::PictureFile;

constexpr std::array table{
    PictureRow{"boundary", "Decision boundary",
               [](const PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_boundary_picture(file, scene.run, scene.shading, problems);
               }},
    PictureRow{"network", "Network: what each neuron sees; a and {delta} of the first point",
               [](const PictureFile& file, const Scene& scene, Problems& problems) {
                 const SampleTrace sample = scene.session.trace_sample(0);
                 return picture::save_network_picture(file, scene.run, &sample, problems);
               }},
    PictureRow{"loss", "{cost} over the training",
               [](const PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_loss_picture(file, scene.history, scene.run,
                                                   scene.session.settings().model, scene.loss,
                                                   problems);
               }},
    PictureRow{"delta-history", "Sensitivity {delta} of each layer over the training",
               [](const PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_delta_history_picture(file, scene.history, problems);
               }},
    PictureRow{"delta", "Sensitivity {delta} = ∂{loss}/∂z of each neuron and point",
               [](const PictureFile& file, const Scene& scene, Problems& problems) {
                 return picture::save_delta_picture(file, *scene.run.architecture, scene.trace,
                                                    problems);
               }},
};

}  // namespace

std::span<const PictureRow> pictures() {
  return table;
}

}  // namespace deltascope::cli
