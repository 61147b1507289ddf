#pragma once

#include <deltascope/session_file.hpp>
#include <deltascope/ui/preferences.hpp>

namespace deltascope::ui {

/// Looks at things so; what is absent stays as the person has it.
void apply(const ViewHints& hints, Preferences& preferences);

/// All that a document with these hints is looked at with: what it says nothing of is as usual,
/// and its notation, then empty, as the person likes it.
ViewHints complete(const ViewHints& hints);
/// What `next` is looked at with otherwise than `present`; the rest is absent.
ViewHints difference(const ViewHints& present, const ViewHints& next);

/// How things are looked at now, for a document that is saved. Nothing is left out.
ViewHints view_hints(const Preferences& preferences);

}  // namespace deltascope::ui
