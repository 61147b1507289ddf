#include <deltascope/nearest_name.hpp>
#include <deltascope/walk/document_notation.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

std::string why_unknown(const std::string& name) {
  std::vector<std::string> names;
  std::string list;
  for (const Notation& notation : notations()) {
    names.emplace_back(notation.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  return fmt::format("\"{}\" is not known; did you mean \"{}\"? It must be one of {}", name,
                     nearest_name(name, names), list);
}

void check(const ViewHints& view, const std::string& path, Problems& problems) {
  if (!view.notation || find_notation(*view.notation) != nullptr) return;
  problems.push_back({path + "view.notation", why_unknown(*view.notation)});
}

}  // namespace

bool notations_known(const Document& document, Problems& problems) {
  const std::size_t before = problems.size();
  check(document.view, "", problems);
  for (std::size_t v = 0; v < document.variants.size(); ++v) {
    const ViewHints& view = document.variants[v].document->view;
    // What a variant takes over has been checked.
    if (view.notation != document.view.notation)
      check(view, fmt::format("variants[{}].", v), problems);
  }
  return problems.size() == before;
}

}  // namespace deltascope::walk
