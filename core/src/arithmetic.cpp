#include "kernels/kernels.hpp"

#include <deltascope/arithmetic.hpp>
#include <deltascope/table.hpp>

#include <array>

namespace deltascope {
namespace {

const kernels::Kernels* find_kernels(std::string_view name) {
  for (const kernels::Kernels* kernels : kernels::usable_kernels()) {
    if (kernels->name == name) return kernels;
  }
  return nullptr;
}

Arithmetic row(std::string_view name, std::string_view label) {
  const kernels::Kernels* kernels = find_kernels(name);
  return {name, label, kernels, false, kernels != nullptr};
}

}  // namespace

std::span<const Arithmetic> arithmetics() {
  static const std::array<Arithmetic, 5> table{
      Arithmetic{"automatic", "automatic", kernels::usable_kernels().front(), true, true},
      Arithmetic{"textbook", "textbook", nullptr, false, true},
      row("avx512", "AVX-512"),
      row("avx2", "AVX2"),
      row("portable", "portable"),
  };
  return table;
}

const Arithmetic* find_arithmetic(std::string_view name) {
  return find_row(arithmetics(), name);
}

const Arithmetic& automatic_arithmetic() {
  return arithmetics().front();
}

const Arithmetic& best_arithmetic() {
  return *find_arithmetic(kernels::usable_kernels().front()->name);
}

}  // namespace deltascope
