#include "panels.hpp"

#include <deltascope/ui/view_hints.hpp>

#include <array>

namespace deltascope::ui {
namespace {

struct Row {
  std::optional<bool> ViewHints::*hint;
  bool Preferences::*preference;
};
constexpr std::array rows{
    Row{&ViewHints::log_steps, &Preferences::loss_log_x},
    Row{&ViewHints::log_cost, &Preferences::loss_log_y},
    Row{&ViewHints::paper_scale, &Preferences::paper_scale},
    Row{&ViewHints::hard_shading, &Preferences::hard_shading},
};

}  // namespace

void apply(const ViewHints& hints, Preferences& preferences) {
  for (const Row& row : rows) {
    if (const std::optional<bool> hint = hints.*row.hint) preferences.*row.preference = *hint;
  }
  if (hints.against != nullptr) preferences.loss_against = hints.against;
  // No name is no document's wish: then the person's own holds.
  if (hints.notation) preferences.notation_of_document = walk::find_notation(*hints.notation);
  if (hints.delta_history) preferences.open_sections[delta_history_section] = *hints.delta_history;
}

ViewHints view_hints(const Preferences& preferences) {
  ViewHints hints;
  for (const Row& row : rows)
    hints.*row.hint = preferences.*row.preference;
  hints.against = preferences.loss_against;
  hints.notation = preferences.shown_notation().name;
  const auto found = preferences.open_sections.find(delta_history_section);
  hints.delta_history = found != preferences.open_sections.end() && found->second;
  return hints;
}

ViewHints complete(const ViewHints& hints) {
  Preferences usual;
  apply(hints, usual);
  ViewHints all = view_hints(usual);
  all.notation = hints.notation.value_or("");
  return all;
}

ViewHints difference(const ViewHints& present, const ViewHints& next) {
  const ViewHints before = complete(present);
  ViewHints changes = complete(next);
  for (const Row& row : rows) {
    if (changes.*row.hint == before.*row.hint) (changes.*row.hint).reset();
  }
  if (changes.delta_history == before.delta_history) changes.delta_history.reset();
  if (changes.against == before.against) changes.against = nullptr;
  if (changes.notation == before.notation) changes.notation.reset();
  return changes;
}

}  // namespace deltascope::ui
