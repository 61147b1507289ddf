// Reading a whole document: its own keys, its variants, its recording and its lesson.

#include "command_json.hpp"
#include "document_reader.hpp"
#include "json_reader.hpp"
#include "lesson_json.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace deltascope {
namespace {

class PartsReader : private JsonReader {
 public:
  std::optional<Document> read(std::string_view json, std::string_view file, Problems& problems) {
    std::optional<Document> document;
    if (parse_tree(json, file, tree_, found_) && check_version()) document = build();
    if (!found_.empty()) document.reset();
    report(std::move(found_), problems);
    return document;
  }

 private:
  bool check_version() {
    const Json* version = find(tree_.root, "deltascope");
    if (version == nullptr) {
      add("deltascope", "is missing: this is not a session of Deltascope");
    } else if (!version->is_number_integer() || *version < 1) {
      add("deltascope", "must be the version of the format, 1");
    } else if (*version > document_version) {
      add("deltascope", "this session is of version " + version->dump() +
                            ", from a newer Deltascope; this one reads version " +
                            std::to_string(document_version));
    } else {
      return true;
    }
    return false;
  }

  std::optional<Document> build() {
    std::vector<std::string_view> known{"deltascope", "original", "variants", "recording"};
    known.insert(known.begin() + 1, document_keys.begin(), document_keys.end());
    known.insert(known.end(), lesson_keys.begin(), lesson_keys.end());
    only_keys(tree_.root, "", known);
    own_ = std::move(tree_.root);
    own_.erase("deltascope");
    std::string original = text(own_, "original");
    own_.erase("original");
    const std::optional<Json> variants = take("variants"), recording = take("recording");
    Json lesson = Json::object();
    for (const std::string_view key : lesson_keys) {
      if (auto part = take(std::string(key))) lesson[std::string(key)] = *std::move(part);
    }
    std::optional<Document> document = read_keys({own_, tree_.samples[""], nullptr}, "", found_);
    // In a part that changes a few keys, everything else would be found wrong again.
    if (!document || !found_.empty()) return std::nullopt;
    around_ = document->data;
    if (variants) document->variants = read_variants(*variants, original);
    document->original = std::move(original);
    if (recording) document->recording = read_recording(*recording);
    read_lesson(lesson, *document, found_);
    if (found_.empty()) add(validate_lesson(*document));
    return document;
  }

  /// A part, moved out of the document's own keys.
  std::optional<Json> take(const std::string& key) {
    const auto found = own_.find(key);
    if (found == own_.end()) return std::nullopt;
    Json part = std::move(*found);
    own_.erase(found);
    return part;
  }

  std::vector<Variant> read_variants(const Json& list, const std::string& original) {
    std::vector<Variant> variants;
    if (!is_list(list, "variants")) return variants;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = indexed("variants", {static_cast<Index>(i)});
      const Json& patch = list[i];
      if (!patch.is_object()) {
        add(at, "must be an object: { … }");
        continue;
      }
      Variant variant;
      if (const Json* name = required(patch, "name", at + ".")) {
        if (name->is_string()) variant.name = name->get<std::string>();
        const bool is_new = std::ranges::none_of(
            variants, [&](const Variant& other) { return other.name == variant.name; });
        if (variant.name.empty()) {
          add(at + ".name", "must be text in quotes and not empty");
        } else if (variant.name == original) {
          add(at + ".name", "is already the name of the document itself, original");
        }
        if (!is_new) add(at + ".name", "is already the name of another variant");
      }
      variant.document = read_patched(patch, at + ".", "name");
      variants.push_back(std::move(variant));
    }
    return variants;
  }

  std::shared_ptr<const Recording> read_recording(const Json& object) {
    if (!object.is_object()) {
      add("recording", "must be an object: { … }");
      return nullptr;
    }
    const std::string at = "recording.";
    only_keys(object, at, {"start", "log", "steps"});
    auto recording = std::make_shared<Recording>();
    if (required(object, "start", at) != nullptr) {
      const Json* start = optional_object(object, "start", at);
      if (start != nullptr) recording->start = read_patched(*start, at + "start.");
    }
    if (const Json* steps = required(object, "steps", at)) {
      recording->steps = whole(*steps, at + "steps", 0, max_recorded_steps).value_or(0);
    }
    const Json* log = required(object, "log", at);
    if (log == nullptr || !is_list(*log, at + "log")) return recording;
    for (std::size_t i = 0; i < log->size(); ++i) {
      const std::string entry = indexed(at + "log", {static_cast<Index>(i)});
      if (auto command = read_command((*log)[i], entry, found_)) {
        recording->log.push_back(*std::move(command));
      }
    }
    return recording;
  }

  /// The document with `patch` (RFC 7396) applied; null after a problem. `own_key`: one that
  /// belongs to the patch and not to the document.
  std::shared_ptr<const Document> read_patched(const Json& patch, const std::string& at,
                                               std::string_view own_key = "") {
    std::vector<std::string_view> known(document_keys.begin(), document_keys.end());
    if (!own_key.empty()) known.insert(known.begin(), own_key);
    const std::size_t problems_before = found_.size();
    only_keys(patch, at, known);
    if (found_.size() > problems_before) return nullptr;
    Json patched = own_;
    patched.merge_patch(patch);
    if (!own_key.empty()) patched.erase(std::string(own_key));
    auto document = read_keys({patched, tree_.samples[at], around_}, at, found_);
    return document ? std::make_shared<const Document>(*std::move(document)) : nullptr;
  }

  DocumentTree tree_;
  Json own_;                               // the document's keys without its parts
  std::shared_ptr<const Dataset> around_;  // the document's data
};

}  // namespace

std::optional<Document> read_document(std::string_view json, std::string_view file,
                                      Problems& problems) {
  return PartsReader().read(json, file, problems);
}

std::string json_string(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace deltascope
