#pragma once

#include "kernels/kernels.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace deltascope {

/// Numbers that begin at a multiple of kernels::alignment_bytes, and whose memory is reused:
/// resizing within what has been allocated allocates nothing.
template <class T>
class AlignedArray {
 public:
  AlignedArray() = default;
  explicit AlignedArray(std::size_t size) { resize(size); }

  /// The values are unspecified afterwards, except that new memory is zero.
  void resize(std::size_t size) {
    if (size > capacity_) {
      values_.reset(static_cast<T*>(::operator new[](size * sizeof(T), alignment)));
      std::fill_n(values_.get(), size, T{});
      capacity_ = size;
    }
    size_ = size;
  }
  std::size_t size() const { return size_; }
  T* data() { return values_.get(); }
  const T* data() const { return values_.get(); }
  std::span<T> values() { return {data(), size_}; }
  std::span<const T> values() const { return {data(), size_}; }

 private:
  static_assert(std::is_arithmetic_v<T>);
  static constexpr std::align_val_t alignment{kernels::alignment_bytes};
  struct Free {
    void operator()(T* values) const { ::operator delete[](values, alignment); }
  };

  std::unique_ptr<T[], Free> values_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace deltascope
