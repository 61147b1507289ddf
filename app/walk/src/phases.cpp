#include "walk.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace deltascope::walk {
namespace {

Chapter chapter_of(const Walk& walk, const PhaseId& id) {
  switch (id.kind) {
    case PhaseKind::batch:
      return batch_chapter(walk);
    case PhaseKind::forward:
      return forward_chapter(walk, id.layer);
    case PhaseKind::cost:
      return cost_chapter(walk);
    case PhaseKind::output_delta:
      return output_delta_chapter(walk, id.layer);
    case PhaseKind::hidden_delta:
      return hidden_delta_chapter(walk, id.layer);
    case PhaseKind::gradient:
      return gradient_chapter(walk, id.layer);
    case PhaseKind::regularization:
      return regularization_chapter(walk);
    case PhaseKind::update:
      return update_chapter(walk);
    case PhaseKind::jacobian:
      return jacobian_chapter(walk);
    case PhaseKind::trial:
      return trial_chapter(walk);
    case PhaseKind::verdict:
      return verdict_chapter(walk);
  }
  return {};
}

void add_backpropagation(const Step& step, std::vector<PhaseId>& ids) {
  const Index last = step.net().layers() - 1;
  ids.push_back({PhaseKind::output_delta, last});
  for (Index layer = last - 1; layer >= 0; --layer)
    ids.push_back({PhaseKind::hidden_delta, layer});
  for (Index layer = last; layer >= 0; --layer)
    ids.push_back({PhaseKind::gradient, layer});
  if (step.model().l2 > 0.0) ids.push_back({PhaseKind::regularization});
  ids.push_back({PhaseKind::update});
}

/// Of equal ways to compute it the first one whose result keeps some digits, else the last.
Reproduced best(const Example& example) {
  constexpr int enough_digits = 3;
  Reproduced found;
  for (const Arithmetic& numbers : example.numbers) {
    found = reproduce(numbers, example.result, example.of, example.shows);
    if (found.exact_enough && found.digits >= enough_digits) break;
  }
  return found;
}

/// `name` = `right`, or `right` alone where nothing has a name.
Formula equation(const Formula& name, Formula right) {
  if (name.empty()) return right;
  return row({name, relation("="), std::move(right)});
}

}  // namespace

std::vector<PhaseId> phases(const Step& step) {
  std::vector<PhaseId> ids{{PhaseKind::batch}};
  for (Index layer = 0; layer < step.net().layers(); ++layer)
    ids.push_back({PhaseKind::forward, layer});
  ids.push_back({PhaseKind::cost});
  if (step.trial == nullptr) {
    add_backpropagation(step, ids);
  } else {
    for (const PhaseKind kind : {PhaseKind::jacobian, PhaseKind::trial, PhaseKind::verdict})
      ids.push_back({kind});
  }
  return ids;
}

Phase phase(const Step& step, const PhaseId& id, const Options& options) {
  const Walk walk(step, options, true);
  Chapter chapter = chapter_of(walk, id);
  Phase result;
  result.id = id;
  result.title = std::move(chapter.title);
  result.about = std::move(chapter.about);
  result.rule = std::move(chapter.rule);
  for (Part& part : chapter.parts) {
    Stage& stage = part.stage;
    if (part.example && stage.rows == 0) {
      stage.rows = walk.rows_of(stage.result);
      stage.cols = walk.cols_of(stage.result);
    }
    result.stages.push_back(std::move(stage));
  }
  return result;
}

Worked worked(const Step& step, const PhaseId& id, std::size_t stage, Index row_given, Index col,
              const Options& options) {
  const Walk walk(step, options, false);
  const Chapter chapter = chapter_of(walk, id);
  assert(stage < chapter.parts.size() && chapter.parts[stage].example);
  Example example = chapter.parts[stage].example(row_given, col);
  Reproduced numbers = best(example);
  Worked result;
  result.rule = equation(example.name, std::move(example.rule));
  const int last = static_cast<int>(example.terms.size());
  // The result is the last thing one sees.
  const int moment = last == 0 ? 0 : last + 1;
  if (last != 0) example.terms.push_back(example.of);
  Formula right =
      row({std::move(numbers.left), from_moment(moment, relation(numbers.exact_enough ? "=" : "≠")),
           from_moment(moment, std::move(numbers.result))});
  result.numbers = equation(example.name, std::move(right));
  result.terms = std::move(example.terms);
  return result;
}

}  // namespace deltascope::walk
