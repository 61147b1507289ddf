#pragma once

#include <deltascope/problem.hpp>
#include <deltascope/session_file.hpp>

namespace deltascope::walk {

/// Whether there is every notation that the document's view and those of its variants name. What is
/// not known becomes a problem that names the field, the nearest name and all there are.
bool notations_known(const Document& document, Problems& problems);

}  // namespace deltascope::walk
