#pragma once

#include <deltascope/session_file.hpp>
#include <deltascope/ui/preferences.hpp>

namespace deltascope::ui {

/// Looks at things as a document asks for; what it says nothing of stays as the person has it.
void apply(const ViewHints& hints, Preferences& preferences);

/// How things are looked at now, for a document that is saved. Nothing is left out.
ViewHints view_hints(const Preferences& preferences);

}  // namespace deltascope::ui
