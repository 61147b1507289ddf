#include "documents.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/ui/view_hints.hpp>
#include <deltascope/walk/document_notation.hpp>

#include <algorithm>
#include <exception>
#include <future>
#include <utility>

namespace deltascope::gui {
namespace {

// A toast is no place for a thousand problems.
constexpr std::size_t problems_shown = 6;

struct Captured {
  Document document;
  std::uint64_t revision = 0;
};

constexpr const char* still_busy = "Still busy with the last file; try again in a moment";

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

std::vector<std::string> variant_names(const Document& document) {
  std::vector<std::string> names;
  for (const Variant& variant : document.variants)
    names.push_back(variant.name);
  return names;
}

// Variants that are looked at as their document is go on so.
std::vector<Variant> with_view(std::vector<Variant> variants, const ViewHints& before,
                               const ViewHints& now) {
  for (Variant& variant : variants) {
    if (variant.document->view != before) continue;
    Document document = *variant.document;
    document.view = now;
    variant.document = std::make_shared<const Document>(std::move(document));
  }
  return variants;
}

// Null, and a problem, when the recording cannot be right.
std::shared_ptr<Session> gone_on(const Recording& recording, Problems& problems,
                                 const std::stop_token& stop) {
  auto session = replay(recording, problems,
                        [&](const Session& /*present*/) { return !stop.stop_requested(); });
  return session ? std::make_shared<Session>(*std::move(session)) : nullptr;
}

}  // namespace

std::vector<ui::Preset> read_presets(const std::vector<Preset>& presets) {
  std::vector<ui::Preset> read;
  for (const Preset& preset : presets) {
    Problems problems;
    const auto document = load_document(preset.file, problems);
    if (!document) continue;
    read.push_back({preset.name, preset.file,
                    document->title.empty() ? preset.name : document->title, document->about,
                    variant_names(*document)});
  }
  return read;
}

std::optional<std::size_t> find_variant(const Document& document, const std::string& name,
                                        Problems& problems) {
  const auto& variants = document.variants;
  const auto found = std::ranges::find(variants, name, &Variant::name);
  if (found != variants.end()) return static_cast<std::size_t>(found - variants.begin());
  std::string names;
  for (const Variant& variant : variants)
    names += (names.empty() ? "; there are \"" : ", \"") + variant.name + "\"";
  problems.push_back({"--variant", "there is no variant \"" + name + "\"" +
                                       (names.empty() ? "; the document has none" : names)});
  return std::nullopt;
}

bool Documents::start(std::function<Result(const std::stop_token&)> work) {
  if (status_.busy) {
    say(still_busy, true);
    return false;
  }
  status_.busy = true;
  worker_ = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
    Result result = work(stop);
    {
      const std::scoped_lock lock(mutex_);
      result_ = std::move(result);
    }
    on_done_();
  });
  return true;
}

void Documents::open(const std::filesystem::path& file, const std::string& variant) {
  start([file, variant](const std::stop_token& stop) {
    Result result{.file = file};
    try {
      auto document = load_document(file, result.problems);
      if (document && walk::notations_known(*document, result.problems)) {
        if (!variant.empty()) result.variant = find_variant(*document, variant, result.problems);
        if (document->exercise && document->recording && !result.variant)
          result.session = gone_on(*document->recording, result.problems, stop);
        result.document = std::make_shared<const Document>(*std::move(document));
      }
    } catch (const std::exception& error) {  // out of memory, say
      result.problems.push_back({file.string(), error.what()});
    }
    return result;
  });
}

std::shared_ptr<const Document> Documents::open_variant(std::optional<std::size_t> variant) {
  if (!document_ || (variant && *variant >= document_->variants.size())) return nullptr;
  if (status_.busy) {
    say(still_busy, true);
    return nullptr;
  }
  // What a person has changed since stays where the two are looked at alike.
  status_.view = ui::difference(session_of(status_.variant)->view, session_of(variant)->view);
  return show(variant);
}

