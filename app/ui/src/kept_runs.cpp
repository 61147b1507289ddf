#include "kept_runs.hpp"

#include "view.hpp"
#include "widgets.hpp"

#include <deltascope/picture/loss_picture.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace deltascope::ui {
namespace {

// Whether `longer` is the same run some steps later; its newest bucket may have grown meanwhile.
bool continues(const Series& longer, const Series& shorter) {
  const auto now = longer.buckets(), before = shorter.buckets();
  if (before.empty() || now.size() < before.size()) return false;
  return std::equal(before.begin(), before.end() - 1, now.begin());
}

std::string numbered(const std::vector<KeptRun>& kept, const std::string& name) {
  const auto taken = [&](const std::string& wanted) {
    return std::any_of(kept.begin(), kept.end(),
                       [&](const KeptRun& run) { return run.name == wanted; });
  };
  std::string free = name;
  for (int number = 2; taken(free); ++number)
    free = fmt::format("{} ({})", name, number);
  return free;
}

std::size_t unused_look(const std::vector<KeptRun>& kept) {
  std::size_t look = 0;
  while (
      std::any_of(kept.begin(), kept.end(), [&](const KeptRun& run) { return run.look == look; }))
    ++look;
  return look;
}

std::string method(const Settings& settings, const walk::Notation& notation) {
  const Optimizer& optimizer = *settings.optimizer;
  std::string text(optimizer.label);
  if (optimizer.uses_learning_rate()) {
    text += fmt::format(", {} = {}", notation.learning_rate,
                        shown_number(settings.rates.learning_rate));
  } else {
    text += ", μ₀ = " + shown_number(settings.rates.damping);
  }
  if (settings.batch_size != 0) text += fmt::format(", batch {}", settings.batch_size);
  return text;
}

// A reset, or a change that is undone, leads back to what was opened.
bool is_as_opened(const Frame& frame) {
  const DocumentStatus& document = frame.document;
  return document.settings != nullptr && *frame.snapshot.settings == *document.settings &&
         frame.snapshot.data == document.data;
}

}  // namespace

std::string original_name(const DocumentStatus& document) {
  return document.original.empty() ? "Original" : document.original;
}

std::string run_name(const View& view, const Frame& frame, const walk::Notation& notation) {
  const DocumentStatus& document = frame.document;
  if (is_as_opened(frame)) {
    if (document.variant) return document.variants[*document.variant];
    if (!document.variants.empty() || !document.original.empty()) return original_name(document);
  }
  std::string name = method(*frame.snapshot.settings, notation);
  const std::uint64_t seed = frame.snapshot.settings->initial.seed;
  const bool only_seed_differs =
      std::any_of(view.kept.begin(), view.kept.end(),
                  [&](const KeptRun& run) { return run.method == name && run.seed != seed; });
  if (only_seed_differs) name += fmt::format(", seed {}", seed);
  return name;
}

std::string shown_run_name(const View& view, const Frame& frame, const walk::Notation& notation) {
  const bool alone = view.kept.empty() && frame.document.variants.empty();
  return alone ? std::string(notation.cost) : run_name(view, frame, notation);
}

bool can_keep_run(const Frame& frame) {
  const auto recorded = frame.history.cost.buckets();
  return !recorded.empty() && recorded.back().last_step > 0;
}

void keep_run(View& view, const Frame& frame, const walk::Notation& notation) {
  if (!can_keep_run(frame)) return;
  std::string name = run_name(view, frame, notation);
  KeptRun run;
  run.history.cost = frame.history.cost;
  run.history.gradient_evaluations = frame.history.gradient_evaluations;
  run.history.seconds = frame.history.seconds;
  std::vector<KeptRun>& kept = view.kept;
  const auto shorter = std::find_if(kept.begin(), kept.end(), [&](const KeptRun& other) {
    return other.given_name == name && continues(run.history.cost, other.history.cost);
  });
  if (shorter != kept.end()) {
    shorter->history = std::move(run.history);
    return;
  }
  if (kept.size() == picture::most_kept_runs) kept.erase(kept.begin());
  run.look = unused_look(kept);
  run.method = method(*frame.snapshot.settings, notation);
  run.seed = frame.snapshot.settings->initial.seed;
  run.name = numbered(kept, name);
  run.given_name = std::move(name);
  kept.push_back(std::move(run));
}

}  // namespace deltascope::ui
