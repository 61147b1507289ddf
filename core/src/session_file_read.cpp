// Reading the keys of one document. What stands around and inside it is read in
// session_file_parts.cpp.

#include "document_reader.hpp"
#include "json_reader.hpp"

#include <deltascope/mistake.hpp>
#include <deltascope/network_edit.hpp>

#include <algorithm>
#include <utility>

namespace deltascope {
namespace {

class KeysReader : private JsonReader {
 public:
  KeysReader(const DocumentKeys& keys, std::string at)
      : JsonReader(std::move(at)), root_(keys.root), samples_(keys.samples), around_(keys.around) {}

  std::optional<Document> read(Problems& problems) {
    std::optional<Document> document = build();
    if (!found_.empty()) document.reset();
    std::ranges::move(found_, std::back_inserter(problems));
    return document;
  }

 private:
  std::optional<Document> build() {
    Document document;
    document.title = text(root_, "title");
    document.about = text(root_, "about");
    read_view(document.view);
    Settings settings;
    read_network(settings.model);
    read_training(settings);
    if (!found_.empty()) return std::nullopt;  // shapes mean nothing without a network
    const Architecture& net = settings.model.architecture;
    document.parameters = read_parameters(net);
    settings.initial = read_init(!document.parameters.empty());
    document.data = read_data(net);
    if (!found_.empty()) return std::nullopt;
    document.settings = std::make_shared<const Settings>(std::move(settings));
    add(validate_keys(document));
    return document;
  }

  void read_view(ViewHints& view) {
    const Json* object = optional_object(root_, "view");
    if (object == nullptr) return;
    std::vector<std::string_view> known;
    for (const ViewFlag& flag : view_flags) {
      known.push_back(flag.name);
      const Json* value = find(*object, flag.name);
      if (value == nullptr) continue;
      if (value->is_boolean()) {
        view.*flag.value = value->get<bool>();
      } else {
        add("view." + std::string(flag.name), "must be true or false");
      }
    }
    known.emplace_back("against");
    known.emplace_back("notation");
    only_keys(*object, "view.", known);
    if (const Json* name = find(*object, "against")) {
      view.against = row(*name, "view.against", run_measures());
    }
    if (const Json* name = find(*object, "notation")) {
      if (name->is_string()) {
        view.notation = name->get<std::string>();
      } else {
        add("view.notation", "must be text in quotes");
      }
    }
  }

  void read_network(Model& model) {
    std::vector<Index> sizes;
    if (const Json* list = required_list(root_, "sizes")) {
      if (list->size() < 2) add("sizes", "must have at least two entries: inputs and outputs");
      if (static_cast<Index>(list->size()) > max_layers + 1) {
        add("sizes", "has " + std::to_string(list->size()) + " entries; at most " +
                         std::to_string(max_layers + 1) + " are possible");
      }
      for (std::size_t i = 0; i < list->size(); ++i) {
        const Index limit = i == 0 ? max_inputs : max_layer_size;
        const std::string path = indexed("sizes", {static_cast<Index>(i)});
        sizes.push_back(static_cast<Index>(
            whole((*list)[i], path, 1, static_cast<std::uint64_t>(limit)).value_or(0)));
      }
    }
    std::vector<const Activation*> rows;
    if (const Json* list = required_list(root_, "activations")) {
      if (!sizes.empty() && list->size() + 1 != sizes.size()) {
        add("activations", "has " + std::to_string(list->size()) + " names, sizes has " +
                               std::to_string(sizes.size() - 1) + " layers behind the inputs");
      }
      for (std::size_t i = 0; i < list->size(); ++i) {
        rows.push_back(
            row((*list)[i], indexed("activations", {static_cast<Index>(i)}), activations()));
      }
    }
    if (const Json* name = required(root_, "loss")) model.loss = row(*name, "loss", losses());
    model.l2 = number(root_, "", "l2", 0.0);
    if (found_.empty()) model.architecture = Architecture(std::move(sizes), std::move(rows));
  }

