#pragma once
// Reading one document out of a tree of JSON values.

#include "document_tree.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace deltascope {

/// The keys that a document, a variant and a recording's start have alike.
inline constexpr std::array<std::string_view, 14> document_keys{
    "title", "about", "view", "sizes", "activations", "loss",    "l2",
    "W",     "b",     "init", "X",     "Y",           "dataset", "training"};

struct DocumentKeys {
  const Json& root;
  Samples& samples;  ///< those that stand in these keys themselves; taken out
  /// Of the document around, for keys X and Y that came from there with their rows left behind.
  const std::shared_ptr<const Dataset>& around;
};

/// The document that these keys say, without variants and recording; checked. Its problems have
/// paths that begin with `at`.
std::optional<Document> read_keys(const DocumentKeys& keys, const std::string& at,
                                  Problems& problems);

}  // namespace deltascope
