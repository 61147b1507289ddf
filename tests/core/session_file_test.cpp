#include "support/documents.hpp"
#include "support/run_program.hpp"

#include <deltascope/dataset.hpp>
#include <deltascope/session_file.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(SessionFile, ReadsEveryPart) {
  const Document document = open_document(with("\"b\":", R"("title": "t", "about": "Δ",
      "init": {"scheme": "he", "scale": 2, "seed": 18446744073709551615}, "b":)"));
  const Settings& settings = *document.settings;
  const Architecture& net = settings.model.architecture;
  EXPECT_EQ(document.title, "t");
  EXPECT_EQ(document.about, "Δ");
  EXPECT_EQ(net.sizes(), (std::vector<Index>{2, 3, 1}));
  EXPECT_EQ(net.activation(0).name, "tanh");
  EXPECT_EQ(settings.model.loss->name, "bce");
  EXPECT_EQ(settings.model.l2, 0.01);
  EXPECT_EQ(net.W(std::span<const double>(document.parameters), 0)(2, 1), 6.0);
  EXPECT_EQ(net.W(std::span<const double>(document.parameters), 1)(0, 2), 9.0);
  EXPECT_EQ(net.b(std::span<const double>(document.parameters), 0)[1], 0.2);
  EXPECT_EQ(document.data->X(1, 2), -2.0);
  EXPECT_EQ(document.data->Y(0, 1), 0.0);
  EXPECT_EQ(settings.optimizer->name, "momentum");
  EXPECT_EQ(settings.rates.learning_rate, 0.5);
  EXPECT_EQ(settings.batch_size, 2);
  EXPECT_EQ(settings.initial.scheme->name, "he");
  EXPECT_EQ(settings.initial.scale, 2.0);
  EXPECT_EQ(settings.initial.seed, std::numeric_limits<std::uint64_t>::max());
}

TEST(SessionFile, FillsInWhatIsAbsent) {
  const Document document = open_document(
      R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"], "loss": "bce",
          "init": {"scheme": "xavier"}, "dataset": {"name": "ox"}})");
  const Settings& settings = *document.settings;
  EXPECT_EQ(settings.optimizer->name, "gradient_descent");
  EXPECT_EQ(settings.rates, Rates());
  EXPECT_EQ(settings.rates.learning_rate, 0.05);
  EXPECT_EQ(settings.batch_size, 0);
  EXPECT_EQ(settings.sampling->name, "in_order");
  EXPECT_EQ(settings.model.l2, 0.0);
  EXPECT_EQ(settings.initial.scale, settings.initial.scheme->default_scale);
  EXPECT_TRUE(document.parameters.empty());
  EXPECT_EQ(document.data->size(), 10);
}

TEST(SessionFile, EveryRowOfEveryTableCanBeWrittenAndRead) {
  for (const Loss& loss : losses()) {
    for (const Activation& output : activations()) {
      if (!loss.admits(output)) continue;
      for (const Optimizer& optimizer : optimizers()) {
        for (const SamplingRule& rule : sampling_rules()) {
          for (const Initializer& initializer : initializers()) {
            Settings settings = ox_settings();
            settings.model.architecture =
                Architecture({2, 3, 3}, {&activations().front(), &output});
            settings.model.loss = &loss;
            settings.optimizer = &optimizer;
            settings.sampling = &rule;
            const bool fits = why_unsuitable(optimizer, settings.model, 3).empty() &&
                              !(optimizer.least_squares && rule.needs_list);
            if (!fits) continue;
            settings.initial.scheme = &initializer;
            if (rule.needs_list) {
              settings.batches = std::make_shared<const BatchList>(BatchList{{0, 3}, {1}});
            }
            Document document;
            document.settings = std::make_shared<const Settings>(settings);
            document.data = std::make_shared<const Dataset>(
                make_dataset(*find_dataset_recipe("blobs"), {}, 3, output));
            expect_same(open_document(to_json(document)), document);
          }
        }
      }
    }
  }
}

TEST(SessionFile, KeepsTheStreamThatSamplesAreDrawnFrom) {
  for (const StreamRule& rule : stream_rules()) {
    for (const std::uint64_t skip_words : {0U, 46U}) {
      Document document = open_document(good);
      Settings settings = *document.settings;
      settings.stream = &rule;
      settings.sampling_seed = rule.largest_seed;
      settings.stream_skip_words = skip_words;
      document.settings = std::make_shared<const Settings>(settings);
      expect_same(open_document(to_json(document)), document);
    }
  }
  EXPECT_THAT(to_json(open_document(good)), ::testing::Not(HasSubstr("stream")));
}

