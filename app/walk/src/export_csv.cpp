#include "export_formats.hpp"
#include "walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::walk {
namespace {

/// What the phases of one kind use for the first time or compute, in their order.
struct PhaseNumber {
  PhaseKind phase;
  Kind kind;
};

constexpr std::array phase_numbers{
    PhaseNumber{PhaseKind::batch, Kind::a},
    PhaseNumber{PhaseKind::batch, Kind::y},
    PhaseNumber{PhaseKind::forward, Kind::W},
    PhaseNumber{PhaseKind::forward, Kind::b},
    PhaseNumber{PhaseKind::forward, Kind::z},
    PhaseNumber{PhaseKind::forward, Kind::a},
    PhaseNumber{PhaseKind::cost, Kind::residual},
    PhaseNumber{PhaseKind::cost, Kind::loss},
    PhaseNumber{PhaseKind::cost, Kind::cost},
    PhaseNumber{PhaseKind::output_delta, Kind::slope},
    PhaseNumber{PhaseKind::output_delta, Kind::delta},
    PhaseNumber{PhaseKind::hidden_delta, Kind::pulled},
    PhaseNumber{PhaseKind::hidden_delta, Kind::slope},
    PhaseNumber{PhaseKind::hidden_delta, Kind::delta},
    PhaseNumber{PhaseKind::gradient, Kind::dW_data},
    PhaseNumber{PhaseKind::gradient, Kind::db},
    PhaseNumber{PhaseKind::regularization, Kind::dW},
    PhaseNumber{PhaseKind::update, Kind::W_m},
    PhaseNumber{PhaseKind::update, Kind::b_m},
    PhaseNumber{PhaseKind::update, Kind::W_v},
    PhaseNumber{PhaseKind::update, Kind::b_v},
    PhaseNumber{PhaseKind::update, Kind::W_after},
    PhaseNumber{PhaseKind::update, Kind::b_after},
    PhaseNumber{PhaseKind::jacobian, Kind::least_squares_residual},
    PhaseNumber{PhaseKind::trial, Kind::damping},
    PhaseNumber{PhaseKind::trial, Kind::step},
    PhaseNumber{PhaseKind::verdict, Kind::W_after},
    PhaseNumber{PhaseKind::verdict, Kind::b_after},
};

constexpr std::array of_samples{
    Kind::a,     Kind::y,      Kind::z,     Kind::residual, Kind::least_squares_residual,
    Kind::slope, Kind::pulled, Kind::delta, Kind::loss};
constexpr std::array of_weights{Kind::W,   Kind::dW_data, Kind::dW,
                                Kind::W_m, Kind::W_v,     Kind::W_after};
constexpr std::array of_the_output{Kind::y, Kind::residual, Kind::least_squares_residual};
constexpr std::array single_numbers{Kind::loss, Kind::cost, Kind::damping};

constexpr std::array of_all_layers{PhaseKind::regularization, PhaseKind::update,
                                   PhaseKind::verdict};

template <class Kinds>
bool is_one_of(const Kinds& kinds, typename Kinds::value_type kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// As RFC 4180 has it.
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

std::string number_field(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Inf" : "Inf";
  return fmt::format("{:.17g}", value);
}

class Table {
 public:
  Table(const Step& step, const Options& options) : step_(step), walk_(step, options, false) {}

  void add(const PhaseId& id, const std::string& title);
  std::string take() { return std::move(text_); }

 private:
  bool exists(const Quantity& whole) const;
  std::vector<Index> layers_of(const PhaseId& id) const;
  double value(const Quantity& entry) const;
  void add(const std::string& title, const Quantity& whole);

  const Step& step_;
  Walk walk_;
  std::string text_ = "phase,quantity,layer,row,column,sample,value\n";
};

bool Table::exists(const Quantity& whole) const {
  const Kind kind = whole.kind;
  const int remembered = step_.settings->optimizer->moment_blocks;
  if (kind == Kind::W_m || kind == Kind::b_m) return remembered > 1;
  if (kind == Kind::W_v || kind == Kind::b_v) return remembered > 0;
  // Softmax has a Jacobian instead.
  return kind != Kind::slope || walk_.net().activation(whole.layer).value != nullptr;
}

std::vector<Index> Table::layers_of(const PhaseId& id) const {
  if (!is_one_of(of_all_layers, id.kind)) return {id.layer};
  std::vector<Index> layers;
  for (Index layer = 0; layer < walk_.net().layers(); ++layer)
    layers.push_back(layer);
  return layers;
}

double Table::value(const Quantity& entry) const {
  if (entry.kind == Kind::damping) return step_.trial->damping;
  if (entry.kind == Kind::least_squares_residual) {
    return -walk_.value({Kind::residual, entry.layer, entry.row, entry.col});
  }
  if (entry.kind == Kind::step) return step_.trial->step[static_cast<std::size_t>(entry.row)];
  return walk_.value(entry);
}

void Table::add(const PhaseId& id, const std::string& title) {
  for (const Index layer : layers_of(id)) {
    for (const PhaseNumber& number : phase_numbers) {
      if (number.phase != id.kind) continue;
      const Kind kind = number.kind == Kind::dW_data ? walk_.data_gradient() : number.kind;
      Quantity whole{kind, layer};
      if (is_one_of(of_the_output, kind)) whole.layer = walk_.last_layer();
      if (id.kind == PhaseKind::batch && kind == Kind::a) whole.layer = -1;
      if (exists(whole)) add(title, whole);
    }
  }
}

void Table::add(const std::string& title, const Quantity& whole) {
  const bool has_samples = is_one_of(of_samples, whole.kind);
  const bool has_columns = is_one_of(of_weights, whole.kind);
  const bool has_rows = !is_one_of(single_numbers, whole.kind);
  const bool has_layer = has_rows && whole.kind != Kind::step;
  const std::string start =
      fmt::format("{},{},{},", field(title), field(to_text(walk_.name(whole))),
                  has_layer ? std::to_string(layer_number(walk_.notation(), whole)) : "");
  const auto number_of = [](bool has, Index i) { return has ? std::to_string(i + 1) : ""; };
  Index rows = 1, cols = 1;
  if (whole.kind == Kind::step) rows = walk_.net().parameters();
  if (has_layer) rows = walk_.rows_of(whole);
  if (has_columns) cols = walk_.cols_of(whole);
  if (has_samples) cols = walk_.columns();
  for (Index i = 0; i < rows * cols; ++i) {  // sample by sample, matrices row by row
    const Index r = has_samples ? i % rows : i / cols;
    const Index c = has_samples ? walk_.column(i / rows) : i % cols;
    text_ += fmt::format(
        "{}{},{},{},{}\n", start, number_of(has_rows, r), number_of(has_columns, c),
        has_samples ? std::to_string(walk_.point(c)) : "", number_field(value(whole.at(r, c))));
  }
}

}  // namespace

std::string write_csv(const Step& step, const Options& options) {
  Table table(step, options);
  for (const PhaseId& id : phases(step))
    table.add(id, phase(step, id, options).title);
  return table.take();
}

}  // namespace deltascope::walk
