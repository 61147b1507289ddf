#pragma once

#include <deltascope/picture/marks.hpp>

#include <cstdint>
#include <unordered_map>

namespace deltascope::ui {

/// Which images and marks are still uploaded, so that pictures need not compute them for every
/// frame.
class HeldImages {
 public:
  void begin_frame() { ++frame_; }
  bool holds(std::uint64_t key, std::uint64_t revision) const;
  /// The image as it must be handed on: with its size, also where its pixels were left out.
  picture::Image used(picture::Image image);
  void used(const picture::Marks& marks);

 private:
  struct Held {
    std::uint64_t revision = 0;
    int width = 0, height = 0;
    std::uint64_t frame = 0;
  };
  std::unordered_map<std::uint64_t, Held> images_;
  std::uint64_t frame_ = 1;
};

}  // namespace deltascope::ui
