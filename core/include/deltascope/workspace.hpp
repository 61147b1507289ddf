#pragma once

#include <memory>

namespace deltascope {

/// Owns memory to work in, made when it is first needed. A copy has its own and begins with none,
/// so that copies may go to different threads. T need only be complete where get() is called.
template <class T>
class Workspace {
 public:
  Workspace() = default;
  Workspace(const Workspace&) noexcept {}
  Workspace(Workspace&&) noexcept = default;
  Workspace& operator=(const Workspace&) noexcept { return *this; }
  Workspace& operator=(Workspace&&) noexcept = default;
  ~Workspace() = default;

  /// Made with these arguments where it is not there yet.
  template <class... Arguments>
  T& get(const Arguments&... arguments) {
    if (memory_ == nullptr) memory_ = std::make_shared<T>(arguments...);
    return *memory_;
  }

 private:
  std::shared_ptr<T> memory_;  // not unique_ptr, which wants to know T wherever it is destroyed
};

}  // namespace deltascope
