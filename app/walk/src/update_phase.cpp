// The update of all layers at once, and what it did to the loss.
#include "decimal.hpp"
#include "update_formula.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace deltascope::walk {
namespace {

constexpr std::array both_kinds{weight_kinds, bias_kinds};

UpdateTerms symbols(const std::function<Formula(Kind)>& named) {
  return {named, named, [named](Kind kind) { return renewed(named(kind)); }};
}

UpdateTerms symbols(const Walk& walk, const Quantity& quantity) {
  return symbols([&walk, quantity](Kind kind) {
    return walk.entry_name({kind, quantity.layer, quantity.row, quantity.col});
  });
}

/// Of any layer: W^[l].
UpdateTerms symbols_of_a_layer(const Walk& walk) {
  return symbols([&walk](Kind kind) {
    Formula name = walk.name(Quantity{kind}, {.layer = "l"});
    name.of.reset();  // the mouse on it lights up none
    return name;
  });
}

UpdateTerms matrices(const Walk& walk, const ParameterKinds& kinds, Index layer) {
  const auto moments_before = [&walk, &kinds, layer](Kind kind) {
    const auto P = static_cast<std::size_t>(walk.net().parameters());
    const std::span<const double> all = walk.step().moments;
    const std::span<const double> block = kind == kinds.m ? all.first(P) : all.last(P);
    return walk.matrix({kind, layer}, walk.name({kind, layer}),
                       [&walk, &kinds, layer, block](Index r, Index c) {
                         return kinds.parameter == Kind::W
                                    ? walk.net().W(block, layer)(r, c)
                                    : walk.net().b(block, layer)[static_cast<std::size_t>(r)];
                       });
  };
  const auto moments_after = [&walk, layer](Kind kind) {
    return walk.matrix({kind, layer}, renewed(walk.name({kind, layer})),
                       [&walk, kind, layer](Index r, Index c) {
                         return walk.value({kind, layer, r, c});
                       });
  };
  return {[&walk, layer](Kind kind) {
            return walk.matrix({kind, layer});
          },
          moments_before, moments_after};
}

Formula name_of_result(const UpdateLine& line, Formula symbol) {
  return line.name != nullptr ? line.name(std::move(symbol)) : symbol;
}

double value_of_result(const Walk& walk, const UpdateLine& line, const ParameterKinds& kinds,
                       const Quantity& entry) {
  return line.value != nullptr ? line.value(walk, kinds, entry) : walk.value(entry);
}

Formula numbers_of(const Walk& walk, const UpdateLine& line, const ParameterKinds& kinds,
                   const Quantity& result) {
  const Index layer = result.layer;
  std::vector<Formula> parts{
      line.numbers != nullptr ? line.numbers(walk, kinds, layer)
                              : line.rule(walk, kinds, matrices(walk, kinds, layer)),
      relation("="),
      walk.matrix(result, name_of_result(line, walk.name(result)), [&](Index r, Index c) {
        return value_of_result(walk, line, kinds, result.at(r, c));
      })};
  if (line.given != nullptr) {
    // No comma: what is wider leaves no room for the worked example beside it.
    parts.insert(parts.end(), {space(0.7F), line.given(walk)});
  }
  return row(std::move(parts));
}

Part update_part(const Walk& walk, const UpdateLine& line, const ParameterKinds& kinds,
                 Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity result{kinds.*line.result, layer};
  stage.about = line.about;
  stage.rule = row({name_of_result(line, walk.name(result)), relation("="),
                    line.rule(walk, kinds, symbols(walk, result))});
  if (walk.with_numbers()) stage.numbers = numbers_of(walk, line, kinds, result);
  stage.result = result;
  stage.lit = {{kinds.parameter, layer}, {kinds.gradient, layer}, result};
  part.example = [&walk, &line, &kinds, result](Index r, Index c) {
    Example example;
    example.of = kinds.parameter == Kind::W ? result.at(r, c) : result.at(r, every);
    example.name = name_of_result(line, walk.entry_name(example.of));
    example.rule = line.rule(walk, kinds, symbols(walk, example.of));
    example.result = value_of_result(walk, line, kinds, example.of);
    if (result.kind == kinds.after) {
      const Quantity old{kinds.parameter, result.layer, example.of.row, example.of.col};
      example.shows = std::abs(example.result - walk.value(old));
    }
    example.numbers = {line.work(walk, kinds, example.of)};
    return example;
  };
  return part;
}

/// C_x of the walked sample with the new parameters.
double loss_after(const Walk& walk) {
  const Step& step = walk.step();
  const ConstMatrixView x = walk.trace().X.view().columns(walk.walked(), 1);
  const ConstMatrixView y = walk.trace().Y.view().columns(walk.walked(), 1);
  Activity activity;
  predict(walk.net(), step.parameters_after, x, activity);
  double loss = 0.0;
  step.model().loss->per_sample(activity.z.back().view(), activity.a.back().view(), y, {&loss, 1});
  return loss;
}

/// Neither less nor more is also said of what is no number any more.
std::string_view became(double before, double after, std::string_view less, std::string_view more,
                        std::string_view same) {
  if (!std::isfinite(after)) return "leaves the range of finite numbers";
  return after < before ? less : after > before ? more : same;
}

Formula before_and_after(Formula name, double before, double after, const Quantity& of) {
  constexpr int digits = 5;
  return row({std::move(name), relation("="), written(before, digits, of), relation("→"),
              written(after, digits, of)});
}

}  // namespace

