#include "document_parts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace deltascope {
namespace {

constexpr std::size_t max_reported = 10;

class Validation {
 public:
  explicit Validation(const Document& document)
      : settings_(*document.settings),
        net_(settings_.model.architecture),
        data_(*document.data),
        parameters_(document.parameters) {}

  Problems run() {
    check_network();
    check_training();
    check_stream();
    check_batches();
    check_data();
    check_parameters();
    return std::move(found_);
  }

 private:
  void add(std::string where, std::string message) {
    // Whoever has found so many need not look at the other two million.
    if (found_.size() <= max_reported) found_.push_back({std::move(where), std::move(message)});
  }

  void check_network() {
    for (Index layer = 0; layer + 1 < net_.layers(); ++layer) {
      if (net_.activation(layer).output_only) {
        add(indexed("activations", {layer}),
            std::string(net_.activation(layer).name) + " is for the last layer only");
      }
    }
    const Loss& loss = *settings_.model.loss;
    if (!loss.admits(net_.output_activation())) {
      add("loss", std::string(loss.name) + " " + std::string(loss.requirement) +
                      ", the last activation is " + std::string(net_.output_activation().name));
    }
    if (net_.output_activation().output_only && net_.outputs() == 1) {
      add("sizes", std::string(net_.output_activation().name) +
                       " of a single output is always 1; the last size must be at least 2");
    }
    at_least_zero("l2", settings_.model.l2);
  }

  void check_training() {
    const Rates& rates = settings_.rates;
    above_zero("training.learning_rate", rates.learning_rate);
    fraction("training.momentum", rates.momentum);
    fraction("training.beta1", rates.beta1);
    fraction("training.beta2", rates.beta2);
    above_zero("training.epsilon", rates.epsilon);
    if (!(rates.damping >= least_damping && rates.damping <= largest_damping)) {
      add("training.damping", "must lie between 1e-100 and 1e100");
    }
    check_optimizer();
    if (const Arithmetic& arithmetic = *settings_.model.arithmetic; !arithmetic.usable) {
      add("training.arithmetic", "cannot be " + std::string(arithmetic.name) +
                                     ": this processor lacks its instructions; leave it out");
    }
    if (!std::isfinite(settings_.initial.scale)) add("init.scale", "must be a finite number");
    if (settings_.batch_size < 0) add("training.batch", "must be at least 1, or \"all\"");
    if (data_.size() > 0 && settings_.batch_size > data_.size()) {
      add("training.batch", "is " + std::to_string(settings_.batch_size) + ", there are only " +
                                std::to_string(data_.size()) + " samples");
    }
  }

  void check_stream() {
    const StreamRule& rule = *settings_.stream;
    if (settings_.sampling_seed > rule.largest_seed) {
      add("training.stream.seed", "must be at most " + std::to_string(rule.largest_seed) +
                                      " when the rule is \"" + std::string(rule.name) + "\"");
    }
    if (settings_.stream_skip_words > max_skip_words) {
      add("training.stream.skip_words", "must be at most " + std::to_string(max_skip_words));
    }
  }

  void check_optimizer() {
    const Optimizer& optimizer = *settings_.optimizer;
    const std::string why = why_unsuitable(optimizer, settings_.model, data_.size());
    if (!why.empty()) add("training.optimizer", why);
    if (!optimizer.least_squares) return;
    if (settings_.batch_size != 0) {
      add("training.batch", "must be \"all\" for " + std::string(optimizer.name));
    }
    if (settings_.sampling->needs_list) {
      add("training.sampling", "must not be \"" + std::string(settings_.sampling->name) +
                                   "\" for " + std::string(optimizer.name));
    }
  }

  void check_batches() {
    if (!settings_.sampling->needs_list || settings_.optimizer->least_squares) return;
    const BatchList* batches = settings_.batches.get();
    if (batches == nullptr || batches->empty()) {
      add("training.batches", "must list at least one batch when sampling is \"" +
                                  std::string(settings_.sampling->name) + "\"");
      return;
    }
    for (std::size_t i = 0; i < batches->size(); ++i) {
      const auto& batch = (*batches)[i];
      if (batch.empty()) {
        add(indexed("training.batches", {static_cast<Index>(i)}), "is empty");
      }
      for (std::size_t k = 0; k < batch.size(); ++k) {
        if (static_cast<Index>(batch[k]) < data_.size()) continue;
        add(indexed("training.batches", {static_cast<Index>(i), static_cast<Index>(k)}),
            "is " + std::to_string(batch[k]) + ", but samples are numbered from 0 and there are " +
                std::to_string(data_.size()));
      }
    }
  }

  void check_data() {
    if (data_.size() > max_samples) {
      add("X", "has " + std::to_string(data_.size()) + " samples; at most " +
                   std::to_string(max_samples) + " are possible");
    }
    if (data_.Y.cols() != data_.X.cols()) {
      add("Y", "has " + std::to_string(data_.Y.cols()) + " rows, X has " +
                   std::to_string(data_.X.cols()));
    }
    rows_of("X", data_.X, net_.inputs(), "inputs");
    rows_of("Y", data_.Y, net_.outputs(), "outputs");
    check_target_range();
  }

