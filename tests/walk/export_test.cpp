#include "walk/latex_check.hpp"

#include <deltascope/session.hpp>
#include <deltascope/walk/export.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What a network is trained on, and how.
struct Training {
  std::vector<Index> sizes = {2, 3, 2};
  std::string hidden = "sigmoid", output = "sigmoid", loss = "quadratic";
  std::string optimizer = "gradient_descent";
  Index samples = 4;
  double l2 = 0.0;

  friend void PrintTo(const Training& training, std::ostream* out) {
    *out << training.hidden << ", " << training.output << ", " << training.loss << ", "
         << training.optimizer << ", λ = " << training.l2;
  }
};

std::shared_ptr<const Settings> settings_of(const Training& training) {
  auto settings = std::make_shared<Settings>(ox_settings());
  std::vector<const Activation*> activations(training.sizes.size() - 1,
                                             find_activation(training.hidden));
  activations.back() = find_activation(training.output);
  settings->model.architecture = Architecture(training.sizes, activations);
  settings->model.loss = find_loss(training.loss);
  settings->model.l2 = training.l2;
  settings->optimizer = find_optimizer(training.optimizer);
  return settings;
}

std::shared_ptr<const Dataset> data_of(const Training& training) {
  auto data = std::make_shared<Dataset>();
  data->X = Matrix(training.sizes.front(), training.samples);
  data->Y = Matrix(training.sizes.back(), training.samples);
  for (Index i = 0; i < training.samples; ++i) {
    for (Index k = 0; k < data->X.rows(); ++k)
      data->X(k, i) = 0.1 * static_cast<double>(1 + (7 * i + 3 * k) % 10);
    data->Y(i % data->Y.rows(), i) = 1.0;
  }
  return data;
}

/// The second step of a run, so that optimizers remember something.
class ASecondStep {
 public:
  explicit ASecondStep(const Training& training)
      : session_(settings_of(training), data_of(training)) {
    session_.advance();
    proposal_ = session_.preview(trace_);
    session_.apply_proposal(proposal_, after_);
  }

  Step view() const {
    Step step;
    step.number = session_.state().step;
    step.settings = &session_.settings();
    step.data = &session_.data();
    step.trace = &trace_;
    step.parameters = session_.state().parameters;
    step.parameters_after = after_;
    step.moments = session_.state().moments;
    step.moments_after = proposal_.moments;
    step.moment_updates = session_.state().moment_updates;
    if (proposal_.trial) step.trial = &*proposal_.trial;
    return step;
  }
  StepTrace& trace() { return trace_; }
  const std::vector<double>& after() const { return after_; }
  const Proposal& proposal() const { return proposal_; }

 private:
  Session session_;
  StepTrace trace_;
  Proposal proposal_;
  std::vector<double> after_;
};

std::string exported(std::string_view format, const Step& step, const Options& options = {}) {
  const ExportFormat* const found = find_export_format(format);
  EXPECT_NE(found, nullptr) << format;
  return found == nullptr ? std::string() : found->write(step, options);
}

std::vector<Training> trainings() {
  return {{},
          {.hidden = "tanh", .loss = "bce", .optimizer = "momentum", .l2 = 0.01},
          {.hidden = "relu", .output = "softmax", .loss = "softmax_ce", .optimizer = "adam"},
          {.hidden = "leaky_relu", .output = "linear", .optimizer = "levenberg_marquardt"},
          {.sizes = {2, 1}, .loss = "bce", .samples = 1},
          {.output = "softmax", .loss = "softmax_ce", .samples = 13, .l2 = 0.5}};
}

/// All ways to show a step.
std::vector<Options> all_options() {
  std::vector<Options> all;
  for (const Notation& notation : notations()) {
    for (const bool whole_batch : {false, true}) {
      for (const MeanAt mean_at : {MeanAt::gradient, MeanAt::delta})
        all.push_back({&notation, 0, whole_batch, mean_at});
    }
  }
  return all;
}

class Exports : public ::testing::TestWithParam<Training> {};
INSTANTIATE_TEST_SUITE_P(All, Exports, ::testing::ValuesIn(trainings()));

TEST_P(Exports, AreDocumentsThatLatexTakes) {
  const ASecondStep second(GetParam());
  for (const Options& options : all_options()) {
    EXPECT_EQ(test::fault_of_latex_document(exported("latex", second.view(), options)), "")
        << options.notation->name << (options.whole_batch ? ", whole batch" : "");
  }
}

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

/// The first fault of the formulas in one line: between two $, or all of it.
std::string fault_of_inline_formulas(const std::string& line) {
  bool inside = false;
  std::string formula, fault;
  for (std::size_t i = 0; i < line.size() && fault.empty(); ++i) {
    if (line[i] == '$' && (i == 0 || line[i - 1] != '\\')) {
      if (inside) fault = test::fault_of_latex_formula(formula);
      formula.clear();
      inside = !inside;
    } else if (inside) {
      formula += line[i];
    }
  }
  return inside ? "an open $" : fault;
}

