#include "utf8.hpp"

#include <deltascope/walk/script_parts.hpp>

namespace deltascope::walk {
namespace {

/// Where the bracket at the front is closed; braces in braces count.
std::size_t closing(std::string_view text, char open, char close) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i;
  }
  return std::string_view::npos;
}

/// Takes what follows ^ or _ off the front of `rest`.
std::string_view take_script(std::string_view& rest) {
  if (rest.empty()) return {};
  const bool is_braced = rest.front() == '{';
  const std::size_t end = is_braced ? closing(rest, '{', '}') : closing(rest, '[', ']');
  if ((!is_braced && rest.front() != '[') || end == std::string_view::npos) {
    return take_letter(rest);
  }
  const std::string_view part = is_braced ? rest.substr(1, end - 1) : rest.substr(0, end + 1);
  rest.remove_prefix(end + 1);
  return part;
}

}  // namespace

std::vector<ScriptPart> script_parts(std::string_view script_text) {
  std::vector<ScriptPart> parts;
  std::string_view rest = script_text;
  while (!rest.empty()) {
    const char sign = rest.front();
    if (sign == '^' || sign == '_') {
      rest.remove_prefix(1);
      const ScriptLevel level = sign == '^' ? ScriptLevel::raised : ScriptLevel::lowered;
      parts.push_back({take_script(rest), level});
    } else {
      parts.push_back({rest.substr(0, rest.find_first_of("^_"))});
      rest.remove_prefix(parts.back().text.size());
    }
  }
  return parts;
}

}  // namespace deltascope::walk
