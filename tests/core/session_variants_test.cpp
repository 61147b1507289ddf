#include "support/documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string with_key(const std::string& key) {
  return with("\"l2\"", key + ",\n  \"l2\"");
}

void expect_same_parts(const Document& a, const Document& b) {
  expect_same(a, b);
  EXPECT_EQ(a.view, b.view);
  ASSERT_EQ(a.variants.size(), b.variants.size());
  for (std::size_t i = 0; i < a.variants.size(); ++i) {
    EXPECT_EQ(a.variants[i].name, b.variants[i].name);
    expect_same(*a.variants[i].document, *b.variants[i].document);
    EXPECT_EQ(a.variants[i].document->view, b.variants[i].document->view);
  }
}

TEST(View, SaysOnlyWhatTheDocumentSays) {
  const Document plain = open_document(good);
  EXPECT_EQ(plain.view, ViewHints());
  EXPECT_THAT(to_json(plain), Not(HasSubstr("view")));

  const Document document = open_document(with_key(
      R"("view": {"log_cost": true, "paper_scale": false, "against": "gradient_evaluations"})"));
  EXPECT_EQ(document.view.log_cost, true);
  EXPECT_EQ(document.view.paper_scale, false);
  EXPECT_EQ(document.view.log_steps, std::nullopt);
  EXPECT_EQ(document.view.against, find_run_measure("gradient_evaluations"));
  EXPECT_EQ(open_document(to_json(document)).view, document.view);
}

TEST(View, EveryFlagAndMeasureCanBeWrittenAndRead) {
  Document document = open_document(good);
  for (auto flag : {&ViewHints::log_steps, &ViewHints::log_cost, &ViewHints::paper_scale,
                    &ViewHints::hard_shading, &ViewHints::delta_history}) {
    for (const bool value : {true, false}) {
      document.view = {};
      document.view.*flag = value;
      EXPECT_EQ(open_document(to_json(document)).view, document.view);
    }
  }
  for (const RunMeasure& measure : run_measures()) {
    document.view = {};
    document.view.against = &measure;
    EXPECT_EQ(open_document(to_json(document)).view, document.view);
  }
}

TEST(View, KeepsAnyNotationThatItIsGiven) {
  Document document = open_document(good);
  for (const char* name : {"ng", "not known here", "\"quoted\""}) {
    document.view.notation = name;
    EXPECT_EQ(open_document(to_json(document)).view.notation, name);
  }
}

TEST(Variants, ChangeTheKeysTheyNameAndKeepAllOthers) {
  const Document document = open_document(with_key(R"("variants": [
      {"name": "fast", "training": {"learning_rate": 5}, "view": {"log_cost": true}},
      {"name": "other start", "title": "t", "W": null, "b": null, "init": {"scheme": "zeros"}}])"));
  ASSERT_EQ(document.variants.size(), 2U);
  const Document& fast = *document.variants[0].document;
  EXPECT_EQ(document.variants[0].name, "fast");
  EXPECT_EQ(fast.settings->rates.learning_rate, 5.0);
  EXPECT_EQ(fast.settings->optimizer->name, "momentum");
  EXPECT_EQ(fast.settings->batch_size, 2);
  EXPECT_EQ(fast.parameters, document.parameters);
  EXPECT_EQ(fast.data, document.data);  // the same block of numbers
  EXPECT_EQ(fast.view.log_cost, true);
  const Document& other = *document.variants[1].document;
  EXPECT_EQ(other.title, "t");
  EXPECT_TRUE(other.parameters.empty());
  EXPECT_EQ(other.settings->initial.scheme->name, "zeros");
  EXPECT_EQ(other.data, document.data);
  EXPECT_EQ(document.settings->rates.learning_rate, 0.5);
}

TEST(Variants, MayBringTheirOwnPoints) {
  const Document document = open_document(with_key(R"("variants": [
      {"name": "X", "X": [[9, 9], [8, 8], [7, 7]]},
      {"name": "Y", "Y": [[0], [0], [0]]},
      {"name": "X, Y", "X": [[1, 2]], "Y": [[1]], "training": {"batch": "all"}},
      {"name": "recipe", "X": null, "Y": null, "dataset": {"name": "ox"}},
      {"name": "none", "X": [], "Y": []}])"));
  const auto data = [&](std::size_t i) { return *document.variants.at(i).document->data; };
  EXPECT_EQ(data(0).X(0, 2), 7.0);
  EXPECT_EQ(data(0).Y, document.data->Y);
  EXPECT_EQ(data(1).X, document.data->X);
  EXPECT_EQ(data(1).Y(0, 0), 0.0);
  EXPECT_EQ(data(2).size(), 1);
  EXPECT_EQ(data(2).X(1, 0), 2.0);
  EXPECT_EQ(data(3).size(), 10);
  EXPECT_EQ(data(4).size(), 0);
  expect_same_parts(open_document(to_json(document)), document);
}

