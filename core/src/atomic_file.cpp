#include <deltascope/atomic_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <system_error>

namespace deltascope {
namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

/// A file that exists only as long as this object, unless it was renamed to something lasting.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& folder) {
    // The name does not depend on the target's, which may already have the longest name there is.
    for (int attempt = 0; attempt < 1000; ++attempt) {
      path_ = folder / (".deltascope-" + std::to_string(::getpid()) + "-" +
                        std::to_string(attempt) + ".tmp");
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor_ >= 0) exists_ = true;
      if (descriptor_ >= 0 || errno != EEXIST) return;
    }
  }
  ~TemporaryFile() {
    close();
    if (exists_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  bool write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(descriptor_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool take_mode(mode_t mode) { return ::fchmod(descriptor_, mode) == 0; }
  bool sync() { return ::fsync(descriptor_) == 0; }
  bool close() {
    if (descriptor_ < 0) return true;
    const int result = ::close(descriptor_);
    descriptor_ = -1;
    return result == 0;
  }
  bool rename_to(const fs::path& target) {
    if (std::rename(path_.c_str(), target.c_str()) != 0) return false;
    exists_ = false;
    return true;
  }

 private:
  fs::path path_;
  int descriptor_ = -1;
  bool exists_ = false;
};

/// A renamed file survives a power cut only once its folder is on the disk, too. Some file systems
/// cannot do it; the content is safe by then, so that is no error.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// What a new content will replace.
struct Target {
  fs::path file;  ///< where a link leads
  fs::path folder;
  std::optional<mode_t> mode;  ///< of the old file, if there is one
};

std::optional<Target> find_target(const fs::path& file, Problems& problems) {
  const auto fail = [&](const std::string& message) {
    problems.push_back({file.string(), message});
    return std::nullopt;
  };
  Target target{.file = file, .folder = {}, .mode = std::nullopt};
  // A link stays a link: what it points to is replaced.
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(file, error))) {
    target.file = fs::canonical(file, error);
    if (error) return fail("cannot follow the link: " + error.message());
  }
  target.folder = target.file.has_parent_path() ? target.file.parent_path() : fs::path(".");

  struct stat old_file {};
  if (::stat(target.file.c_str(), &old_file) != 0) return target;
  if (S_ISDIR(old_file.st_mode)) return fail("is a folder; name a file in it");
  // Renaming over /dev/null or a pipe would destroy it.
  if (!S_ISREG(old_file.st_mode)) return fail("is not a regular file; name another");
  if (::access(target.file.c_str(), W_OK) != 0) {
    return fail("is write-protected; choose another name or change its permissions");
  }
  target.mode = old_file.st_mode & 07777;
  return target;
}

bool check_open(const TemporaryFile& temporary, const fs::path& file, const Target& target,
                Problems& problems) {
  if (temporary.is_open()) return true;
  const std::string reason = reason_of(errno);
  problems.push_back(
      {file.string(), "cannot write into the folder " + target.folder.string() + ": " + reason});
  return false;
}

}  // namespace

bool can_write(const fs::path& file, Problems& problems) {
  const std::optional<Target> target = find_target(file, problems);
  if (!target) return false;
  const TemporaryFile temporary(target->folder);
  return check_open(temporary, file, *target, problems);
}

bool write_atomically(const fs::path& file, std::string_view content, Problems& problems) {
  const std::optional<Target> target = find_target(file, problems);
  if (!target) return false;
  TemporaryFile temporary(target->folder);
  if (!check_open(temporary, file, *target, problems)) return false;
  const bool written = temporary.write(content) &&
                       (!target->mode || temporary.take_mode(*target->mode)) && temporary.sync() &&
                       temporary.close() && temporary.rename_to(target->file);
  if (!written) {
    problems.push_back({file.string(), "cannot be written: " + reason_of(errno)});
    return false;
  }
  sync_folder(target->folder);
  return true;
}

}  // namespace deltascope
