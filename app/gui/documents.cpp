#include "documents.hpp"

#include <exception>
#include <utility>

namespace deltascope::gui {
namespace {

// A toast is no place for a thousand problems.
constexpr std::size_t problems_shown = 6;

std::string to_lines(const Problems& problems) {
  std::string lines;
  for (std::size_t i = 0; i < problems.size() && i < problems_shown; ++i) {
    lines += '\n' + problems[i].text();
  }
  if (problems.size() > problems_shown) {
    lines += "\n… and " + std::to_string(problems.size() - problems_shown) + " more";
  }
  return lines;
}

}  // namespace

std::vector<ui::Preset> read_presets(const std::vector<std::filesystem::path>& files) {
  std::vector<ui::Preset> presets;
  for (const std::filesystem::path& file : files) {
    Problems problems;
    const auto document = load_document(file, problems);
    if (!document) continue;
    presets.push_back({file, document->title.empty() ? file.stem().string() : document->title});
  }
  return presets;
}

void Documents::start(std::function<Result()> work) {
  if (status_.busy) {
    say("Still busy with the last file; try again in a moment", true);
    return;
  }
  status_.busy = true;
  worker_ = std::jthread([this, work = std::move(work)] {
    Result result = work();
    {
      const std::scoped_lock lock(mutex_);
      result_ = std::move(result);
    }
    on_done_();
  });
}

void Documents::open(const std::filesystem::path& file) {
  start([file] {
    Result result{.file = file};
    try {
      if (auto document = load_document(file, result.problems)) {
        result.opened = std::make_shared<const Document>(*std::move(document));
      }
    } catch (const std::exception& error) {  // out of memory, say
      result.problems.push_back({file.string(), error.what()});
    }
    return result;
  });
}

void Documents::save(const std::filesystem::path& file, const Snapshot& snapshot) {
  start([file, title = status_.title, about = status_.about, settings = snapshot.settings,
         data = snapshot.data, parameters = snapshot.parameters, revision = snapshot.revision] {
    Result result{.saved = true, .file = file, .revision = revision};
    try {
      Document document = make_document(*settings, *data, parameters);
      document.title = title;
      document.about = about;
      save_document(document, file, result.problems);
    } catch (const std::exception& error) {
      result.problems.push_back({file.string(), error.what()});
    }
    return result;
  });
}

Documents::News Documents::poll() {
  std::optional<Result> result;
  {
    const std::scoped_lock lock(mutex_);
    result.swap(result_);
  }
  if (!result) return {};
  status_.busy = false;
  const std::string name = result->file.filename().string();
  if (!result->problems.empty()) {
    say((result->saved ? "Could not save " : "Could not open ") + name + to_lines(result->problems),
        true);
    return {.changed = true};
  }
  status_.path = result->file;
  status_.name = name;
  status_.saved_revision = result->revision;
  if (result->opened) {
    ++status_.opened;
    status_.title = result->opened->title;
    status_.about = result->opened->about;
  }
  say((result->saved ? "Saved " : "Opened ") + name, false);
  return {.opened = std::move(result->opened), .changed = true};
}

void Documents::say(std::string message, bool is_error) {
  status_.message = std::move(message);
  status_.message_is_error = is_error;
  ++status_.message_number;
}

}  // namespace deltascope::gui
