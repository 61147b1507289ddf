#include "command_json.hpp"

#include "json_reader.hpp"

#include <deltascope/network_edit.hpp>
#include <deltascope/session_file.hpp>

#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace deltascope {
namespace {

constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

class FieldWriter {
 public:
  explicit FieldWriter(JsonText& json) : json_(json) {}

  void number(std::string_view name, double value) { json_.key(name).value(value); }
  void whole(std::string_view name, std::integral auto value, std::uint64_t, std::uint64_t) {
    json_.key(name).value(value);
  }
  /// 0 is "all".
  void batch(std::string_view name, Index size) {
    json_.key(name);
    if (size == 0) {
      json_.value("all");
    } else {
      json_.value(size);
    }
  }
  template <class Row>
  void row(std::string_view name, const Row* value, std::span<const Row>) {
    json_.key(name).value(value->name);
  }
  template <class Row>
  void row_or_none(std::string_view name, const Row* value, std::span<const Row>) {
    json_.key(name).value(value == nullptr ? std::string_view("none") : value->name);
  }

 private:
  JsonText& json_;
};

/// Every field must be there, and no other.
class FieldReader : private JsonReader {
 public:
  FieldReader(const Json& object, const std::string& at) : JsonReader(at + "."), object_(object) {}

  void number(std::string_view name, double& value) {
    if (field(name) != nullptr) value = JsonReader::number(object_, "", name, 0.0);
  }
  template <std::integral Whole>
  void whole(std::string_view name, Whole& value, std::uint64_t low, std::uint64_t high) {
    if (const Json* found = field(name)) {
      value =
          static_cast<Whole>(JsonReader::whole(*found, std::string(name), low, high).value_or(low));
    }
  }
  void batch(std::string_view name, Index& size) {
    const Json* found = field(name);
    if (found == nullptr || *found == "all") return;
    const auto number = JsonReader::whole(*found, std::string(name), 1, max_samples, " or \"all\"");
    size = static_cast<Index>(number.value_or(0));
  }
  template <class Row>
  void row(std::string_view name, const Row*& value, std::span<const Row> table) {
    if (const Json* found = field(name)) value = JsonReader::row(*found, std::string(name), table);
  }
  template <class Row>
  void row_or_none(std::string_view name, const Row*& value, std::span<const Row> table) {
    const Json* found = field(name);
    if (found == nullptr || *found == "none") return;
    value = JsonReader::row(*found, std::string(name), table);
  }

  /// Fields that may be absent.
  void optional(std::string_view name, std::uint64_t& value, std::uint64_t high) {
    known_.push_back(name);
    const Json* found = find(object_, name);
    if (found != nullptr) {
      value = JsonReader::whole(*found, std::string(name), 0, high).value_or(0);
    }
  }
  void optional(std::string_view name, bool& value) {
    known_.push_back(name);
    const Json* found = find(object_, name);
    if (found == nullptr) return;
    if (!found->is_boolean()) add(std::string(name), "must be true or false");
    value = found->is_boolean() && found->get<bool>();
  }

  /// What was wrong; with `knows_all`, also the fields that nobody has asked for.
  void finish(bool knows_all, Problems& problems) {
    if (knows_all) only_keys(object_, "", known_);
    std::ranges::move(found_, std::back_inserter(problems));
  }

 private:
  const Json* field(std::string_view name) {
    known_.push_back(name);
    return required(object_, name);
  }

