#pragma once

#include <deltascope/session_file.hpp>
#include <deltascope/snapshot.hpp>
#include <deltascope/ui/workbench.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace deltascope::gui {

/// The documents among `files`, by their titles; those that cannot be read are left out.
std::vector<ui::Preset> read_presets(const std::vector<std::filesystem::path>& files);

/// Opens and saves session documents without holding up a frame: the file is read or written on a
/// worker, one at a time. Used on the UI thread. The running session stays as it is until a
/// document has been read and found right.
class Documents {
 public:
  /// `on_done` is called on the worker when poll() has something to fetch.
  explicit Documents(std::function<void()> on_done, std::vector<ui::Preset> presets = {})
      : on_done_(std::move(on_done)) {
    status_.presets = std::move(presets);
  }
  /// Waits for a save that is under way: it must not be lost.
  ~Documents() = default;

  void open(const std::filesystem::path& file);
  /// The session as `snapshot` shows it.
  void save(const std::filesystem::path& file, const Snapshot& snapshot);

  /// Fetches what has been finished since the last call. `opened` is the document to hand to the
  /// engine; `changed` when the status is another one than before.
  struct News {
    std::shared_ptr<const Document> opened = nullptr;
    bool changed = false;
  };
  News poll();
  const ui::DocumentStatus& status() const { return status_; }

 private:
  struct Result {
    bool saved = false;
    std::filesystem::path file;
    std::shared_ptr<const Document> opened = nullptr;
    std::uint64_t revision = 0;  // that was saved
    Problems problems = {};
  };

  void start(std::function<Result()> work);
  void say(std::string message, bool is_error);

  std::function<void()> on_done_;
  ui::DocumentStatus status_;
  std::mutex mutex_;
  std::optional<Result> result_;  // guarded by mutex_
  std::jthread worker_;           // last: it ends before what it writes to
};

}  // namespace deltascope::gui