std::string fault_of_markdown(const std::string& text) {
  bool displayed = false;
  for (const std::string& line : lines_of(text)) {
    std::string fault;
    if (line == "$$") {
      displayed = !displayed;
    } else {
      fault = displayed ? test::fault_of_latex_formula(line) : fault_of_inline_formulas(line);
    }
    if (!displayed && line.starts_with("|") && std::ranges::count(line, '|') != 3) {
      fault = "a row without two cells";
    }
    if (!fault.empty()) return fault + " in " + line;
  }
  return displayed ? "an open $$" : "";
}

TEST_P(Exports, AreMarkdownWithFormulasAndTables) {
  const ASecondStep second(GetParam());
  for (const Options& options : all_options()) {
    const std::string text = exported("markdown", second.view(), options);
    EXPECT_EQ(fault_of_markdown(text), "") << options.notation->name;
    const auto lines = lines_of(text);
    const auto headings = std::ranges::count_if(
        lines, [](const std::string& line) { return line.starts_with("## "); });
    EXPECT_EQ(static_cast<std::size_t>(headings), phases(second.view()).size());
  }
}

TEST(ReadableExports, HoldRulesMatricesAndWorkedExamples) {
  Training training;
  training.sizes = {2, 1};
  training.samples = 1;
  const ASecondStep second(training);
  for (const std::string format : {"markdown", "latex"}) {
    const std::string text = exported(format, second.view());
    EXPECT_THAT(text, HasSubstr(R"(\mathbf{z}^{[2]} = \mathbf{W}^{[2]}\mathbf{a}^{[1]})"));
    EXPECT_THAT(text, HasSubstr(R"(\underset{\mathbf{W}^{[2]}}{\begin{bmatrix} )"));
    EXPECT_THAT(text, HasSubstr(R"(z_{1}^{[2]} = \sum_{k}w_{1k}^{[2]}a_{k}^{[1]} + b_{1}^{[2]})"));
    EXPECT_THAT(text, HasSubstr("Each neuron multiplies"));
    EXPECT_THAT(text, HasSubstr("SIAM Review"));
  }
}

TEST(ReadableExports, SayWhatIsWalked) {
  Options options;
  options.column = 2;
  const ASecondStep second({});
  EXPECT_THAT(exported("markdown", second.view(), options),
              HasSubstr("\n- Walked: point 3, one of 4 in the batch\n"));
  options.whole_batch = true;
  EXPECT_THAT(exported("latex", second.view(), options),
              HasSubstr("\n\\item Walked: all 4 of the batch\n"));
}

TEST(MarkdownExport, SetsScriptsOfSentencesInHtml) {
  EXPECT_THAT(exported("markdown", ASecondStep({}).view()),
              HasSubstr("\n## Forward: z<sup>\\[2\\]</sup>, a<sup>\\[2\\]</sup>\n"));
}

using Record = std::vector<std::string>;

/// Reads what RFC 4180 describes, except that lines end with \n.
std::vector<Record> parse_csv(const std::string& text) {
  std::vector<Record> records{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& field = records.back().back();
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (quoted || (c != ',' && c != '\n')) {
      field += c;
    } else if (c == ',') {
      records.back().emplace_back();
    } else {
      records.push_back({""});
    }
  }
  EXPECT_FALSE(quoted);
  EXPECT_EQ(records.back(), Record{""}) << "the last line has no end";
  records.pop_back();
  return records;
}

/// The values of one quantity, in order; of one layer if that is not empty.
std::vector<double> values_of(const std::vector<Record>& records, const std::string& quantity,
                              const std::string& phase = "") {
  std::vector<double> values;
  for (const Record& record : records) {
    if (record[1] == quantity && (phase.empty() || record[0] == phase)) {
      values.push_back(std::strtod(record.back().c_str(), nullptr));
    }
  }
  return values;
}

void expect_same_bits(const std::vector<double>& got, std::span<const double> expected) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(got[i]), std::bit_cast<std::uint64_t>(expected[i])) << i;
  }
}

TEST_P(Exports, AreTablesOfSevenColumns) {
  const ASecondStep second(GetParam());
  for (const Options& options : all_options()) {
    const auto records = parse_csv(exported("csv", second.view(), options));
    ASSERT_GT(records.size(), 10U);
    EXPECT_EQ(records.front(),
              (Record{"phase", "quantity", "layer", "row", "column", "sample", "value"}));
    for (const Record& record : records) {
      ASSERT_EQ(record.size(), 7U) << record.front();
      EXPECT_NE(record.back(), "NaN") << record[1];
    }
  }
}

