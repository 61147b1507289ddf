#pragma once

#include <deltascope/engine.hpp>
#include <deltascope/presets.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/ui/workbench.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace deltascope::gui {

/// What the presets say of themselves; those that cannot be read are left out.
std::vector<ui::Preset> read_presets(const std::vector<Preset>& presets);

/// The place of the variant with this name; nullopt, and a problem that lists those that there are.
std::optional<std::size_t> find_variant(const Document& document, const std::string& name,
                                        Problems& problems);

/// Opens and saves session documents without holding up a frame: the file is read or written on a
/// worker, one at a time. Used on the UI thread. The running session stays as it is until a
/// document has been read and found right. An exercise goes on where it was saved: its answers are
/// about steps of that run.
class Documents {
 public:
  /// `on_done` is called on the worker when poll() has something to fetch.
  explicit Documents(std::function<void()> on_done, std::vector<ui::Preset> presets = {})
      : on_done_(std::move(on_done)) {
    status_.presets = std::move(presets);
  }
  /// Waits for a save that is under way: it must not be lost.
  ~Documents() = default;

  /// With `variant`, that one of the document's variants.
  void open(const std::filesystem::path& file, const std::string& variant = {});
  /// The open document's variant, to hand to the engine; nullopt: the document itself. Null, and a
  /// message, while a file is being read or written.
  std::shared_ptr<const Document> open_variant(std::optional<std::size_t> variant);
  /// Saves the present session with its recording, the document's texts, exercise and variants,
  /// these answers, and this view. For that the engine must be posted what is returned; nullopt,
  /// and a message, while another file is being read or written.
  std::optional<Capture> save(const std::filesystem::path& file, const ViewHints& view,
                              const Answers& answers = {});

  /// Writes a text that is nobody's document; what is open stays open.
  void write_text(const std::filesystem::path& file, std::string text);

  /// Fetches what has been finished since the last call. `opened` is the document to hand to the
  /// engine, with its session where that is already on its way; `changed` when the status is
  /// another one than before.
  struct News {
    std::shared_ptr<const Document> opened = nullptr;
    std::shared_ptr<Session> session = nullptr;
    bool changed = false;
  };
  News poll();
  const ui::DocumentStatus& status() const { return status_; }

 private:
  struct Result {
    bool saved = false;
    std::filesystem::path file;
    bool is_text = false;  // written for somebody else
    std::shared_ptr<const Document> document = nullptr;
    std::shared_ptr<Session> session = nullptr;  // of `document`, on its way
    std::optional<std::size_t> variant = std::nullopt;
    std::uint64_t revision = 0;  // that was saved
    Problems problems = {};
  };

  bool start(std::function<Result(const std::stop_token&)> work);
  const std::shared_ptr<const Document>& session_of(std::optional<std::size_t> variant) const;
  // The session that `variant` of the open document starts.
  const std::shared_ptr<const Document>& show(std::optional<std::size_t> variant);
  void say(std::string message, bool is_error);

  std::function<void()> on_done_;
  ui::DocumentStatus status_;
  std::shared_ptr<const Document> document_;  // that is open; null for a new session
  std::mutex mutex_;
  std::optional<Result> result_;  // guarded by mutex_
  std::jthread worker_;           // last: it ends before what it writes to
};

}  // namespace deltascope::gui
