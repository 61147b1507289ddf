#include "document_parts.hpp"

#include <deltascope/session_file.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>

namespace deltascope {
namespace {

enum class Digits { shortest, seventeen };

/// JSON as text, written straight into a string: a million points need no tree in between.
class JsonText {
 public:
  explicit JsonText(Digits digits) : digits_(digits) { text_ = "{"; }

  std::string finish() {
    text_ += "\n}\n";
    return std::move(text_);
  }
  /// Whether a number that JSON cannot say was written as null.
  bool has_null() const { return has_null_; }

  JsonText& key(std::string_view name) {
    if (text_.back() != '{') text_ += ',';
    if (depth_ == 0) text_ += "\n  ";
    if (depth_ > 0 && text_.back() == ',') text_ += ' ';
    text_ += json_string(name) + ": ";
    return *this;
  }
  JsonText& open(char bracket) {
    separate();
    text_ += bracket;
    ++depth_;
    return *this;
  }
  JsonText& close(char bracket) {
    text_ += bracket;
    --depth_;
    return *this;
  }
  JsonText& line() {
    if (text_.back() != '[') text_ += ',';
    text_ += "\n    ";
    return *this;
  }

  JsonText& value(std::string_view text) {
    separate();
    text_ += json_string(text);
    return *this;
  }
  JsonText& value(std::integral auto number) {
    separate();
    text_ += std::to_string(number);
    return *this;
  }
  JsonText& value(double number) {
    separate();
    if (!std::isfinite(number)) {
      has_null_ = true;
      text_ += "null";
    } else if (number == 0.0 && std::signbit(number)) {
      text_ += "-0.0";  // "-0" would be read as an integer and lose its sign
    } else {
      std::array<char, 40> buffer{};
      char* const end = buffer.data() + buffer.size();
      const auto result =
          digits_ == Digits::shortest
              ? std::to_chars(buffer.data(), end, number)
              : std::to_chars(buffer.data(), end, number, std::chars_format::general, 17);
      text_.append(buffer.data(), result.ptr);
    }
    return *this;
  }
  JsonText& value(std::span<const double> numbers) {
    open('[');
    for (const double number : numbers)
      value(number);
    return close(']');
  }
  /// One row per receiving neuron.
  JsonText& value(ConstWeightView W) {
    open('[');
    for (Index row = 0; row < W.rows; ++row) {
      value(std::span<const double>(W.data + row * W.cols, static_cast<std::size_t>(W.cols)));
    }
    return close(']');
  }

  /// [layer][to][from].
  JsonText& weights(const Architecture& net, std::span<const double> block) {
    open('[');
    for (Index layer = 0; layer < net.layers(); ++layer)
      line().value(net.W(block, layer));
    return close(']');
  }
  /// [layer][to].
  JsonText& biases(const Architecture& net, std::span<const double> block) {
    open('[');
    for (Index layer = 0; layer < net.layers(); ++layer)
      line().value(net.b(block, layer));
    return close(']');
  }
  /// One row per sample, each on a line of its own if asked for.
  JsonText& samples(const Matrix& matrix, bool lines) {
    open('[');
    for (Index i = 0; i < matrix.cols(); ++i) {
      if (lines) line();
      value(matrix.values().subspan(static_cast<std::size_t>(i * matrix.rows()),
                                    static_cast<std::size_t>(matrix.rows())));
    }
    return close(']');
  }
  /// [layer][sample][neuron].
  JsonText& layers(const std::vector<Matrix>& matrices) {
    open('[');
    for (const Matrix& matrix : matrices)
      line().samples(matrix, false);
    return close(']');
  }

 private:
  // A value follows "[", ": ", a line break after a comma, or another value, which needs a comma.
  void separate() {
    const char last = text_.back();
    if (last != '[' && last != ' ') text_ += ',';
  }

