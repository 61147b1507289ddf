#include <deltascope/exercise.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace deltascope {
namespace {

constexpr std::array cell_table{
    CellKind{"z", "z", true, false},     CellKind{"a", "a", true, false},
    CellKind{"delta", "δ", true, false}, CellKind{"dW", "dW", false, true},
    CellKind{"db", "db", false, false},
};

template <class... Of>
bool is_any(const Action& action) {
  return (std::holds_alternative<Of>(action) || ...);
}

bool changes_rates(const Action& action) {
  if (const auto* recover = std::get_if<Recover>(&action)) return recover->rate_factor != 1.0;
  return is_any<SetLearningRate, SetMomentum, SetL2, SetDamping>(action);
}

constexpr std::array lock_table{
    Lock{"points", "points",
         is_any<AddPoint, MovePoint, RelabelPoint, RemovePoint, ClearPoints, ChooseDataset>, false},
    Lock{"weights", "weights and biases", is_any<SetWeight, SetBias, NewSeed, SetInitializer>,
         false},
    Lock{"network", "network",
         is_any<SetActivation, SetLoss, SetLayerSize, InsertLayer, RemoveLayer>, false},
    Lock{"rates", "rates", changes_rates, false},
    Lock{"optimizer", "optimizer", is_any<SetOptimizer, SetDampedSolve>, false},
    Lock{"batches", "batches", is_any<SetBatchSize, SetSampling>, false},
    Lock{"mistake", "deliberate mistakes", is_any<SetMistake>, false},
    Lock{"steps", "steps", is_any<Reset, Recover, ContinueFrom>, true},
};

/// "dW[0][2]" taken apart into the name and its indices, as they are written and in no other way.
struct Indexed {
  std::string_view name;
  std::vector<Index> indices;
};

std::optional<Indexed> take_apart(std::string_view text) {
  const std::size_t bracket = std::min(text.find('['), text.size());
  Indexed parts{text.substr(0, bracket), {}};
  text.remove_prefix(bracket);
  while (!text.empty()) {
    const std::size_t end = text.find(']');
    if (text.front() != '[' || end == std::string_view::npos) return std::nullopt;
    const std::string_view digits = text.substr(1, end - 1);
    unsigned number = 0;
    const char* const last = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), last, number);
    const bool has_zeros = digits.size() > 1 && digits.front() == '0';
    if (error != std::errc() || stop != last || has_zeros) return std::nullopt;
    parts.indices.push_back(static_cast<Index>(number));
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::string in_brackets(Index index) {
  return "[" + std::to_string(index) + "]";
}

}  // namespace

std::span<const CellKind> cell_kinds() {
  return cell_table;
}

const CellKind* find_cell_kind(std::string_view name) {
  return find_row(cell_kinds(), name);
}

std::string cell_name(const Cell& cell) {
  std::string name(cell.kind->name);
  name += in_brackets(cell.layer) + in_brackets(cell.row);
  if (cell.kind->of_weight) name += in_brackets(cell.col);
  return name;
}

std::optional<Cell> parse_cell(std::string_view name) {
  const std::optional<Indexed> parts = take_apart(name);
  const CellKind* kind = parts ? find_cell_kind(parts->name) : nullptr;
  if (kind == nullptr || parts->indices.size() != (kind->of_weight ? 3U : 2U)) return std::nullopt;
  const std::vector<Index>& at = parts->indices;
  return Cell{kind, at[0], at[1], kind->of_weight ? at[2] : 0, 0};
}

bool exists(const Cell& cell, const Architecture& net, Index samples) {
  const auto within = [](Index index, Index size) { return index >= 0 && index < size; };
  return cell.kind != nullptr && within(cell.layer, net.layers()) &&
         within(cell.row, net.fan_out(cell.layer)) &&
         within(cell.col, cell.kind->of_weight ? net.fan_in(cell.layer) : 1) &&
         within(cell.sample, cell.kind->of_sample ? samples : 1);
}

std::string part_name(const HiddenPart& part) {
  return std::string(part.kind->name) + (part.layer ? in_brackets(*part.layer) : "");
}

std::optional<HiddenPart> parse_part(std::string_view name) {
  const std::optional<Indexed> parts = take_apart(name);
  const CellKind* kind = parts ? find_cell_kind(parts->name) : nullptr;
  if (kind == nullptr || parts->indices.size() > 1) return std::nullopt;
  HiddenPart part{kind, std::nullopt};
  if (!parts->indices.empty()) part.layer = parts->indices.front();
  return part;
}

std::span<const Lock> locks() {
  return lock_table;
}

const Lock* find_lock(std::string_view name) {
  return find_row(locks(), name);
}

bool Exercise::hides(const Cell& cell) const {
  return std::ranges::any_of(hidden, [&](const HiddenPart& part) {
    return part.kind == cell.kind && (!part.layer || *part.layer == cell.layer);
  });
}

}  // namespace deltascope
