#pragma once
// What the sources of the session document share, without JSON itself.

#include <deltascope/session_file.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

/// parse_document for text that came from `file` (empty: from nowhere), which syntax errors name.
std::optional<Document> read_document(std::string_view json, std::string_view file,
                                      Problems& problems);

/// Like validate(), without variants and recording and without a limit.
Problems validate_keys(const Document& document);

/// What is wrong with exercise, questions and answers; the rest of the document is all right.
Problems validate_lesson(const Document& document);

/// "set_learning_rate"; empty for an inverse that no person can ask for.
std::string_view command_name(const Action& action);

/// `text` as a JSON string, in quotes. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// "W[0][1]", from "W" and {0, 1}.
std::string indexed(std::string_view name, std::initializer_list<Index> indices);

/// A key of one object that has another value, or none ("null"), in a second one; as JSON.
struct ChangedKey {
  std::string key, value;
};
/// The merge patch (RFC 7396) that makes the object `to` of the object `from`, both given as JSON.
std::vector<ChangedKey> changed_keys(std::string_view from, std::string_view to);

/// Appends the first ten of `found` and says how many more there are: a page of messages helps
/// nobody.
void report(Problems found, Problems& problems);

/// One row: a key of "view" that is true or false.
struct ViewFlag {
  std::string_view name;
  std::optional<bool> ViewHints::*value;
};
inline constexpr std::array<ViewFlag, 5> view_flags{{
    {"log_steps", &ViewHints::log_steps},
    {"log_cost", &ViewHints::log_cost},
    {"paper_scale", &ViewHints::paper_scale},
    {"hard_shading", &ViewHints::hard_shading},
    {"delta_history", &ViewHints::delta_history},
}};

}  // namespace deltascope
