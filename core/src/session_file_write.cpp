#include "command_json.hpp"
#include "document_parts.hpp"
#include "json_text.hpp"
#include "lesson_json.hpp"

#include <deltascope/mistake.hpp>
#include <deltascope/session_file.hpp>

namespace deltascope {
namespace {

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
  if (const Mistake* mistake = mistake_in(settings.model)) json.key("mistake").value(mistake->name);
  if (settings.model.arithmetic != &automatic_arithmetic()) {
    json.key("arithmetic").value(settings.model.arithmetic->name);
  }
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

void write_view(JsonText& json, const ViewHints& view) {
  if (view == ViewHints()) return;
  json.key("view").open('{');
  for (const ViewFlag& flag : view_flags) {
    if (const std::optional<bool>& value = view.*flag.value) json.key(flag.name).value(*value);
  }
  if (view.against != nullptr) json.key("against").value(view.against->name);
  if (view.notation) json.key("notation").value(std::string_view(*view.notation));
  json.close('}');
}

/// What variants and recordings have as well, without the samples.
void write_keys(JsonText& json, const Document& document) {
  const Settings& settings = *document.settings;
  const Architecture& net = settings.model.architecture;
  if (!document.title.empty()) json.key("title").value(document.title);
  if (!document.about.empty()) json.key("about").value(document.about);
  write_view(json, document.view);
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
}

void write_samples(JsonText& json, const Dataset& data) {
  json.key("X").samples(data.X, true);
  json.key("Y").samples(data.Y, true);
}

std::string keys_of(const Document& document) {
  JsonText json(Digits::shortest);
  write_keys(json, document);
  return json.finish();
}

/// The keys in which `other` differs from the document around it.
void write_patch(JsonText& json, const Document& around, const Document& other) {
  for (const auto& [key, value] : changed_keys(keys_of(around), keys_of(other)))
    json.key(key).raw(value);
  const bool same_data = other.data == around.data || *other.data == *around.data;
  if (!same_data) write_samples(json, *other.data);
}

void write_variants(JsonText& json, const Document& document) {
  if (document.variants.empty()) return;
  json.key("variants").open('[');
  for (const Variant& variant : document.variants) {
    json.line().open('{');
    json.key("name").value(variant.name);
    write_patch(json, document, *variant.document);
    json.close('}');
  }
  json.close(']');
}

void write_recording(JsonText& json, const Document& document) {
  if (document.recording == nullptr) return;
  const Recording& recording = *document.recording;
  Document start = *recording.start;  // text and view say nothing about a run
  start.title = document.title;
  start.about = document.about;
  start.view = document.view;
  json.key("recording").open('{');
  json.key("start").open('{');
  write_patch(json, document, start);
  json.close('}');
  json.key("steps").value(recording.steps);
  json.key("log").open('[');
  for (const LoggedCommand& logged : recording.log)
    write_command(json.line(), logged);
  json.close(']');
  json.close('}');
}

}  // namespace

std::string to_json(const Document& document) {
  JsonText json(Digits::shortest);
  json.key("deltascope").value(document_version);
  write_keys(json, document);
  write_samples(json, *document.data);
  if (!document.original.empty()) json.key("original").value(document.original);
  write_variants(json, document);
  write_recording(json, document);
  write_lesson(json, document);
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