TEST(CsvExport, KeepsTheBits) {
  ASecondStep second({.optimizer = "adam", .l2 = 0.25});
  const Options whole{&notations().front(), 0, true, MeanAt::gradient};
  const auto records = parse_csv(exported("csv", second.view(), whole));
  const StepTrace& trace = second.trace();
  const Architecture& net = second.view().net();
  expect_same_bits(values_of(records, "a^[1]"), trace.X.values());
  expect_same_bits(values_of(records, "y"), trace.Y.values());
  for (Index l = 0; l < net.layers(); ++l) {
    const auto at = static_cast<std::size_t>(l);
    const std::string layer = "^[" + std::to_string(l + 2) + "]";
    expect_same_bits(values_of(records, "z" + layer), trace.z[at].values());
    expect_same_bits(values_of(records, "a" + layer), trace.a[at].values());
    expect_same_bits(values_of(records, "δ" + layer), trace.delta[at].values());
    const auto expect_block = [&](const std::string& W, const std::string& b,
                                  std::span<const double> block) {
      const ConstWeightView weights = net.W(block, l);
      expect_same_bits(values_of(records, W),
                       {weights.data, static_cast<std::size_t>(weights.size())});
      expect_same_bits(values_of(records, b), net.b(block, l));
    };
    expect_block("W" + layer, "b" + layer, second.view().parameters);
    expect_block("∂Cost/∂W" + layer, "∂Cost/∂b" + layer, trace.gradient);
    expect_block("W" + layer + "new", "b" + layer + "new", second.after());
  }
  expect_same_bits(values_of(records, "C_x"), trace.loss_per_sample);
}

TEST(CsvExport, SaysWhereANumberStands) {
  const ASecondStep second({.samples = 3});
  Options options;
  options.notation = find_notation("ng");
  options.column = 2;
  const std::string text = exported("csv", second.view(), options);
  EXPECT_THAT(text, HasSubstr("\nBatch,a^[0],0,2,,3,"));
  EXPECT_THAT(text, HasSubstr(",W^[1],1,3,2,,"));
  EXPECT_THAT(text, HasSubstr(",b^[2],2,2,,,"));
  EXPECT_THAT(text, HasSubstr(",dz^[2],2,1,,3,"));
  EXPECT_THAT(text, HasSubstr(",J,,,,,"));
}

TEST(CsvExport, QuotesTitlesWithCommas) {
  const ASecondStep second({});
  EXPECT_THAT(exported("csv", second.view()),
              HasSubstr("\n\"Forward: z^[2], a^[2]\",W^[2],2,1,1,,"));
}

TEST(CsvExport, WritesNumbersThatAreNone) {
  ASecondStep second({});
  second.trace().z[0](0, 0) = std::numeric_limits<double>::quiet_NaN();
  second.trace().z[0](1, 0) = std::numeric_limits<double>::infinity();
  second.trace().z[0](2, 0) = -std::numeric_limits<double>::infinity();
  const std::string text = exported("csv", second.view());
  EXPECT_THAT(text, HasSubstr(",z^[2],2,1,,1,NaN\n"));
  EXPECT_THAT(text, HasSubstr(",z^[2],2,2,,1,Inf\n"));
  EXPECT_THAT(text, HasSubstr(",z^[2],2,3,,1,-Inf\n"));
}

TEST(CsvExport, HasTheTrialOfLevenbergMarquardt) {
  const ASecondStep second(
      {.sizes = {2, 1}, .output = "linear", .optimizer = "levenberg_marquardt"});
  const double missing = second.view().trace->Y(0, 0) - second.view().trace->a[0](0, 0);
  const auto records = parse_csv(exported("csv", second.view()));
  ASSERT_TRUE(second.proposal().trial);
  expect_same_bits(values_of(records, "Δp"), second.proposal().trial->step);
  expect_same_bits(values_of(records, "r"), {&missing, 1});
  expect_same_bits(values_of(records, "μ"), {&second.proposal().trial->damping, 1});
}

TEST(LargeExports, LeaveOutWhatNobodyReadsOnPaper) {
  const ASecondStep second({.sizes = {100, 40, 10}, .samples = 2, .l2 = 0.1});
  constexpr std::size_t most_bytes = 1'000'000;
  constexpr std::size_t most_bytes_per_line = 200'000;  // TeX reads no longer ones
  for (const std::string format : {"markdown", "latex"}) {
    const std::string text = exported(format, second.view());
    EXPECT_LT(text.size(), most_bytes) << format;
    for (const std::string& line : lines_of(text))
      EXPECT_LT(line.size(), most_bytes_per_line) << line.substr(0, 100);
    EXPECT_THAT(text, HasSubstr("more than 30 rows or columns"));
    EXPECT_THAT(text, HasSubstr("Sums of more than 100 numbers"));
    EXPECT_THAT(text, HasSubstr("Only the first 50 of 400 numbers"));
  }
  const auto records = parse_csv(exported("csv", second.view()));
  EXPECT_EQ(values_of(records, "W^[2]").size(), 4000U);
}

TEST(SmallExports, LeaveNothingOut) {
  const std::string text = exported("markdown", ASecondStep({}).view());
  EXPECT_THAT(text, Not(HasSubstr("not printed")));
  EXPECT_THAT(text, Not(HasSubstr("Only the first")));
}

TEST(ExportFormats, AreFoundByNameAndExtension) {
  for (const ExportFormat& format : export_formats()) {
    EXPECT_EQ(find_export_format(format.name), &format);
    EXPECT_EQ(export_format_of(format.extension), &format);
  }
  EXPECT_EQ(export_format_of(".tex"), find_export_format("latex"));
  EXPECT_EQ(find_export_format("word"), nullptr);
  EXPECT_EQ(export_format_of(".doc"), nullptr);
}

}  // namespace
}  // namespace deltascope::walk
