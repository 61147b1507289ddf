#pragma once

#include <string_view>
#include <vector>

namespace deltascope::walk {

enum class ScriptLevel { base, raised, lowered };

struct ScriptPart {
  std::string_view text;
  ScriptLevel level = ScriptLevel::base;
};

/// The parts of script text: after ^ or _ stands one letter, a bracketed part that keeps its
/// brackets, or a braced part that loses them and keeps those in it: "x^{{3}}". They are views of
/// `script_text`.
std::vector<ScriptPart> script_parts(std::string_view script_text);

}  // namespace deltascope::walk
