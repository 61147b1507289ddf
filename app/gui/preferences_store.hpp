#pragma once

#include <deltascope/ui/preferences.hpp>

#include <filesystem>

namespace deltascope::gui {

/// Preferences on disk. Nothing that goes wrong here may keep anyone from working: an unreadable
/// file means the defaults, one that cannot be written is reported once on stderr.
class PreferencesStore {
 public:
  /// An empty path: nothing is read or written.
  explicit PreferencesStore(std::filesystem::path file);
  const ui::Preferences& loaded() const { return saved_; }
  /// Writes when something differs from what is on disk.
  void save(const ui::Preferences& preferences);

 private:
  std::filesystem::path file_;
  ui::Preferences saved_;
};

}  // namespace deltascope::gui
