#include "held_images.hpp"

namespace deltascope::ui {

bool HeldImages::holds(std::uint64_t key, std::uint64_t revision) const {
  const auto found = images_.find(key);
  return found != images_.end() && found->second.revision == revision &&
         found->second.frame + 1 >= frame_;
}

picture::Image HeldImages::used(picture::Image image) {
  Held& held = images_[image.key];
  if (image.pixels.empty()) {
    image.width = held.width;
    image.height = held.height;
  }
  held = {image.revision, image.width, image.height, frame_};
  return image;
}

void HeldImages::used(const picture::Marks& marks) {
  images_[marks.key] = {marks.revision, 0, 0, frame_};
}

}  // namespace deltascope::ui
