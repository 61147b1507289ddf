#pragma once

#include <cstddef>
#include <string_view>

namespace deltascope::walk {

/// Takes the first letter, of one or more bytes, off the front of `rest`, which is not empty.
inline std::string_view take_letter(std::string_view& rest) {
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
    ++length;
  const std::string_view letter = rest.substr(0, length);
  rest.remove_prefix(length);
  return letter;
}

}  // namespace deltascope::walk
