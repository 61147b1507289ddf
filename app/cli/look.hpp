#pragma once

#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/loss_picture.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/walk/notation.hpp>

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// Flags that say how pictures look. What they leave open the document's view decides, and then
/// habit: logarithmic axes, Cost, against steps, smooth shading, Higham & Higham's notation.
class Look {
 public:
  void define(CLI::App& command);

  /// False, after one sentence on standard error, when the document cannot be shown so.
  bool fits(const Document& document) const;
  picture::LossStyle loss(const ViewHints& view) const;
  picture::Shading shading(const ViewHints& view) const;
  const walk::Notation& notation(const ViewHints& view) const;

 private:
  ViewHints flags_;
  std::string shading_, against_, notation_;
};

}  // namespace deltascope::cli
