#include <deltascope/walk/document_notation.hpp>

#include <gtest/gtest.h>

namespace deltascope::walk {
namespace {

Document looked_at(const char* notation) {
  Document document;
  document.view.notation = notation;
  return document;
}

Variant variant(const char* notation) {
  return {"other", std::make_shared<const Document>(looked_at(notation))};
}

TEST(DocumentNotation, IsFineWhereItIsKnownOrAbsent) {
  Problems problems;
  EXPECT_TRUE(notations_known({}, problems));
  Document document = looked_at("ng");
  document.variants = {variant("ufldl")};
  EXPECT_TRUE(notations_known(document, problems));
  EXPECT_TRUE(problems.empty());
}

TEST(DocumentNotation, NamesTheFieldTheNearestAndAll) {
  Problems problems;
  EXPECT_FALSE(notations_known(looked_at("hingham"), problems));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text(),
            "view.notation: \"hingham\" is not known; did you mean \"higham\"? It must be one of "
            "higham, ng, zhujian, ufldl");
}

TEST(DocumentNotation, IsReportedOnceWhereVariantsTakeItOver) {
  Document document = looked_at("nq");
  document.variants = {variant("nq"), variant("euler")};
  Problems problems;
  EXPECT_FALSE(notations_known(document, problems));
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].where, "view.notation");
  EXPECT_EQ(problems[1].where, "variants[1].view.notation");
}

}  // namespace
}  // namespace deltascope::walk