const std::shared_ptr<const Document>& Documents::session_of(
    std::optional<std::size_t> variant) const {
  return variant ? document_->variants[*variant].document : document_;
}

const std::shared_ptr<const Document>& Documents::show(std::optional<std::size_t> variant) {
  status_.variant = variant;
  status_.saved_revision = 0;
  ++status_.sessions;
  const std::shared_ptr<const Document>& shown = session_of(variant);
  status_.settings = shown->settings;
  status_.data = shown->data;
  return shown;
}

std::optional<Capture> Documents::save(const std::filesystem::path& file, const ViewHints& view,
                                       const Answers& answers) {
  // The engine gives the session between two steps, the worker waits for it: no frame does.
  const auto session = std::make_shared<std::promise<Captured>>();
  Document texts;
  texts.title = status_.title;
  texts.about = status_.about;
  texts.view = view;
  texts.exercise = status_.exercise;
  texts.questions = status_.questions;
  texts.answers = answers;
  if (document_) {
    texts.variants = with_view(document_->variants, document_->view, view);
    // The name is of what was opened: a variant that is saved as the document is something else.
    if (!status_.variant) texts.original = document_->original;
  }
  const bool started =
      start([file, texts = std::move(texts), captured = session->get_future().share()](
                const std::stop_token& /*a save is not given up*/) {
        Result result{.saved = true, .file = file};
        try {
          auto [document, revision] = captured.get();
          document.title = texts.title;
          document.about = texts.about;
          document.view = texts.view;
          document.variants = texts.variants;
          document.original = texts.original;
          document.exercise = texts.exercise;
          document.questions = texts.questions;
          document.answers = texts.answers;
          save_document(document, file, result.problems);
          result.document = std::make_shared<const Document>(std::move(document));
          result.revision = revision;
        } catch (const std::exception& error) {
          result.problems.push_back({file.string(), error.what()});
        }
        return result;
      });
  if (!started) return std::nullopt;
  return Capture{[session](const Session& present) {
    try {
      session->set_value({make_document(present), present.revision()});
    } catch (...) {
      session->set_exception(std::current_exception());
    }
  }};
}

void Documents::write_text(const std::filesystem::path& file, std::string text) {
  start([file, text = std::move(text)](const std::stop_token& /*a save is not given up*/) {
    Result result{.saved = true, .file = file, .is_text = true};
    write_atomically(file, text, result.problems);
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
  if (result->is_text) {
    say("Exported " + name, false);
    return {.changed = true};
  }
  status_.path = result->file;
  status_.name = name;
  // The title tells of a preset that is open.
  const bool is_preset =
      std::ranges::find(status_.presets, result->file, &ui::Preset::path) != status_.presets.end();
  if (result->saved || !is_preset) {
    say((result->saved ? "Saved " : "Opened ") + name, false);
  } else {
    status_.message_is_error = false;
  }
  document_ = std::move(result->document);
  if (result->saved) {
    status_.variant.reset();  // the document itself is now what runs
    status_.original = document_->original;
    status_.saved_revision = result->revision;
    status_.answers = document_->answers;
    return {.changed = true};
  }
  ++status_.opened;
  status_.title = document_->title;
  status_.about = document_->about;
  status_.original = document_->original;
  status_.exercise = document_->exercise;
  status_.questions = document_->questions;
  status_.answers = document_->answers;
  status_.variants = variant_names(*document_);
  status_.view = ui::complete(session_of(result->variant)->view);
  News news{.opened = show(result->variant), .session = result->session, .changed = true};
  if (news.session) {
    status_.saved_revision = news.session->revision();
    status_.settings = news.session->state().settings;
    status_.data = news.session->state().data;
  }
  return news;
}

void Documents::say(std::string message, bool is_error) {
  status_.message = std::move(message);
  status_.message_is_error = is_error;
  ++status_.message_number;
}

}  // namespace deltascope::gui