TEST(SessionFile, KeepsEveryBit) {
  Document document = open_document(good);
  const double awkward[] = {0.1,
                            -0.0,
                            1.0 / 3.0,
                            std::numeric_limits<double>::denorm_min(),
                            std::numeric_limits<double>::max(),
                            9007199254740993.0,
                            1e22,
                            -2.2250738585072011e-308};
  std::copy(std::begin(awkward), std::end(awkward), document.parameters.begin());
  const Document again = open_document(to_json(document));
  expect_same(again, document);
  EXPECT_TRUE(std::signbit(again.parameters[1]));
}

TEST(SessionFile, KeepsTextThatNeedsEscapes) {
  Document document = open_document(good);
  document.title = "\"quoted\" \\ \n tab\t δ";
  EXPECT_EQ(open_document(to_json(document)).title, document.title);
}

TEST(SessionFile, AnEmptyPlaneIsASession) {
  Document document = open_document(good);
  const Dataset nothing{Matrix(2, 0), Matrix(1, 0)};
  const Document cleared = make_document(*document.settings, nothing, document.parameters);
  const Document again = open_document(to_json(cleared));
  expect_same(again, cleared);
  EXPECT_EQ(again.settings->batch_size, 2);  // waits for the next points
  Session session = make_session(again);
  EXPECT_FALSE(session.advance());
}

TEST(SessionFile, ABatchShrinksWithTheData) {
  const Document document = open_document(good);
  Dataset one{Matrix(2, 1), Matrix(1, 1)};
  const Document shrunk = make_document(*document.settings, one, document.parameters);
  EXPECT_EQ(shrunk.settings->batch_size, 1);
  EXPECT_TRUE(validate(shrunk).empty());
}

TEST(SessionFile, SavesAndLoads) {
  const TemporaryFolder folder;
  const Document document = open_document(good);
  Problems problems;
  ASSERT_TRUE(save_document(document, folder / "a.json", problems));
  const std::optional<Document> again = load_document(folder / "a.json", problems);
  ASSERT_TRUE(again.has_value());
  expect_same(*again, document);
}

TEST(SessionFile, RefusesToSaveWhatCouldNotBeOpened) {
  const TemporaryFolder folder;
  write_file(folder / "a.json", "old");
  Document document = open_document(good);
  document.parameters[3] = std::nan("");
  Problems problems;
  EXPECT_FALSE(save_document(document, folder / "a.json", problems));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text(), "W[0][1][1]: must be a finite number");
  EXPECT_EQ(read_file(folder / "a.json"), "old");
}

TEST(SessionFile, ValidatesWhatNeverWasJson) {
  Document document = open_document(good);
  Settings settings = *document.settings;
  settings.model.loss = find_loss("softmax_ce");
  settings.rates.momentum = 1.0;
  document.settings = std::make_shared<const Settings>(settings);
  Dataset data = *document.data;
  data.X(0, 1) = std::numeric_limits<double>::infinity();
  document.data = std::make_shared<const Dataset>(data);
  document.parameters.pop_back();
  std::vector<std::string> where;
  for (const Problem& problem : validate(document))
    where.push_back(problem.where);
  EXPECT_THAT(where, ::testing::ElementsAre("loss", "training.momentum", "X[1][0]", "W"));
}

TEST(SessionFile, RefusesASoftmaxOfOneOutput) {
  EXPECT_THAT(problems_of(R"({"deltascope": 1, "sizes": [2, 1], "activations": ["softmax"],
                              "loss": "softmax_ce", "init": {"scheme": "xavier"}, "X": [], "Y": []})"),
              StartsWith("sizes: softmax of a single output"));
}

TEST(SessionFile, RefusesToResizeAFixedDataset) {
  EXPECT_THAT(problems_of(R"({"deltascope": 1, "sizes": [2, 2], "activations": ["sigmoid"],
                              "loss": "bce", "init": {"scheme": "xavier"},
                              "dataset": {"name": "ox", "points": 500}})"),
              StartsWith("dataset: ox has its own 10 points"));
}

TEST(SessionFile, BadDocumentsComeFromAGoodOne) {
  EXPECT_EQ(open_document(good).data->size(), 3);
}

TEST(SessionFile, NamesLineAndColumnOfASyntaxError) {
  EXPECT_THAT(problems_of("{\"deltascope\": 1,\n \"l2\": NaN}"),
              StartsWith("line 2:8: is not valid JSON: "));
  EXPECT_THAT(problems_of(with("[3, 4]", "[3, 4")), StartsWith("line 8:6: is not valid JSON: "));
  EXPECT_THAT(problems_of(with("[3, 4]", "[3, 1e999]")), StartsWith("line 7:22: 1e999 is too"));
  EXPECT_THAT(problems_of(""), StartsWith("line 1:1: is not valid JSON: "));
  EXPECT_THAT(problems_of("\xff\xfe"), StartsWith("line 1:1: is not valid JSON: "));
  EXPECT_EQ(problems_of("[]"), "must be one JSON object: { … }\n");
}

