#include "preferences_store.hpp"

#include <deltascope/atomic_file.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace deltascope::gui {

PreferencesStore::PreferencesStore(std::filesystem::path file) : file_(std::move(file)) {
  if (file_.empty()) return;
  std::ifstream in(file_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  saved_ = ui::parse_preferences(text);
}

void PreferencesStore::save(const ui::Preferences& preferences) {
  if (file_.empty() || preferences == saved_) return;
  saved_ = preferences;
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  Problems problems;
  if (!write_atomically(file_, to_text(preferences), problems)) {
    for (const Problem& problem : problems) {
      std::cerr << "deltascope: settings are not kept: " << problem.text() << '\n';
    }
    file_.clear();
  }
}

}  // namespace deltascope::gui
