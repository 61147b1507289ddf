#pragma once
// Session documents to read, to break and to compare.

#include "support/oracle.hpp"

#include <deltascope/session_file.hpp>

#include <gtest/gtest.h>

#include <string>

namespace deltascope::test {

/// A small good document; a test replaces one of its parts by a bad one.
inline const std::string good = R"({
  "deltascope": 1,
  "sizes": [2, 3, 1],
  "activations": ["tanh", "sigmoid"],
  "loss": "bce",
  "l2": 0.01,
  "W": [[[1, 2], [3, 4], [5, 6]], [[7, 8, 9]]],
  "b": [[0.1, 0.2, 0.3], [0.4]],
  "X": [[0.5, 1], [1.5, 2], [-1, -2]],
  "Y": [[1], [0], [1]],
  "training": {"optimizer": "momentum", "learning_rate": 0.5, "batch": 2}
})";

inline std::string with(const std::string& part, const std::string& replacement) {
  const std::size_t at = good.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return std::string(good).replace(at, part.size(), replacement);
}

/// All that is wrong with a document that must be refused, one problem per line.
inline std::string problems_of(const std::string& json) {
  Problems problems;
  EXPECT_FALSE(parse_document(json, problems).has_value());
  EXPECT_FALSE(problems.empty());
  std::string text;
  for (const Problem& problem : problems)
    text += problem.text() + "\n";
  return text;
}

/// The good document with 100,000 points of zeros.
inline Document with_many_points() {
  Document document = open_document(good);
  auto many = std::make_shared<Dataset>();
  many->X.resize(2, 100'000);
  many->Y.resize(1, 100'000);
  document.data = many;
  return document;
}

inline void expect_same(const Document& a, const Document& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.about, b.about);
  EXPECT_EQ(a.parameters, b.parameters);
  EXPECT_EQ(*a.data, *b.data);
  if (a.settings->sampling->needs_list) {  // else a document does not keep them
    EXPECT_EQ(*a.settings->batches, *b.settings->batches);
  }
  Settings left = *a.settings, right = *b.settings;
  left.batches = right.batches = nullptr;
  EXPECT_EQ(left, right);
}

}  // namespace deltascope::test
