#pragma once
// What each source file of an instruction set defines; which of them are built depends on the
// processor that is built for.

#include "kernels.hpp"

namespace deltascope::kernels {

extern const Kernels avx512_kernels;
extern const Kernels avx2_kernels;
extern const Kernels portable_kernels;

}  // namespace deltascope::kernels
