// What a check found, by W and b, and the worst of it.
#include <deltascope/check_summary.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace deltascope {
namespace {

// 2-3-1: W of 6, b of 3, W of 3, b of 1.
Architecture shape() {
  const Activation* tanh = find_activation("tanh");
  return Architecture({2, 3, 1}, {tanh, tanh});
}

GradientCheckReport report_of(const std::vector<double>& errors) {
  GradientCheckReport report;
  for (std::size_t i = 0; i < errors.size(); ++i)
    report.entries.push_back({static_cast<Index>(i), 0.0, 0.0, errors[i], false});
  return report;
}

std::vector<Index> parameters_of(const std::vector<CheckedEntry>& entries) {
  std::vector<Index> found;
  for (const CheckedEntry& checked : entries)
    found.push_back(checked.entry.parameter);
  return found;
}

TEST(CheckSummary, SumsUpEachWAndB) {
  GradientCheckReport report = report_of({1, 2, 3, 4, 5, 9, 1, 7, 2, 0, 0, 8, 6});
  report.entries[5].kink = true;
  report.kinks = 1;
  const std::vector<CheckedPart> parts = checked_parts(shape(), report);
  ASSERT_EQ(parts.size(), 4U);
  const double worst[] = {5, 7, 8, 6};
  const Index rows[] = {3, 3, 1, 1}, cols[] = {2, 1, 3, 1}, kinks[] = {1, 0, 0, 0};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ(parts[i].layer, static_cast<Index>(i) / 2) << i;
    EXPECT_EQ(parts[i].is_bias, i % 2 == 1) << i;
    EXPECT_EQ(parts[i].rows, rows[i]) << i;
    EXPECT_EQ(parts[i].cols, cols[i]) << i;
    EXPECT_EQ(parts[i].kinks, kinks[i]) << i;
    EXPECT_EQ(parts[i].compared, rows[i] * cols[i] - kinks[i]) << i;
    EXPECT_EQ(parts[i].worst_error, worst[i]) << i;
  }
}

TEST(CheckSummary, PutsTheWorstFirstAndKinksAside) {
  GradientCheckReport report = report_of({1, 2, 3, 4, 5, 9, 1, 7, 2, 0, 0, 8, 6});
  report.entries[5].kink = true;
  const std::vector<CheckedEntry> worst = worst_first(shape(), report);
  EXPECT_EQ(parameters_of(worst), (std::vector<Index>{11, 7, 12, 4, 3, 2, 1, 8, 0, 6, 9, 10}));
  EXPECT_EQ(parameters_of(at_kinks(shape(), report)), std::vector<Index>{5});
  EXPECT_EQ(worst[0].layer, 1);  // parameter 11: the last weight of the output's only row
  EXPECT_FALSE(worst[0].is_bias);
  EXPECT_EQ(worst[0].row, 0);
  EXPECT_EQ(worst[0].col, 2);
  EXPECT_EQ(worst[3].row, 2);  // parameter 4: first weight of the last row
  EXPECT_EQ(worst[3].col, 0);
  EXPECT_TRUE(worst[1].is_bias);  // parameter 7
  EXPECT_EQ(worst[1].row, 1);
  EXPECT_EQ(worst[1].col, 0);
}

TEST(CheckSummary, CountsNaNAsTheWorstWhateverFollows) {
  const GradientCheckReport report = report_of({1, std::nan(""), 3, 4, 5, 9, 1, 7, 2, 0, 0, 8, 6});
  EXPECT_TRUE(std::isnan(checked_parts(shape(), report)[0].worst_error));
  EXPECT_EQ(worst_first(shape(), report)[0].entry.parameter, 1);
}

TEST(CheckSummary, TakesWhatAnEndedCheckHasFound) {
  const std::vector<CheckedPart> parts = checked_parts(shape(), report_of({1, 2, 3, 4, 5, 6, 7}));
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[1].compared, 1);
  EXPECT_EQ(parts[2].compared, 0);
  EXPECT_EQ(parts[3].parameters(), 1);
}

TEST(CheckSummary, ReadsUpdatesAlike) {
  UpdateCheckReport report;
  for (Index i = 0; i < 13; ++i)
    report.entries.push_back({i, 0.0, 0.0, i == 9 ? 2.0 : 0.5});
  EXPECT_EQ(checked_parts(shape(), report)[2].worst_error, 2.0);
  const std::vector<CheckedUpdate> worst = worst_first(shape(), report);
  ASSERT_EQ(worst.size(), 13U);
  EXPECT_EQ(worst[0].entry.parameter, 9);
  EXPECT_EQ(worst[0].layer, 1);
  EXPECT_EQ(worst[1].entry.parameter, 0);
}

}  // namespace
}  // namespace deltascope
