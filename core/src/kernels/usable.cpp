#include "tables.hpp"

#include <array>
#include <cstddef>

namespace deltascope::kernels {
namespace {

struct Usable {
  std::array<const Kernels*, 3> list{};
  std::size_t count = 0;
  void add(const Kernels& kernels) { list[count++] = &kernels; }
};

Usable find_usable() {
  Usable usable;
#ifdef DELTASCOPE_X86_KERNELS
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    usable.add(avx512_kernels);
  }
  if (avx2) usable.add(avx2_kernels);
#endif
  usable.add(portable_kernels);
  return usable;
}

}  // namespace

std::span<const Kernels* const> usable_kernels() {
  static const Usable usable = find_usable();
  return {usable.list.data(), usable.count};
}

}  // namespace deltascope::kernels
