#pragma once

#include "script.hpp"

#include <span>

namespace deltascope::gui {

/// The words a script may use; CONTRIBUTING.md lists them from the same `usage` texts.
std::span<const Script::Row> script_commands();

}  // namespace deltascope::gui
