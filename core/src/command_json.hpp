#pragma once
// Commands as they stand in a document's recording.

#include "document_tree.hpp"
#include "json_text.hpp"

#include <deltascope/session.hpp>

#include <optional>
#include <string>

namespace deltascope {

/// A JSON object. The command has a name (see command_name).
void write_command(JsonText& json, const LoggedCommand& logged);
/// Null after a problem. `at`: the object's path, "recording.log[3]".
std::optional<LoggedCommand> read_command(const Json& object, const std::string& at,
                                          Problems& problems);

}  // namespace deltascope