  Digits digits_;
  std::string text_;
  int depth_ = 0;
  bool has_null_ = false;
};

void write_training(JsonText& json, const Settings& settings) {
  json.key("training").open('{');
  json.key("optimizer").value(settings.optimizer->name);
  json.key("learning_rate").value(settings.rates.learning_rate);
  json.key("batch");
  if (settings.batch_size == 0) {
    json.value("all");
  } else {
    json.value(settings.batch_size);
  }
  json.key("sampling").value(settings.sampling->name);
  if (settings.stream == &default_stream_rule() && settings.stream_skip_words == 0) {
    json.key("seed").value(settings.sampling_seed);
  } else {
    json.key("stream").open('{');
    json.key("rule").value(settings.stream->name);
    json.key("seed").value(settings.sampling_seed);
    json.key("skip_words").value(settings.stream_skip_words);
    json.close('}');
  }
  json.key("momentum").value(settings.rates.momentum);
  json.key("beta1").value(settings.rates.beta1);
  json.key("beta2").value(settings.rates.beta2);
  json.key("epsilon").value(settings.rates.epsilon);
  json.key("damping").value(settings.rates.damping);
  json.key("solve").value(settings.damped_solve->name);
  if (settings.sampling->needs_list && settings.batches != nullptr) {
    json.key("batches").open('[');
    for (const auto& batch : *settings.batches) {
      json.open('[');
      for (const std::uint32_t sample : batch)
        json.value(sample);
      json.close(']');
    }
    json.close(']');
  }
  json.close('}');
}

}  // namespace

std::string to_json(const Document& document) {
  const Settings& settings = *document.settings;
  const Architecture& net = settings.model.architecture;
  JsonText json(Digits::shortest);
  json.key("deltascope").value(document_version);
  if (!document.title.empty()) json.key("title").value(document.title);
  if (!document.about.empty()) json.key("about").value(document.about);
  json.key("sizes").open('[');
  for (const Index size : net.sizes())
    json.value(size);
  json.close(']');
  json.key("activations").open('[');
  for (const Activation* activation : net.activations())
    json.value(activation->name);
  json.close(']');
  json.key("loss").value(settings.model.loss->name);
  json.key("l2").value(settings.model.l2);
  write_training(json, settings);
  json.key("init").open('{');
  json.key("scheme").value(settings.initial.scheme->name);
  json.key("scale").value(settings.initial.scale);
  json.key("seed").value(settings.initial.seed);
  json.close('}');
  if (!document.parameters.empty()) {
    json.key("W").weights(net, document.parameters);
    json.key("b").biases(net, document.parameters);
  }
  json.key("X").samples(document.data->X, true);
  json.key("Y").samples(document.data->Y, true);
  return json.finish();
}

std::string trace_to_json(const StepTrace& trace, const Architecture& architecture) {
  JsonText json(Digits::seventeen);
  json.key("cost").value(trace.cost());
  json.key("data_cost").value(trace.data_cost);
  json.key("l2_cost").value(trace.l2_cost);
  json.key("loss_per_sample").value(trace.loss_per_sample);
  json.key("z").layers(trace.z);
  json.key("a").layers(trace.a);
  json.key("delta").layers(trace.delta);
  json.key("dW").weights(architecture, trace.gradient);
  json.key("dW_data").weights(architecture, trace.gradient_data);
  json.key("db").biases(architecture, trace.gradient);
  if (json.has_null()) {
    json.key("note").value("null stands for a number that is not finite");
  }
  return json.finish();
}

std::string summary_to_json(const Session& session, const Evaluation& evaluation, double seconds) {
  const State& state = session.state();
  const Architecture& net = session.settings().model.architecture;
  JsonText json(Digits::seventeen);
  json.key("steps").value(state.step);
  json.key("epochs").value(state.batches.epoch);
  json.key("cost").value(evaluation.cost());
  json.key("data_cost").value(evaluation.data_cost);
  json.key("l2_cost").value(evaluation.l2_cost);
  json.key("accuracy").value(evaluation.accuracy());
  json.key("W").weights(net, state.parameters);
  json.key("b").biases(net, state.parameters);
  json.key("seconds").value(seconds);
  json.key("steps_per_second")
      .value(seconds > 0.0 ? static_cast<double>(state.step) / seconds : 0.0);
  std::string note;
  if (const auto& divergence = session.divergence()) {
    note = "diverged at step " + std::to_string(divergence->step) + ": " + divergence->reason;
  }
  if (json.has_null()) {
    note += (note.empty() ? "" : "; ") + std::string("null stands for a number that is not finite");
  }
  if (!note.empty()) json.key("note").value(note);
  return json.finish();
}

}  // namespace deltascope
