#pragma once

#include <array>
#include <atomic>

namespace deltascope {

/// Latest-wins hand-over of a big value from one writer thread to one reader thread, without locks
/// and without copies: three slots, one atomic index. (std::atomic<std::shared_ptr> would be
/// shorter, but g++ 12's implementation races.)
///
/// Contract: one thread calls the writer's part, one thread the reader's; each slot belongs to
/// exactly one of writer, middle, reader at any time.
template <class T>
class TripleBuffer {
 public:
  // Writer.
  T& back() { return slots_[back_]; }
  void publish() { back_ = middle_.exchange(back_ | fresh, std::memory_order_acq_rel) & index; }
  /// Whether the reader has taken what was published last.
  bool taken() const { return (middle_.load(std::memory_order_acquire) & fresh) == 0; }

  // Reader.
  /// Takes the newest value if there is one; true if the front changed.
  bool refresh() {
    if ((middle_.load(std::memory_order_acquire) & fresh) == 0) return false;
    front_ = middle_.exchange(front_, std::memory_order_acq_rel) & index;
    return true;
  }
  const T& front() const { return slots_[front_]; }

 private:
  static constexpr unsigned index = 3, fresh = 4;

  std::array<T, 3> slots_{};
  std::atomic<unsigned> middle_{1};
  unsigned back_ = 0;
  unsigned front_ = 2;
};

}  // namespace deltascope
