#include "formula_parts.hpp"

#include <fontconfig/fontconfig.h>

namespace deltascope::picture {

std::u32string decoded(std::string_view utf8) {
  std::u32string characters;
  while (!utf8.empty()) {
    FcChar32 character = 0;
    const int length = FcUtf8ToUcs4(reinterpret_cast<const FcChar8*>(utf8.data()), &character,
                                    static_cast<int>(utf8.size()));
    if (length > 0) characters.push_back(character);
    utf8.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1);
  }
  return characters;
}

}  // namespace deltascope::picture
