// Which arithmetic computes, in documents.

#include "support/documents.hpp"

#include <deltascope/session_file.hpp>

#include <gtest/gtest.h>

#include <string>

namespace deltascope::test {
namespace {

std::string computed_by(const std::string& json_value) {
  return with(R"("batch": 2)", R"("batch": 2, "arithmetic": )" + json_value);
}

TEST(ArithmeticInDocuments, IsReadAndWritten) {
  for (const Arithmetic& arithmetic : arithmetics()) {
    if (!arithmetic.usable) continue;
    const Document document = open_document(computed_by('"' + std::string(arithmetic.name) + '"'));
    EXPECT_EQ(document.settings->model.arithmetic, &arithmetic);
    expect_same(open_document(to_json(document)), document);
    EXPECT_EQ(to_json(document).find("arithmetic") == std::string::npos, arithmetic.by_shape)
        << arithmetic.name;
  }
}

TEST(ArithmeticInDocuments, IsAutomaticUnlessSaid) {
  EXPECT_EQ(open_document(good).settings->model.arithmetic, &automatic_arithmetic());
}

TEST(ArithmeticInDocuments, MustBeKnown) {
  const std::string text = problems_of(computed_by(R"("abacus")"));
  EXPECT_NE(text.find("training.arithmetic: \"abacus\" is not known"), std::string::npos) << text;
  EXPECT_NE(text.find("textbook"), std::string::npos) << text;
  problems_of(computed_by("3"));
}

TEST(ArithmeticInDocuments, MustBeUsableOnThisProcessor) {
  const Arithmetic other{"avx1024", "AVX-1024", nullptr, false, false};
  Document document = open_document(good);
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->model.arithmetic = &other;
  document.settings = settings;
  const Problems problems = validate(document);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().text(),
            "training.arithmetic: cannot be avx1024: this processor lacks its instructions; leave "
            "it out");
}

}  // namespace
}  // namespace deltascope::test
