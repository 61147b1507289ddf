#pragma once
// What the sources of the session document share. JSON itself is known to session_file_read.cpp
// only.

#include <deltascope/session_file.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace deltascope {

/// parse_document for text that came from `file` (empty: from nowhere), which syntax errors name.
std::optional<Document> read_document(std::string_view json, std::string_view file,
                                      Problems& problems);

/// `text` as a JSON string, in quotes. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

/// "W[0][1]", from "W" and {0, 1}.
std::string indexed(std::string_view name, std::initializer_list<Index> indices);

/// Appends the first ten of `found` and says how many more there are: a page of messages helps
/// nobody.
void report(Problems found, Problems& problems);

}  // namespace deltascope
