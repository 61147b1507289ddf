#include "document_parts.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/session_file.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace deltascope {
namespace {

// A million points take about 60 MB; whatever is this big is not a session, or never ends.
constexpr std::size_t max_file_bytes = std::size_t{1} << 30;

/// All of a stream, up to the limit; false when there is more.
bool read_all(std::istream& in, std::string& text) {
  char block[1 << 16];
  while (in.read(block, sizeof block), in.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(in.gcount()));
    if (text.size() > max_file_bytes) return false;
  }
  return true;
}

}  // namespace

std::optional<Document> parse_document(std::string_view json, Problems& problems) {
  return read_document(json, "", problems);
}

std::optional<Document> load_document(const std::filesystem::path& file, Problems& problems) {
  const bool from_stdin = file == "-";
  const std::string name = from_stdin ? "standard input" : file.string();
  const auto fail = [&](std::string message) {
    problems.push_back({name, std::move(message)});
    return std::nullopt;
  };
  std::string text;
  bool complete = false;
  if (from_stdin) {
    complete = read_all(std::cin, text);
  } else {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) {
      return fail(error && status.type() == std::filesystem::file_type::none ? error.message()
                                                                             : "no such file");
    }
    if (std::filesystem::is_directory(status)) return fail("is a folder, not a session");
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail("cannot be opened for reading; check its permissions");
    complete = read_all(in, text);
    if (in.bad()) return fail("cannot be read");
  }
  if (!complete) return fail("is larger than 1 GiB, which is too big for a session");
  return read_document(text, name, problems);
}

bool save_document(const Document& document, const std::filesystem::path& file,
                   Problems& problems) {
  const Problems found = validate(document);
  problems.insert(problems.end(), found.begin(), found.end());
  return found.empty() && write_atomically(file, to_json(document), problems);
}

Session make_session(const Document& document) {
  return document.parameters.empty()
             ? Session(document.settings, document.data)
             : Session(document.settings, document.data, document.parameters);
}

Document make_document(const Settings& settings, const Dataset& data,
                       std::span<const double> parameters) {
  Settings kept = settings;
  // Points may have been removed since the size was chosen; a document must fit its own data.
  if (data.size() > 0) kept.batch_size = std::min(kept.batch_size, data.size());
  Document document;
  document.settings = std::make_shared<const Settings>(std::move(kept));
  document.data = std::make_shared<const Dataset>(data);
  document.parameters.assign(parameters.begin(), parameters.end());
  return document;
}

}  // namespace deltascope
