#pragma once

#include <span>
#include <string>
#include <string_view>

namespace deltascope {

namespace kernels {
struct Kernels;
}

/// One row: who computes a step. All compute the same formulas, and agree to about 13 digits a
/// step; each gives the same bits whenever it is used again, and "textbook" and "portable" on every
/// processor.
///
/// | name      | computes with                                                                 |
/// |-----------|-------------------------------------------------------------------------------|
/// | automatic | the best kernels of this processor where they suit the shape, else textbook    |
/// | textbook  | Eigen, as in backprop.cpp: the one to read                                    |
/// | avx512    | kernels for AVX-512: eight numbers at once                                    |
/// | avx2      | kernels for AVX2 and FMA: four                                                |
/// | portable  | kernels in the compiler's own vectors, for any processor                      |
struct Arithmetic {
  std::string_view name;
  std::string_view label;
  const kernels::Kernels* kernels = nullptr;  ///< nullptr: textbook
  bool by_shape = false;                      ///< textbook where kernels gain nothing
  bool usable = true;                         ///< whether this processor has the instructions
};

std::span<const Arithmetic> arithmetics();
const Arithmetic* find_arithmetic(std::string_view name);
/// What models compute with unless they say otherwise.
const Arithmetic& automatic_arithmetic();
/// The row of the kernels that "automatic" uses on this processor.
const Arithmetic& best_arithmetic();

}  // namespace deltascope
