#pragma once

#include <cstdint>

namespace deltascope::test {

/// How often operator new has been called by this program.
std::uint64_t allocations();

}  // namespace deltascope::test