TEST(SessionFile, ASyntaxErrorStaysReadable) {
  const std::string endless = "{\"title\": \"" + std::string(100'000, 'x');
  EXPECT_LT(problems_of(endless).size(), 300U);
}

TEST(SessionFile, SurvivesDeepNesting) {
  EXPECT_THAT(problems_of(std::string(1'000'000, '[')), HasSubstr("is not valid JSON"));
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_THAT(problems_of(with("[[1], [0], [1]]", deep)), HasSubstr("Y[0]"));
}

TEST(SessionFile, ReportsSeveralProblemsAtOnceButNotAThousand) {
  EXPECT_EQ(
      problems_of(R"({"deltascope": 1, "sizes": [0, 0], "activations": ["x"], "loss": 1})"),
      "sizes[0]: must be a whole number from 1 to 1024\n"
      "sizes[1]: must be a whole number from 1 to 256\n"
      "activations[0]: \"x\" is not known; it must be one of sigmoid, tanh, relu, leaky_relu, "
      "linear, softmax\n"
      "loss: it must be one of quadratic, bce, softmax_ce\n");
  std::string rows;
  for (int i = 0; i < 1000; ++i)
    rows += i == 0 ? "[null, 0]" : ", [null, 0]";
  const std::string text = problems_of(with("[0.5, 1], [1.5, 2], [-1, -2]", rows));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 11);
  EXPECT_THAT(text, HasSubstr("there are more problems"));
}

TEST(SessionFile, ChecksRecipesAgainstTheNetwork) {
  const auto document = [](const std::string& dataset, const std::string& inputs) {
    return R"({"deltascope": 1, "sizes": [)" + inputs + R"(, 1], "activations": ["sigmoid"],
        "loss": "bce", "init": {"scheme": "zeros"}, "dataset": )" +
           dataset + "}";
  };
  EXPECT_THAT(problems_of(document(R"({"name": "blobs"})", "2")), HasSubstr("blobs has 3 classes"));
  EXPECT_THAT(problems_of(document(R"({"name": "ox"})", "3")),
              HasSubstr("the network has 3 inputs"));
  EXPECT_THAT(problems_of(document(R"({"name": "spiral", "points": 2000001})", "2")),
              HasSubstr("dataset.points: must be a whole number from 1 to 2000000"));
  EXPECT_THAT(problems_of(document(R"({"name": "spiral", "noise": -1})", "2")),
              HasSubstr("dataset.noise: must not be negative"));
  EXPECT_EQ(open_document(document(R"({"name": "spiral", "points": 57})", "2")).data->size(), 57);
}

std::string many_points(std::size_t count) {
  std::string json = R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"],
      "loss": "bce", "init": {"scheme": "zeros"}, "X": [)";
  for (std::size_t i = 0; i < count; ++i)
    json += i == 0 ? "[0.25,0.75]" : ",[0.25,0.75]";
  json += "], \"Y\": [";
  for (std::size_t i = 0; i < count; ++i)
    json += i == 0 ? "[1]" : ",[1]";
  return json + "]}";
}

TEST(SessionFile, TakesAMillionSamples) {
  const Document document = open_document(many_points(1'000'000));
  EXPECT_EQ(document.data->size(), 1'000'000);
  expect_same(open_document(to_json(document)), document);
}

TEST(SessionFile, RefusesMoreThanTwoMillionSamples) {
  EXPECT_THAT(problems_of(many_points(2'000'001)),
              StartsWith("X: has 2000001 samples; at most 2000000 are possible"));
}

TEST(SessionFile, NamesTheFileThatCannotBeRead) {
  const TemporaryFolder folder;
  Problems problems;
  EXPECT_FALSE(load_document(folder / "none.json", problems));
  EXPECT_FALSE(load_document(folder.path(), problems));
  write_file(folder / "bad.json", "{");
  EXPECT_FALSE(load_document(folder / "bad.json", problems));
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].text(), (folder / "none.json").string() + ": no such file");
  EXPECT_EQ(problems[1].text(), folder.path().string() + ": is a folder, not a session");
  EXPECT_THAT(problems[2].text(),
              StartsWith((folder / "bad.json").string() + ":1:2: is not valid"));
}

TEST(SessionFile, ATraceSaysWhatNullMeans) {
  const Architecture net({1, 1}, {find_activation("linear")});
  StepTrace trace;
  trace.gradient = trace.gradient_data = {1.0, std::nan("")};
  EXPECT_THAT(trace_to_json(trace, net), HasSubstr("\"note\": \"null stands for"));
  trace.gradient[1] = 0.0;
  EXPECT_THAT(trace_to_json(trace, net), ::testing::Not(HasSubstr("note")));
}

}  // namespace
}  // namespace deltascope::test
