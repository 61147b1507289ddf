#include <deltascope/walk/formula.hpp>

#include <algorithm>
#include <utility>

namespace deltascope::walk {
namespace {

Formula leaf(Form form, std::string_view text, Face face, Class spacing) {
  Formula made;
  made.form = form;
  made.text = text;
  made.face = face;
  made.spacing = spacing;
  return made;
}

Formula around(Form form, std::vector<Formula> parts, Class spacing = Class::ordinary) {
  Formula made;
  made.form = form;
  made.spacing = spacing;
  made.parts = std::move(parts);
  return made;
}

}  // namespace

Formula row(std::vector<Formula> parts) {
  return around(Form::row, std::move(parts));
}

Formula symbol(std::string_view text, Face face) {
  return leaf(Form::symbol, text, face, Class::ordinary);
}

Formula word(std::string_view text) {
  return symbol(text, Face::upright);
}

Formula operation(std::string_view text) {
  return leaf(Form::symbol, text, Face::upright, Class::binary);
}

Formula relation(std::string_view text) {
  return leaf(Form::symbol, text, Face::upright, Class::relation);
}

Formula comma() {
  return leaf(Form::symbol, ",", Face::upright, Class::punctuation);
}

Formula number(std::string_view text, std::optional<Quantity> of) {
  Formula made = leaf(Form::number, text, Face::upright, Class::ordinary);
  made.of = of;
  return made;
}

Formula space(float width_em) {
  Formula made;
  made.form = Form::space;
  made.width_em = width_em;
  return made;
}

Formula fraction(Formula numerator, Formula denominator) {
  return around(Form::fraction, {std::move(numerator), std::move(denominator)});
}

Formula scripts(Formula base, Formula lower, Formula upper) {
  const Class spacing = base.spacing;
  return around(Form::scripts, {std::move(base), std::move(lower), std::move(upper)}, spacing);
}

Formula sum_over(Formula below, Formula above) {
  return around(Form::sum, {std::move(below), std::move(above)}, Class::large_operator);
}

Formula hat(Formula under) {
  return around(Form::hat, {std::move(under)});
}

Formula root(Formula under) {
  return around(Form::root, {std::move(under)});
}

Formula fenced(std::string_view delimiters, Formula inside) {
  Formula made = around(Form::fenced, {std::move(inside)});
  made.text = delimiters;
  return made;
}

Formula grid(Grid grid) {
  Formula made;
  made.form = Form::grid;
  made.of = grid.of;
  made.grid = std::make_shared<const Grid>(std::move(grid));
  return made;
}

Formula transposed(Formula base) {
  const bool has_upper = base.form == Form::scripts && !base.parts[2].empty();
  Formula turned = has_upper ? fenced("()", std::move(base)) : std::move(base);
  return scripts(std::move(turned), {}, word("T"));
}

Formula marked(Formula formula, const Quantity& of) {
  formula.of = of;
  return formula;
}

Formula from_moment(int moment, Formula formula) {
  formula.moment = moment;
  return formula;
}

int last_moment(const Formula& formula) {
  int last = formula.moment;
  for (const Formula& part : formula.parts)
    last = std::max(last, last_moment(part));
  return last;
}

}  // namespace deltascope::walk