  void read_training(Settings& settings) {
    settings.optimizer = find_optimizer("gradient_descent");
    settings.sampling = find_sampling_rule("in_order");
    const Json* training = optional_object(root_, "training");
    if (training == nullptr) return;
    const std::string at = "training.";
    only_keys(
        *training, at,
        {"optimizer", "learning_rate", "batch", "sampling", "seed", "momentum", "beta1", "beta2",
         "epsilon", "damping", "solve", "mistake", "arithmetic", "batches", "stream"});
    if (const Json* name = find(*training, "optimizer")) {
      settings.optimizer = row(*name, at + "optimizer", optimizers());
    }
    if (const Json* name = find(*training, "sampling")) {
      settings.sampling = row(*name, at + "sampling", sampling_rules());
    }
    Rates& rates = settings.rates;
    rates.learning_rate = number(*training, at, "learning_rate", rates.learning_rate);
    rates.momentum = number(*training, at, "momentum", rates.momentum);
    rates.beta1 = number(*training, at, "beta1", rates.beta1);
    rates.beta2 = number(*training, at, "beta2", rates.beta2);
    rates.epsilon = number(*training, at, "epsilon", rates.epsilon);
    rates.damping = number(*training, at, "damping", rates.damping);
    if (const Json* name = find(*training, "solve")) {
      settings.damped_solve = row(*name, at + "solve", damped_solves());
    }
    if (const Json* name = find(*training, "mistake"); name != nullptr && *name != "none") {
      settings.model.operations = &operations_of(row(*name, at + "mistake", mistakes()));
    }
    if (const Json* name = find(*training, "arithmetic")) {
      const Arithmetic* arithmetic = row(*name, at + "arithmetic", arithmetics());
      if (arithmetic != nullptr) settings.model.arithmetic = arithmetic;
    }
    settings.sampling_seed = seed(*training, at, settings.sampling_seed);
    read_stream(*training, settings);
    const Json* batch = find(*training, "batch");
    if (batch != nullptr && *batch != "all") {
      const auto size =
          whole(*batch, at + "batch", 1, static_cast<std::uint64_t>(max_samples), " or \"all\"");
      settings.batch_size = static_cast<Index>(size.value_or(0));
    }
    if (const Json* list = find(*training, "batches")) {
      if (settings.sampling != nullptr && !settings.sampling->needs_list) {
        add(at + "batches", "is used only when sampling is \"listed\"");
      }
      settings.batches = read_batches(*list);
    }
  }

  void read_stream(const Json& training, Settings& settings) {
    const std::string at = "training.stream.";
    const Json* stream = optional_object(training, "stream", "training.");
    if (stream == nullptr) return;
    only_keys(*stream, at, {"rule", "seed", "skip_words"});
    if (find(training, "seed") != nullptr) {
      add("training.seed", "and training.stream exclude each other: the stream has its own seed");
    }
    const Json* name = required(*stream, "rule", at);
    settings.stream = name == nullptr ? nullptr : row(*name, at + "rule", stream_rules());
    settings.sampling_seed = seed(*stream, at, settings.sampling_seed);
    if (const Json* words = find(*stream, "skip_words")) {
      settings.stream_skip_words = whole(*words, at + "skip_words", 0, max_skip_words).value_or(0);
    }
  }

  std::shared_ptr<const BatchList> read_batches(const Json& list) {
    auto batches = std::make_shared<BatchList>();
    if (!is_list(list, "training.batches")) return batches;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto at = static_cast<Index>(i);
      batches->emplace_back();
      if (!is_list(list[i], indexed("training.batches", {at}))) continue;
      for (std::size_t k = 0; k < list[i].size(); ++k) {
        const std::string path = indexed("training.batches", {at, static_cast<Index>(k)});
        const auto sample = whole(list[i][k], path, 0, max_samples - 1);
        batches->back().push_back(static_cast<std::uint32_t>(sample.value_or(0)));
      }
    }
    return batches;
  }

  std::vector<double> read_parameters(const Architecture& net) {
    const Json* W = find(root_, "W");
    const Json* b = find(root_, "b");
    if (W == nullptr && b == nullptr) return {};
    if (W == nullptr || b == nullptr) {
      add(W == nullptr ? "W" : "b", "is missing: W and b belong together");
      return {};
    }
    std::vector<double> values(static_cast<std::size_t>(net.parameters()));
    const std::span<double> block = values;
    const auto layers = static_cast<std::size_t>(net.layers());
    const bool W_fits = is_list(*W, "W", layers, "layers", "the network");
    const bool b_fits = is_list(*b, "b", layers, "layers", "the network");
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const WeightView rows = net.W(block, layer);
      const auto n_out = static_cast<std::size_t>(rows.rows);
      const auto n_in = static_cast<std::size_t>(rows.cols);
      if (W_fits &&
          is_list((*W)[l], indexed("W", {layer}), n_out, "rows", "the layer", "neurons")) {
        for (Index to = 0; to < rows.rows; ++to) {
          numbers((*W)[l][static_cast<std::size_t>(to)], indexed("W", {layer, to}), "inputs",
                  {rows.data + to * rows.cols, n_in});
        }
      }
      if (b_fits) numbers((*b)[l], indexed("b", {layer}), "neurons", net.b(block, layer));
    }
    return values;
  }