  const Json& object_;
  std::vector<std::string_view> known_;
};

// The fields of each command, once for writing and reading. Limits are those of any session; what
// this one refuses turns up when it is replayed.

void sample(auto& f, auto& value) {
  f.whole("sample", value, 0, max_samples - 1);
}
void label(auto& f, auto& value) {
  f.whole("label", value, 0, max_layer_size - 1);
}
void layer(auto& f, auto& value) {
  f.whole("layer", value, 0, max_layers - 1);
}
void neurons(auto& f, auto& value) {
  f.whole("neurons", value, 1, max_layer_size);
}

void fields(auto& f, AddPoint& c) {
  f.number("x", c.x);
  f.number("y", c.y);
  label(f, c.label);
}
void fields(auto& f, MovePoint& c) {
  sample(f, c.sample);
  f.number("x", c.x);
  f.number("y", c.y);
}
void fields(auto& f, RelabelPoint& c) {
  sample(f, c.sample);
  label(f, c.label);
}
void fields(auto& f, RemovePoint& c) {
  sample(f, c.sample);
}
void fields(auto&, ClearPoints&) {}
void fields(auto& f, ChooseDataset& c) {
  f.row("name", c.recipe, dataset_recipes());
  f.whole("points", c.request.points, 0, max_samples);
  f.number("noise", c.request.noise);
  f.whole("seed", c.request.seed, 0, any_number);
}
void fields(auto& f, SetLearningRate& c) {
  f.number("value", c.value);
}
void fields(auto& f, SetMomentum& c) {
  f.number("value", c.value);
}
void fields(auto& f, SetL2& c) {
  f.number("value", c.value);
}
void fields(auto& f, SetBatchSize& c) {
  f.batch("value", c.value);
}
void fields(auto& f, SetSampling& c) {
  f.row("rule", c.rule, sampling_rules());
}
void fields(auto& f, SetOptimizer& c) {
  f.row("optimizer", c.optimizer, optimizers());
}
void fields(auto& f, SetDamping& c) {
  f.number("value", c.value);
}
void fields(auto& f, SetDampedSolve& c) {
  f.row("solve", c.solve, damped_solves());
}
void fields(auto& f, SetActivation& c) {
  layer(f, c.layer);
  f.row("activation", c.activation, activations());
}
void fields(auto& f, SetLoss& c) {
  f.row("loss", c.loss, losses());
}
void fields(auto& f, SetLayerSize& c) {
  layer(f, c.layer);
  neurons(f, c.neurons);
}
void fields(auto& f, InsertLayer& c) {
  layer(f, c.layer);
  neurons(f, c.neurons);
}
void fields(auto& f, RemoveLayer& c) {
  layer(f, c.layer);
}
void fields(auto& f, SetInitializer& c) {
  f.row("scheme", c.initial.scheme, initializers());
  f.number("scale", c.initial.scale);
  f.whole("seed", c.initial.seed, 0, any_number);
}
void fields(auto& f, SetWeight& c) {
  layer(f, c.layer);
  f.whole("to", c.to, 0, max_layer_size - 1);
  f.whole("from", c.from, 0, max_inputs - 1);
  f.number("value", c.value);
}
void fields(auto& f, SetBias& c) {
  layer(f, c.layer);
  f.whole("to", c.to, 0, max_layer_size - 1);
  f.number("value", c.value);
}
/// null is "none".
void fields(auto& f, SetMistake& c) {
  f.row_or_none("mistake", c.mistake, mistakes());
}
void fields(auto&, Reset&) {}
void fields(auto& f, NewSeed& c) {
  f.whole("seed", c.seed, 0, any_number);
}
void fields(auto& f, Recover& c) {
  f.number("rate_factor", c.rate_factor);
}
void fields(auto& f, ContinueFrom& c) {
  f.whole("to_step", c.step, 0, max_recorded_steps);
}
void fields(auto&, Undo&) {}
void fields(auto&, Redo&) {}

/// One row: a command that a person can give.
struct CommandFormat {
  std::string_view name;
  bool (*is)(const Action& action);
  void (*write)(const Action& action, FieldWriter& writer);
  Action (*read)(FieldReader& reader);
};

template <class Kind>
constexpr CommandFormat format(std::string_view name) {
  return {name, [](const Action& action) { return std::holds_alternative<Kind>(action); },
          [](const Action& action, FieldWriter& writer) {
            Kind command = std::get<Kind>(action);
            fields(writer, command);
          },
          [](FieldReader& reader) -> Action {
            Kind command{};
            fields(reader, command);
            return command;
          }};
}

constexpr std::array table{
    format<AddPoint>("add_point"),
    format<MovePoint>("move_point"),
    format<RelabelPoint>("relabel_point"),
    format<RemovePoint>("remove_point"),
    format<ClearPoints>("clear_points"),
    format<ChooseDataset>("choose_dataset"),
    format<SetLearningRate>("set_learning_rate"),
    format<SetMomentum>("set_momentum"),
    format<SetL2>("set_l2"),
    format<SetBatchSize>("set_batch_size"),
    format<SetSampling>("set_sampling"),
    format<SetOptimizer>("set_optimizer"),
    format<SetDamping>("set_damping"),
    format<SetDampedSolve>("set_solve"),
    format<SetActivation>("set_activation"),
    format<SetLoss>("set_loss"),
    format<SetLayerSize>("set_layer_size"),
    format<InsertLayer>("insert_layer"),
    format<RemoveLayer>("remove_layer"),
    format<SetInitializer>("set_initializer"),
    format<SetWeight>("set_weight"),
    format<SetBias>("set_bias"),
    format<SetMistake>("set_mistake"),
    format<Reset>("reset"),
    format<NewSeed>("new_seed"),
    format<Recover>("recover"),
    format<ContinueFrom>("continue_from"),
    format<Undo>("undo"),
    format<Redo>("redo"),
};

const CommandFormat* format_of(const Action& action) {
  const auto* found =
      std::ranges::find_if(table, [&](const CommandFormat& row) { return row.is(action); });
  return found == table.end() ? nullptr : found;
}

}  // namespace

std::string_view command_name(const Action& action) {
  const CommandFormat* found = format_of(action);
  return found == nullptr ? std::string_view() : found->name;
}

void write_command(JsonText& json, const LoggedCommand& logged) {
  const CommandFormat& command = *format_of(logged.command.action);
  json.open('{');
  json.key("step").value(logged.step);
  json.key("command").value(command.name);
  FieldWriter writer(json);
  command.write(logged.command.action, writer);
  if (logged.command.gesture != 0) json.key("gesture").value(logged.command.gesture);
  if (logged.diverged) json.key("diverged").value(true);
  json.close('}');
}

std::optional<LoggedCommand> read_command(const Json& object, const std::string& at,
                                          Problems& problems) {
  if (!object.is_object()) {
    problems.push_back({at, "must be an object: { … }"});
    return std::nullopt;
  }
  FieldReader reader(object, at);
  LoggedCommand logged;
  const CommandFormat* command = nullptr;
  reader.whole("step", logged.step, 0, max_recorded_steps);
  reader.row("command", command, std::span<const CommandFormat>(table));
  if (command != nullptr) {
    logged.command.action = command->read(reader);
    reader.optional("gesture", logged.command.gesture, any_number);
    reader.optional("diverged", logged.diverged);
  }
  const std::size_t problems_before = problems.size();
  reader.finish(command != nullptr, problems);
  return problems.size() == problems_before ? std::optional(logged) : std::nullopt;
}

}  // namespace deltascope
