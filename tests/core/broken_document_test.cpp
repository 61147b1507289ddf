// Every way to get a document wrong that we could think of, and what is said about it.

#include "support/documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace deltascope::test {
namespace {

using ::testing::StartsWith;

struct Bad {
  const char* part;
  const char* replacement;
  const char* message;
};

class BadDocument : public ::testing::TestWithParam<Bad> {};

TEST_P(BadDocument, IsRefusedByName) {
  const Bad& bad = GetParam();
  EXPECT_THAT(problems_of(with(bad.part, bad.replacement)), StartsWith(bad.message));
}

const Bad bad_documents[] = {
    {"\"deltascope\": 1", "\"deltascope\": 2", "deltascope: this session is of version 2, from a"},
    {"\"deltascope\": 1", "\"deltascope\": \"1\"", "deltascope: must be the version"},
    {"\"deltascope\": 1,", "", "deltascope: is missing"},
    {"\"l2\"", "\"lambda\"", "lambda: is not known here; known are deltascope,"},
    {"\"l2\": 0.01", "\"l2\": -1", "l2: must not be negative"},
    {"\"l2\": 0.01", "\"l2\": \"0.01\"", "l2: must be a number"},
    {"\"l2\": 0.01", "\"l2\": 1, \"l2\": 2", "l2: is given twice"},
    {"\"l2\": 0.01", "\"title\": 5", "title: must be text in quotes"},
    {"[2, 3, 1]", "[2]", "sizes: must have at least two entries"},
    {"[2, 3, 1]", "[2, 0, 1]", "sizes[1]: must be a whole number from 1 to 256"},
    {"[2, 3, 1]", "[2, 300, 1]", "sizes[1]: must be a whole number from 1 to 256"},
    {"[2, 3, 1]", "[2, 3.5, 1]", "sizes[1]: must be a whole number from 1 to 256"},
    {"[2, 3, 1]", "[2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "sizes: has 18 entries; at most 17"},
    {"[2, 3, 1]", "5", "sizes: must be a list"},
    {"\"tanh\", ", "", "activations: has 1 names, sizes has 2 layers"},
    {"\"tanh\"", "\"tan\"",
     "activations[0]: \"tan\" is not known; it must be one of sigmoid, tanh"},
    {"\"tanh\"", "3", "activations[0]: it must be one of sigmoid, tanh"},
    {"\"tanh\"", "\"softmax\"", "activations[0]: softmax is for the last layer only"},
    {"\"bce\"", "\"softmax_ce\"",
     "loss: softmax_ce needs a softmax output, the last activation is"},
    {"\"bce\"", "\"mse\"", "loss: \"mse\" is not known; it must be one of quadratic, bce"},
    {"[3, 4]", "[3, 4, 5]", "W[0][1]: has 3 numbers, the layer has 2 inputs"},
    {", [5, 6]", "", "W[0]: has 2 rows, the layer has 3 neurons"},
    {", [[7, 8, 9]]", "", "W: has 1 layers, the network has 2"},
    {"[3, 4]", "[3, null]", "W[0][1][1]: must be a number"},
    {"[3, 4]", "\"3, 4\"", "W[0][1]: must be a list"},
    {", 0.3]", "]", "b[0]: has 2 numbers, the layer has 3 neurons"},
    {"\"b\": [[0.1, 0.2, 0.3], [0.4]],", "", "b: is missing: W and b belong together"},
    {"[1.5, 2]", "[1.5]", "X[1]: has 1 numbers, the network has 2 inputs"},
    {"[1.5, 2]", "[1.5, \"2\"]", "X[1][1]: must be a number"},
    {"[1.5, 2]", "1.5", "X[1]: must be a list of numbers"},
    {"[1.5, 2]", "{\"x\": [1]}", "X[1]: must be a list of numbers"},
    {"[1.5, 2]", "[[1.5], 2]", "X[1][0]: must be a number"},
    {", [-1, -2]", "", "Y: has 3 rows, X has 2"},
    {"[[1], [0], [1]]", "[[1], [0, 1], [1]]", "Y[1]: has 2 numbers, the network has 1 outputs"},
    {"[[1], [0], [1]]", "7", "Y: must be a list"},
    {"\"Y\": [[1], [0], [1]],", "", "Y: is missing"},
    {"[[1], [0], [1]]", "[[1], [0], [-7]]", "Y[2][0]: must lie between 0 and 1 for bce"},
    {"\"Y\":", "\"dataset\": {\"name\": \"ox\"}, \"Y\":", "dataset: and X, Y exclude each other"},
    {"0.5, \"batch\"", "-0.5, \"batch\"", "training.learning_rate: must be greater than 0"},
    {"\"batch\": 2", "\"batch\": 4", "training.batch: is 4, there are only 3 samples"},
    {"\"batch\": 2", "\"batch\": 0", "training.batch: must be a whole number from 1 to 2000000 or"},
    {"\"batch\": 2", "\"batch\": \"some\"", "training.batch: must be a whole number"},
    {"\"batch\": 2", "\"beta1\": 1", "training.beta1: must be at least 0 and less than 1"},
    {"\"batch\": 2", "\"epsilon\": 0", "training.epsilon: must be greater than 0"},
    {"\"batch\": 2", "\"seed\": -1", "training.seed: must be a whole number"},
    {"\"batch\": 2", "\"stream\": 3", "training.stream: must be an object"},
    {"\"batch\": 2", "\"stream\": {}", "training.stream.rule: is missing"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"numpy\"}",
     "training.stream.rule: \"numpy\" is not known; it must be one of deltascope, matlab"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"matlab\", \"seed\": -1}",
     "training.stream.seed: must be a whole number"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"matlab\", \"seed\": 4294967296}",
     "training.stream.seed: must be at most 4294967295"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"matlab\", \"skip_words\": 10000001}",
     "training.stream.skip_words: must be a whole number from 0 to 10000000"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"matlab\", \"skip\": 1}",
     "training.stream.skip: is not known here"},
    {"\"batch\": 2", "\"seed\": 1, \"stream\": {\"rule\": \"matlab\"}",
     "training.seed: and training.stream exclude each other"},
    {"\"batch\": 2", "\"rate\": 2", "training.rate: is not known here"},
    {"\"batch\": 2", "\"sampling\": \"listed\"", "training.batches: must list at least one batch"},
    {"\"batch\": 2", "\"batches\": [[0]]", "training.batches: is used only when sampling is"},
    {"\"batch\": 2", "\"sampling\": \"listed\", \"batches\": [[0], [1, 3]]",
     "training.batches[1][1]: is 3, but samples are numbered from 0 and there are 3"},
    {"\"batch\": 2", "\"sampling\": \"listed\", \"batches\": [[0], []]",
     "training.batches[1]: is empty"},
    {"\"batch\": 2", "\"sampling\": \"listed\", \"batches\": [[0], [-1]]",
     "training.batches[1][0]: must be a whole number"},
    {"\"batch\": 2", "\"sampling\": \"listed\", \"batches\": [0]",
     "training.batches[0]: must be a list"},
    {"\"momentum\"", "\"levenberg\"",
     "training.optimizer: \"levenberg\" is not known; it must be one of"},
    {"\"l2\": 0.01", "\"view\": []", "view: must be an object"},
    {"\"l2\": 0.01", "\"view\": {\"log_cost\": 1}", "view.log_cost: must be true or false"},
    {"\"l2\": 0.01", "\"view\": {\"log\": true}",
     "view.log: is not known here; known are log_steps, log_cost, paper_scale, hard_shading"},
    {"\"l2\": 0.01", "\"view\": {\"notation\": 1}", "view.notation: must be text in quotes"},
    {"\"l2\": 0.01", "\"view\": {\"against\": \"time\"}",
     "view.against: \"time\" is not known; it must be one of steps, gradient_evaluations"},
    {"\"batch\": 2", "\"stream\": {\"rule\": \"matlab\", \"rule\": \"matlab\"}",
     "training.stream.rule: is given twice"},
    {"\"l2\": 0.01", "\"variants\": {}", "variants: must be a list"},
    {"\"l2\": 0.01", "\"variants\": null", "variants: must be a list"},
    {"\"l2\": 0.01", "\"variants\": [3]", "variants[0]: must be an object"},
    {"\"l2\": 0.01", "\"variants\": [{}]", "variants[0].name: is missing"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": 1}]", "variants[0].name: must be text in quotes"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"\"}]",
     "variants[0].name: must be text in quotes"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\"}, {\"name\": \"a\"}]",
     "variants[1].name: is already the name of another variant"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"lambda\": 1}]",
     "variants[0].lambda: is not known here; known are name, title,"},
    {"\"l2\": 0.01", "\"original\": 5", "original: must be text in quotes"},
    {"\"l2\": 0.01", "\"original\": \"a\", \"variants\": [{\"name\": \"a\"}]",
     "variants[0].name: is already the name of the document itself"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"original\": \"b\"}]",
     "variants[0].original: is not known here"},
    {"\"l2\": 0.01", "\"recording\": {\"start\": {\"original\": \"b\"}, \"log\": [], \"steps\": 0}",
     "recording.start.original: is not known here"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"variants\": []}]",
     "variants[0].variants: is not known here"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"deltascope\": 1}]",
     "variants[0].deltascope: is not known here"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"name\": \"b\"}]",
     "variants[0].name: is given twice"},
    {"\"l2\": 0.01",
     "\"variants\": [{\"name\": \"a\"}, {\"name\": \"b\", \"training\": {\"rate\": 1}}]",
     "variants[1].training.rate: is not known here"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"training\": {\"batch\": 4}}]",
     "variants[0].training.batch: is 4, there are only 3 samples"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"sizes\": [2, 2, 1]}]",
     "variants[0].W[0]: has 3 rows, the layer has 2 neurons"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"sizes\": null}]",
     "variants[0].sizes: is missing"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"X\": [[1, 2]]}]",
     "variants[0].Y: has 3 rows, X has 1"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"X\": [[1, 2], [3], [4, 5]]}]",
     "variants[0].X[1]: has 1 numbers, the network has 2 inputs"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"X\": [[1, 2], [3, \"x\"], [4, 5]]}]",
     "variants[0].X[1][1]: must be a number"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"X\": 5}]",
     "variants[0].X: must be a list"},
    {"\"l2\": 0.01", "\"variants\": [{\"name\": \"a\", \"dataset\": {\"name\": \"ox\"}}]",
     "variants[0].dataset: and X, Y exclude each other"},
    {"\"l2\": 0.01",
     "\"variants\": [{\"name\": \"a\", \"sizes\": [3, 3, 1], \"W\": null, \"b\": null, "
     "\"init\": {\"scheme\": \"he\"}}]",
     "variants[0].X[0]: has 2 numbers, the network has 3 inputs"},
    {"\"l2\": 0.01", "\"init\": {\"scale\": 1}", "init.scheme: is missing"},
    {"\"l2\": 0.01", "\"init\": []", "init: must be an object"},
};

INSTANTIATE_TEST_SUITE_P(Documents, BadDocument, ::testing::ValuesIn(bad_documents));

std::string nested(int levels, const std::string& inside) {
  std::string text;
  for (int i = 0; i < levels; ++i)
    text += "{\"a\": ";
  return text + inside + std::string(static_cast<std::size_t>(levels), '}');
}

TEST(BottomlessDocument, IsRefusedWhereverItIsNested) {
  // A patch of so many levels would take all of the stack to merge.
  constexpr int bottomless = 300'000;
  for (const char* rows : {"1", "{\"X\": [1], \"Y\": 2}"}) {
    for (const int levels : {6, 7, 8, 9, 20, bottomless}) {
      SCOPED_TRACE(levels);
      const std::string object = nested(levels, rows);
      for (const auto& [part, where] :
           {std::pair{"\"title\": @", "title"}, std::pair{"\"view\": @", "view"},
            std::pair{"\"variants\": [{\"name\": \"a\", \"view\": @}]", "variants[0].view"},
            std::pair{"\"recording\": {\"start\": {\"training\": @}, \"steps\": 1, \"log\": []}",
                      "recording.start.training"}}) {
        std::string text = part;
        text.replace(text.find('@'), 1, object);
        EXPECT_THAT(problems_of(with("\"l2\": 0.01", text)), StartsWith(where));
      }
    }
  }
}

}  // namespace
}  // namespace deltascope::test