  void check_target_range() {
    const Loss& loss = *settings_.model.loss;
    const std::span<const double> targets = data_.Y.values();
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (targets[i] >= loss.target_low && targets[i] <= loss.target_high) continue;
      const auto place = static_cast<Index>(i);
      const Index rows = data_.Y.rows();
      if (std::isfinite(targets[i])) {
        add(indexed("Y", {place / rows, place % rows}),
            "must lie between 0 and 1 for " + std::string(loss.name));
      }
    }
  }

  void check_parameters() {
    if (parameters_.empty()) return;
    if (static_cast<Index>(parameters_.size()) != net_.parameters()) {
      add("W", "W and b have " + std::to_string(parameters_.size()) +
                   " numbers together, the network has " + std::to_string(net_.parameters()));
      return;
    }
    for (Index layer = 0; layer < net_.layers(); ++layer) {
      const ConstWeightView W = net_.W(parameters_, layer);  // (n_out × n_in)
      for (Index i = 0; i < W.size(); ++i) {
        finite(W.data[i], [&] { return indexed("W", {layer, i / W.cols, i % W.cols}); });
      }
      const std::span<const double> b = net_.b(parameters_, layer);
      for (std::size_t j = 0; j < b.size(); ++j) {
        finite(b[j], [&] { return indexed("b", {layer, static_cast<Index>(j)}); });
      }
    }
  }

  void rows_of(std::string_view name, const Matrix& samples, Index width, std::string_view what) {
    if (samples.size() > 0 && samples.rows() != width) {
      add(indexed(name, {0}), "has " + std::to_string(samples.rows()) +
                                  " numbers, the network has " + std::to_string(width) + " " +
                                  std::string(what));
      return;
    }
    const std::span<const double> values = samples.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto at = static_cast<Index>(i);
      finite(values[i], [&] { return indexed(name, {at / width, at % width}); });
    }
  }

  template <class Where>
  void finite(double value, Where where) {
    if (!std::isfinite(value)) add(where(), "must be a finite number");
  }
  void at_least_zero(std::string where, double value) {
    if (!std::isfinite(value) || value < 0.0) add(std::move(where), "must not be negative");
  }
  void above_zero(std::string where, double value) {
    if (!std::isfinite(value) || value <= 0.0) add(std::move(where), "must be greater than 0");
  }
  void fraction(std::string where, double value) {
    if (!(value >= 0.0 && value < 1.0)) add(std::move(where), "must be at least 0 and less than 1");
  }

  const Settings& settings_;
  const Architecture& net_;
  const Dataset& data_;
  const std::vector<double>& parameters_;
  Problems found_;
};

}  // namespace

std::string indexed(std::string_view name, std::initializer_list<Index> indices) {
  std::string path(name);
  for (const Index index : indices)
    path.append("[").append(std::to_string(index)).append("]");
  return path;
}

void report(Problems found, Problems& problems) {
  const bool more = found.size() > max_reported;
  if (more) found.resize(max_reported);
  std::ranges::move(found, std::back_inserter(problems));
  if (more) problems.push_back({"", "there are more problems; these are the first ten"});
}

Problems validate_keys(const Document& document) {
  return Validation(document).run();
}

Problems validate(const Document& document) {
  Problems found = validate_keys(document);
  const auto add = [&](const std::string& at, Problems problems) {
    for (Problem& problem : problems)
      found.push_back({at + problem.where, std::move(problem.message)});
  };
  for (std::size_t i = 0; i < document.variants.size(); ++i) {
    const Variant& variant = document.variants[i];
    const std::string at = indexed("variants", {static_cast<Index>(i)}) + ".";
    const auto same_name = [&](const Variant& other) { return other.name == variant.name; };
    if (variant.name.empty()) {
      add(at, {{"name", "must not be empty"}});
    } else if (variant.name == document.original) {
      add(at, {{"name", "is the name of the document itself, original"}});
    }
    if (std::ranges::count_if(document.variants, same_name) > 1) {
      add(at, {{"name", "is the name of another variant, too"}});
    }
    add(at, validate_keys(*variant.document));
  }
  if (document.recording != nullptr) {
    const Recording& recording = *document.recording;
    const auto check_steps = [&](const std::string& where, std::uint64_t steps) {
      if (steps > max_recorded_steps) {
        add("recording.", {{where, "must be at most " + std::to_string(max_recorded_steps)}});
      }
    };
    add("recording.start.", validate_keys(*recording.start));
    for (std::size_t i = 0; i < recording.log.size(); ++i) {
      const std::string at = indexed("log", {static_cast<Index>(i)});
      check_steps(at + ".step", recording.log[i].step);
      if (command_name(recording.log[i].command.action).empty()) {
        add("recording.", {{at + ".command", "is not one that a person can give"}});
      }
    }
    check_steps("steps", recording.steps);
  }
  if (found.empty()) found = validate_lesson(document);
  Problems problems;
  report(std::move(found), problems);
  return problems;
}

}  // namespace deltascope
