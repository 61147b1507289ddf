#include "walk.hpp"

#include "hand_check.hpp"
#include "question_box.hpp"

#include <deltascope/walk/export.hpp>

#include <algorithm>

namespace deltascope::ui {
namespace {

// Long enough to be followed by the eye; Next does not wait for it.
constexpr double run_seconds = 0.8;

// What stands on the neurons of a layer, or on the edges that lead to them.
void light(picture::NetworkLights& lights, const walk::Quantity& quantity,
           const Architecture& net) {
  const Index layer = quantity.layer;
  const auto each = [](Index chosen, Index count, auto act) {
    for (Index i = 0; i < count; ++i) {
      if (chosen == walk::every || chosen == i) act(i);
    }
  };
  if (walk::same(quantity, {walk::Kind::edge, layer})) {
    if (layer < 0 || layer >= net.layers()) return;
    each(quantity.row, net.fan_out(layer), [&](Index to) {
      each(quantity.col, net.fan_in(layer), [&](Index from) {
        lights.weights.push_back({layer, to, from});
      });
    });
  } else if (walk::same(quantity, {walk::Kind::neuron, layer})) {
    if (layer < -1 || layer >= net.layers()) return;
    const Index count = layer < 0 ? net.inputs() : net.fan_out(layer);
    each(quantity.row, count, [&](Index j) { lights.neurons.push_back({layer + 1, j}); });
  }
}

// Where an entry stands among the stage's results, row by row.
Index place_of(const WalkPage& page, const walk::Quantity& quantity) {
  const walk::Stage& stage = page.stage();
  const Index first_col = page.options.whole_batch || stage.cols > 1 ? 0 : quantity.col;
  return quantity.row * stage.cols + (quantity.col == walk::every ? 0 : quantity.col - first_col);
}

bool is_worked_out(const WalkPage& page, const walk::Quantity& quantity) {
  const walk::Stage& stage = page.stage();
  const bool is_result = page.cursor.moment > 0 && stage.result.kind == quantity.kind &&
                         stage.result.layer == quantity.layer;
  if (!is_result) return true;
  const Index place = place_of(page, quantity);
  if (place != page.cursor.entry) return place < page.cursor.entry;
  const walk::Worked example = walk::worked(page.step, page.phase.id, page.cursor.stage,
                                            place / stage.cols, place % stage.cols, page.options);
  return page.cursor.moment >= walk::last_moment(example.numbers);
}

}  // namespace

std::optional<walk::Step> present_step(const Desk& desk) {
  const Snapshot& s = desk.snapshot();
  if (!s.has_trace || s.trace.samples.empty()) return std::nullopt;
  walk::Step step;
  step.number = s.step;
  step.settings = s.settings.get();
  step.data = s.data.get();
  step.trace = &s.trace;
  step.parameters = s.parameters;
  step.parameters_after = s.parameters_after;
  step.moments = s.moments;
  step.moments_after = s.moments_after;
  step.moment_updates = s.moment_updates;
  step.trial = s.trial ? &*s.trial : nullptr;
  if (s.evaluation_step == s.step) step.cost_before = s.evaluation.cost();
  step.cost_after = s.cost_after;
  if (!walk::is_finite(step)) return std::nullopt;
  return step;
}

walk::Options walk_options(const Desk& desk) {
  const Preferences& preferences = desk.ui.preferences;
  walk::Options options;
  options.notation = &desk.notation();
  options.whole_batch = preferences.walks_whole_batch;
  // Answers are about δ of one sample.
  const bool mean_inside = preferences.mean_inside_delta && !hand_checks(desk);
  options.mean_at = mean_inside ? walk::MeanAt::delta : walk::MeanAt::gradient;
  const auto& samples = desk.snapshot().trace.samples;
  const std::optional<Index>& selected = desk.view.selected;
  const auto found =
      selected ? std::find(samples.begin(), samples.end(), static_cast<std::uint32_t>(*selected))
               : samples.end();
  if (found != samples.end()) options.column = found - samples.begin();
  return options;
}

walk::Pace walk_pace(const Desk& desk) {
  // Neuron by neuron the numbers would come by themselves.
  const bool neurons = desk.ui.preferences.neuron_by_neuron && !hand_checks(desk);
  return neurons ? walk::Pace::neuron : walk::Pace::layer;
}

std::optional<WalkPage> open_page(Desk& desk) {
  const auto step = desk.ui.preferences.walking ? present_step(desk) : std::nullopt;
  if (!step) return std::nullopt;
  WalkPage page;
  page.step = *step;
  page.options = walk_options(desk);
  page.pace = walk_pace(desk);
  page.cursor = desk.view.walk.cursor =
      walk::clamped(*step, page.options, page.pace, desk.view.walk.cursor);
  page.phases = walk::phases(*step);
  page.phase = walk::phase(*step, page.phases[page.cursor.phase], page.options);
  if (desk.checked != nullptr && desk.checked->veil) {
    for (walk::Stage& stage : page.phase.stages)
      stage.numbers = without_hidden(std::move(stage.numbers), *desk.checked->veil);
  }
  page.question = phase_question(desk, *step, page.phase.id, page.options);
  WalkView& view = desk.view.walk;
  view.row = std::clamp<Index>(view.row, 0, std::max<Index>(page.stage().rows - 1, 0));
  view.col = std::clamp<Index>(view.col, 0, std::max<Index>(page.stage().cols - 1, 0));
  if (page.cursor.moment > 0) {
    view.row = page.cursor.entry / page.stage().cols;
    view.col = page.cursor.entry % page.stage().cols;
  }
  return page;
}

std::optional<Index> walked_point(const Desk& desk) {
  if (desk.page == nullptr || desk.page->options.whole_batch) return std::nullopt;
  return static_cast<Index>(
      desk.page->step.trace->samples[static_cast<std::size_t>(desk.page->options.column)]);
}

std::optional<SampleTrace> walked_sample(const Desk& desk) {
  if (!walked_point(desk)) return std::nullopt;
  const StepTrace& trace = *desk.page->step.trace;
  const Index column = desk.page->options.column;
  const auto column_of = [column](const Matrix& matrix) {
    const auto first = matrix.values().begin() + column * matrix.rows();
    return std::vector<double>(first, first + matrix.rows());
  };
  SampleTrace sample;
  sample.x = column_of(trace.X);
  sample.y = column_of(trace.Y);
  for (std::size_t l = 0; l < trace.z.size(); ++l) {
    sample.z.push_back(column_of(trace.z[l]));
    sample.a.push_back(column_of(trace.a[l]));
    sample.delta.push_back(column_of(trace.delta[l]));
  }
  sample.loss = trace.loss_per_sample[static_cast<std::size_t>(column)];
  return sample;
}

void set_cursor(Desk& desk, const walk::Cursor& cursor) {
  desk.view.walk.cursor = cursor;
  desk.view.walk.runs_until_seconds = desk.ui.now_seconds + run_seconds;
}

bool is_veiled(const Desk& desk, const walk::Quantity& quantity) {
  return desk.checked != nullptr && desk.checked->veil && desk.checked->veil->covers(quantity);
}

bool is_covered(const Desk& desk, const walk::Quantity& quantity) {
  if (is_veiled(desk, quantity)) return true;
  if (desk.page == nullptr) return false;
  if (waits_for_prediction(desk) && is_computed_by(desk.page->phase, quantity)) return true;
  if (hand_checks(desk)) return is_asked_for(desk, quantity);
  const WalkView& view = desk.view.walk;
  const walk::Quantity& result = desk.page->stage().result;
  if (view.blank && quantity.kind == result.kind && quantity.layer == result.layer) {
    const auto found = std::find(view.uncovered.begin(), view.uncovered.end(), quantity);
    if (found == view.uncovered.end()) return true;
  }
  return !is_worked_out(*desk.page, quantity);
}

std::vector<walk::Quantity> lit_quantities(const Desk& desk) {
  std::vector<walk::Quantity> lit;
  const auto add = [&](const walk::Quantity& quantity) {
    lit.push_back(quantity);
    for (const walk::Quantity& part : walk::made_of(quantity))
      lit.push_back(part);
  };
  if (const auto& focus = desk.view.focus) {
    add(*focus);
  } else if (desk.page != nullptr && desk.page->cursor.moment > 0) {
    const WalkPage& page = *desk.page;
    const walk::Worked example = walk::worked(page.step, page.phase.id, page.cursor.stage,
                                              desk.view.walk.row, desk.view.walk.col, page.options);
    const auto moment = static_cast<std::size_t>(page.cursor.moment);
    if (moment > example.terms.size()) return lit;
    const walk::Quantity term = example.terms[moment - 1];
    add(term);
    // A weight's other factor: the number that comes along the edge.
    const bool is_weight = term.kind == walk::Kind::W && term.col != walk::every;
    if (is_weight && page.stage().flow == walk::Flow::forward) {
      lit.push_back({walk::Kind::a, term.layer - 1, term.col});
    } else if (is_weight && page.stage().flow == walk::Flow::backward) {
      lit.push_back({walk::Kind::delta, term.layer, term.row});
    }
  }
  return lit;
}

walk::Quantity with_column(const Desk& desk, walk::Quantity quantity) {
  if (desk.page != nullptr) quantity.col = desk.page->options.column;
  return quantity;
}

bool is_reached(const Desk& desk, const walk::Quantity& quantity) {
  if (desk.page == nullptr || desk.snapshot().run == RunState::playing) return true;
  const WalkPage& page = *desk.page;
  const auto makes_it = [&](const walk::PhaseId& id) {
    if (id.layer != quantity.layer) return false;
    if (quantity.kind == walk::Kind::a) return id.kind == walk::PhaseKind::forward;
    return quantity.kind == walk::Kind::delta &&
           (id.kind == walk::PhaseKind::output_delta || id.kind == walk::PhaseKind::hidden_delta);
  };
  const auto found = std::find_if(page.phases.begin(), page.phases.end(), makes_it);
  if (found == page.phases.end()) return true;
  const auto phase = static_cast<std::size_t>(found - page.phases.begin());
  if (phase != page.cursor.phase) return phase < page.cursor.phase;
  return page.cursor.stage + 1 == page.phase.stages.size() && is_worked_out(page, quantity);
}

std::optional<picture::NetworkLights> lights(const Desk& desk) {
  picture::NetworkLights lights;
  const Architecture& net = desk.architecture();
  for (const walk::Quantity& quantity : lit_quantities(desk))
    light(lights, quantity, net);
  const auto lights_something = [&] { return !lights.neurons.empty() || !lights.weights.empty(); };
  if (desk.page == nullptr) return lights_something() ? std::optional(lights) : std::nullopt;
  const walk::Stage& stage = desk.page->stage();
  if (lights_something()) {
    const bool is_term = !desk.view.focus;
    if (is_term) {
      lights.flow = stage.flow;
      light(lights, {walk::Kind::neuron, stage.result.layer, desk.view.walk.row}, net);
    }
  } else {
    for (const walk::Quantity& quantity : stage.lit)
      light(lights, quantity, net);
    lights.flow = stage.flow;
  }
  const double left_seconds = desk.view.walk.runs_until_seconds - desk.ui.now_seconds;
  if (lights.flow != walk::Flow::none && left_seconds > 0) {
    lights.pulse = 1 - std::min(left_seconds / run_seconds, 1.0);
  }
  return lights_something() ? std::optional(lights) : std::nullopt;
}

void send_export(Desk& desk, const std::filesystem::path& path) {
  if (desk.checked != nullptr && desk.checked->veil) return;  // asked for before it was laid
  const walk::ExportFormat* format = walk::export_format_of(path.extension().string());
  const std::optional<walk::Step> step = present_step(desk);
  if (format == nullptr || !step) {
    desk.ui.toast("There is no step to export: place points first.", true);
    return;
  }
  desk.ui.outbox.window(WriteText{path, format->write(*step, walk_options(desk))});
}

}  // namespace deltascope::ui
