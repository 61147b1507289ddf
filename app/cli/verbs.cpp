#include "verbs.hpp"

#include <array>

namespace deltascope::cli {
namespace {

constexpr std::array<Verb, 3> table{
    Verb{"train", "Train a session and print what came of it as JSON",
         "deltascope-cli train session.json --steps 10000 --out trained.json --log losses.csv",
         define_train},
    Verb{"trace", "Print every number of one forward and backward pass as JSON",
         "deltascope-cli trace session.json", define_trace},
    Verb{"render", "Train a session and draw what came of it",
         "deltascope-cli render --dataset ox --steps 20000 --out-dir pictures --theme light",
         define_render},
};

}  // namespace

std::span<const Verb> verbs() {
  return table;
}

}  // namespace deltascope::cli