  InitialWeights read_init(bool has_parameters) {
    InitialWeights initial{find_initializer("normal"), 0.5, 5000};
    const Json* init = optional_object(root_, "init");
    if (init == nullptr) {
      if (!has_parameters) add("W", "is missing: give W and b, or \"init\"");
      return initial;
    }
    only_keys(*init, "init.", {"scheme", "scale", "seed"});
    const Json* name = required(*init, "scheme", "init.");
    initial.scheme = name == nullptr ? nullptr : row(*name, "init.scheme", initializers());
    const double usual = initial.scheme == nullptr ? 0.0 : initial.scheme->default_scale;
    initial.scale = number(*init, "init.", "scale", usual);
    initial.seed = seed(*init, "init.", initial.seed);
    return initial;
  }

  std::shared_ptr<const Dataset> read_data(const Architecture& net) {
    const Json* X = find(root_, "X");
    const Json* Y = find(root_, "Y");
    if (find(root_, "dataset") != nullptr) {
      if (X != nullptr || Y != nullptr) add("dataset", "and X, Y exclude each other");
      return std::make_shared<const Dataset>(read_recipe(net));
    }
    if (X == nullptr || Y == nullptr) {
      add(X == nullptr ? "X" : "Y", "is missing: give X and Y, or \"dataset\"");
      return nullptr;
    }
    const bool are_lists = is_list(*X, "X") && is_list(*Y, "Y");
    if (!are_lists || (!samples_.X && !samples_.Y)) return around_;
    auto data = std::make_shared<Dataset>();
    const Index X_rows = samples_.X ? samples_.X->rows() : around_->X.cols();
    const Index Y_rows = samples_.Y ? samples_.Y->rows() : around_->Y.cols();
    if (X_rows != Y_rows) {
      add("Y", "has " + std::to_string(Y_rows) + " rows, X has " + std::to_string(X_rows));
    }
    Problems problems;
    data->X = samples_.X ? samples_.X->take(net.inputs(), "inputs", problems) : around_->X;
    data->Y = samples_.Y ? samples_.Y->take(net.outputs(), "outputs", problems) : around_->Y;
    add(std::move(problems));
    return data;
  }

  Dataset read_recipe(const Architecture& net) {
    const Json* dataset = optional_object(root_, "dataset");
    if (dataset == nullptr) return {};
    only_keys(*dataset, "dataset.", {"name", "points", "noise", "seed"});
    const Json* name = required(*dataset, "name", "dataset.");
    const DatasetRecipe* recipe =
        name == nullptr ? nullptr : row(*name, "dataset.name", dataset_recipes());
    DatasetRequest request;
    if (const Json* points = find(*dataset, "points")) {
      request.points =
          static_cast<Index>(whole(*points, "dataset.points", 1, max_samples).value_or(0));
    }
    request.noise = number(*dataset, "dataset.", "noise", 0.0);
    if (request.noise < 0.0) add("dataset.noise", "must not be negative");
    request.seed = seed(*dataset, "dataset.", 0);
    if (recipe != nullptr && recipe->fixed &&
        (find(*dataset, "points") || find(*dataset, "noise"))) {
      add("dataset", std::string(recipe->name) + " has its own " + std::to_string(recipe->points) +
                         " points: leave out points and noise");
    }
    if (recipe == nullptr || !found_.empty()) return {};
    if (net.inputs() != 2) {
      add("dataset",
          "has points in the plane, the network has " + std::to_string(net.inputs()) + " inputs");
    }
    if (recipe->classes > class_count(net.outputs())) {
      add("dataset", std::string(recipe->name) + " has " + std::to_string(recipe->classes) +
                         " classes, the outputs can tell " +
                         std::to_string(class_count(net.outputs())));
    }
    if (!found_.empty()) return {};
    return make_dataset(*recipe, request, net.outputs(), net.output_activation());
  }

  const Json& root_;
  Samples& samples_;
  const std::shared_ptr<const Dataset>& around_;
};

}  // namespace

std::optional<Document> read_keys(const DocumentKeys& keys, const std::string& at,
                                  Problems& problems) {
  return KeysReader(keys, at).read(problems);
}

}  // namespace deltascope
