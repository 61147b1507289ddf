#pragma once

#include <deltascope/problem.hpp>

#include <filesystem>
#include <string_view>

namespace deltascope {

/// Replaces `file` by `content` so that a reader, or a crash, sees the old file or the new one and
/// nothing between: a new file beside it, fsync, rename. On failure the old file is untouched, no
/// other file is left behind, and a problem names the file and the reason.
bool write_atomically(const std::filesystem::path& file, std::string_view content,
                      Problems& problems);

/// Whether write_atomically(file) would begin to write, with the same problem if not: to be asked
/// before long work. An empty file beside it is made and goes again.
bool can_write(const std::filesystem::path& file, Problems& problems);

}  // namespace deltascope