void add_update_parts(const Walk& walk, std::vector<Part>& parts) {
  const UpdateFormula& formula = update_formula(walk.step().settings->optimizer->name);
  for (Index layer = 0; layer < walk.net().layers(); ++layer) {
    for (const ParameterKinds& kinds : both_kinds) {
      for (const UpdateLine& line : formula.lines)
        parts.push_back(update_part(walk, line, kinds, layer));
    }
  }
}

Part all_parameters(const Walk& walk, std::string about) {
  Part part;
  Stage& stage = part.stage;
  stage.about = std::move(about);
  std::vector<Formula> names, numbers;
  for (Index layer = 0; layer < walk.net().layers(); ++layer) {
    for (const ParameterKinds& kinds : both_kinds) {
      if (!names.empty()) {
        names.insert(names.end(), {comma(), space(0.5F)});
        numbers.push_back(space(0.6F));
      }
      names.push_back(walk.name({kinds.after, layer}));
      numbers.push_back(walk.matrix({kinds.after, layer}));
      stage.lit.push_back({kinds.parameter, layer});
    }
  }
  stage.rule = row(std::move(names));
  if (walk.with_numbers()) stage.numbers = row(std::move(numbers));
  return part;
}

Part effect_of_update(const Walk& walk, Formula rule) {
  Part part;
  Stage& stage = part.stage;
  const Step& step = walk.step();
  const Quantity loss{Kind::loss, 0, every, walk.walked()}, cost{Kind::cost};
  const double before = walk.value(loss), after = loss_after(walk);
  stage.about = fmt::format(
      "With the new parameters the loss of point {} {}.", walk.point(walk.walked()),
      became(before, after, "would be smaller", "would be larger", "would be the same"));
  std::vector<Formula> lines{before_and_after(walk.name(Kind::loss), before, after, loss)};
  if (step.cost_before && step.cost_after) {
    lines.insert(lines.end(), {comma(), space(1.0F)});
    lines.push_back(
        before_and_after(walk.cost_over_all_points(), *step.cost_before, *step.cost_after, cost));
    stage.about += fmt::format(
        " The cost over all points {}.",
        became(*step.cost_before, *step.cost_after, "would fall", "would rise", "would stay"));
  }
  stage.rule = std::move(rule);
  if (walk.with_numbers()) stage.numbers = row(std::move(lines));
  stage.lit = {loss, cost};
  return part;
}

Chapter update_chapter(const Walk& walk) {
  Chapter chapter;
  chapter.title = "Update";
  chapter.about = fmt::format(
      "All layers change at once by {}, each from its old parameters: no layer sees another's new "
      "ones.",
      walk.step().settings->optimizer->label);
  const UpdateLine& last = update_formula(walk.step().settings->optimizer->name).lines.back();
  const UpdateTerms terms = symbols_of_a_layer(walk);
  chapter.rule =
      row({terms.now(weight_kinds.after), relation("="), last.rule(walk, weight_kinds, terms)});
  add_update_parts(walk, chapter.parts);
  chapter.parts.push_back(all_parameters(walk, "All weights and biases after this step."));
  chapter.parts.push_back(effect_of_update(walk, chapter.rule));
  return chapter;
}

}  // namespace deltascope::walk
