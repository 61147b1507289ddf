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

}  // namespace

std::string run_name(const Frame& frame) {
  const DocumentStatus& document = frame.document;
  const bool as_opened = frame.snapshot.revision == document.saved_revision;
  if (as_opened && document.variant) return document.variants[*document.variant];
  const Settings& settings = *frame.snapshot.settings;
  const Optimizer& optimizer = *settings.optimizer;
  std::string name(optimizer.label);
  if (optimizer.uses_learning_rate()) {
    name += ", η " + shown_number(settings.rates.learning_rate);
  } else {
    name += ", μ₀ " + shown_number(settings.rates.damping);
  }
  if (settings.batch_size != 0) name += fmt::format(", batch {}", settings.batch_size);
  return name;
}

bool can_keep_run(const Frame& frame) {
  const auto recorded = frame.history.cost.buckets();
  return !recorded.empty() && recorded.back().last_step > 0;
}

void keep_run(View& view, const Frame& frame, std::string name) {
  if (!can_keep_run(frame)) return;
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
  run.name = numbered(kept, name);
  run.given_name = std::move(name);
  kept.push_back(std::move(run));
}

}  // namespace deltascope::ui