TEST(Variants, FollowARecipeToAnotherCodingOfItsTargets) {
  const Document document = open_document(R"({"deltascope": 1, "sizes": [2, 2],
      "activations": ["sigmoid"], "loss": "quadratic", "init": {"scheme": "zeros"},
      "dataset": {"name": "ox"}, "variants": [{"name": "tanh", "activations": ["tanh"]}]})");
  EXPECT_EQ(document.data->Y(1, 0), 0.0);
  EXPECT_EQ(document.variants[0].document->data->Y(1, 0), -1.0);
}

TEST(Variants, ComeBackAsTheyWereWritten) {
  Document document = open_document(with_key(R"("about": "…", "init": {"scheme": "he"},
      "view": {"log_cost": true, "against": "seconds"}, "variants": [
      {"name": "a", "about": null, "view": null, "l2": 0, "training": null},
      {"name": "b", "view": {"log_cost": null, "delta_history": true},
       "training": {"sampling": "listed", "batches": [[0], [1, 2]], "batch": null}},
      {"name": "c", "training": {"stream": {"rule": "matlab", "seed": 7}}},
      {"name": "d", "sizes": [2, 2, 1], "W": null, "b": null},
      {"name": "e", "W": [[[1, -0.0], [3, 4], [5, 6]], [[7, 8, 0.30000000000000004]]]}])"));
  const Document again = open_document(to_json(document));
  expect_same_parts(again, document);
  EXPECT_TRUE(again.variants[0].document->about.empty());
  EXPECT_EQ(again.variants[0].document->settings->optimizer->name, "gradient_descent");
  EXPECT_TRUE(std::signbit(again.variants[4].document->parameters[1]));

  // The other way round: the document lists batches, draws as MATLAB does, has no weights.
  for (std::size_t i = 0; i < document.variants.size(); ++i) {
    Document inverse = *document.variants[i].document;
    inverse.variants = {{"back", std::make_shared<const Document>(document)}};
    expect_same_parts(open_document(to_json(inverse)), inverse);
  }
}

TEST(Variants, MayDifferInTheSignOfAZero) {
  Document document = open_document(with("[3, 4]", "[3, 0]"));
  Document negative = document;
  negative.parameters[3] = -0.0;
  document.variants = {{"-0", std::make_shared<const Document>(negative)}};
  const Document again = open_document(to_json(document));
  EXPECT_FALSE(std::signbit(again.parameters[3]));
  EXPECT_TRUE(std::signbit(again.variants[0].document->parameters[3]));
}

TEST(Variants, TheDocumentHasANameAmongThem) {
  const std::string variants = R"("variants": [{"name": "fast", "training": null}])";
  const Document document = open_document(with_key(R"("original": "η = 5", )" + variants));
  EXPECT_EQ(document.original, "η = 5");
  EXPECT_EQ(document.variants.at(0).document->original, "");
  EXPECT_EQ(open_document(to_json(document)).original, "η = 5");

  const Document unnamed = open_document(with_key(variants));
  EXPECT_EQ(unnamed.original, "");
  EXPECT_THAT(to_json(unnamed), Not(HasSubstr("original")));
}

TEST(Variants, ManyPointsAreWrittenOnce) {
  Document document = with_many_points();
  const std::size_t alone = to_json(document).size();
  document.variants = {{"v", std::make_shared<const Document>(document)}};
  const std::string text = to_json(document);
  EXPECT_LT(text.size(), alone + 100);
  const Document again = open_document(text);
  EXPECT_EQ(again.variants[0].document->data, again.data);
}

TEST(Variants, AreCheckedLikeTheDocumentItself) {
  Document document = open_document(good);
  Document bad = document;
  bad.parameters.pop_back();
  document.variants = {{"", std::make_shared<const Document>(bad)},
                       {"b", std::make_shared<const Document>(document)},
                       {"b", std::make_shared<const Document>(document)}};
  std::vector<std::string> where;
  for (const Problem& problem : validate(document))
    where.push_back(problem.where);
  EXPECT_THAT(where, ::testing::ElementsAre("variants[0].name", "variants[0].W", "variants[1].name",
                                            "variants[2].name"));

  document.variants = {{"a", std::make_shared<const Document>(document)}};
  document.original = "a";
  const Problems same_name = validate(document);
  ASSERT_EQ(same_name.size(), 1U);
  EXPECT_EQ(same_name[0].text(), "variants[0].name: is the name of the document itself, original");
}

}  // namespace
}  // namespace deltascope::test
