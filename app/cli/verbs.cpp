#include "verbs.hpp"

#include <array>

namespace deltascope::cli {
namespace {

constexpr std::array table{
    Verb{"train", "Train a session and print what came of it as JSON",
         "deltascope-cli train session.json --steps 10000 --out trained.json --log losses.csv\n"
         "deltascope-cli train --preset ox --steps 20000 --optimizer adam --batch 1 --seed 7",
         define_train},
    Verb{"trace",
         "Print every number of one forward and backward pass, or a step with its formulas",
         "deltascope-cli trace session.json\n"
         "deltascope-cli trace --preset ox --steps 100\n"
         "deltascope-cli trace --preset ox --format latex --notation ng > step.tex",
         define_trace},
    Verb{"check", "Compare backpropagation with differences of the cost",
         "deltascope-cli check session.json --steps 100\n"
         "deltascope-cli check --preset ox --update --mistake sign\n"
         "deltascope-cli check - --json < session.json",
         define_check},
    Verb{"render", "Train a session and draw what came of it",
         "deltascope-cli render --preset ox-paper --steps 1000000 --out-dir pictures\n"
         "deltascope-cli render --steps 2000 --out-dir pictures --only loss,boundary --theme light",
         define_render},
    Verb{"sweep", "Train from many seeds and tell how often it succeeds",
         "deltascope-cli sweep --preset ox --seeds 100 --steps 2000\n"
         "deltascope-cli sweep --preset ox-paper --steps 1000000 --out runs.csv\n"
         "deltascope-cli sweep session.json --steps 5000 --threshold 1e-4 --json",
         define_sweep},
    Verb{"replay", "Do a recorded session again and compare the bits of its weights",
         "deltascope-cli replay trained.json\n"
         "deltascope-cli replay trained.json --out again.json",
         define_replay},
    Verb{
        "exercise", "Make an exercise of a session: hide numbers, lock controls",
        "deltascope-cli exercise --preset testnet --hide delta --lock weights --out exercise.json\n"
        "deltascope-cli exercise --preset testnet --hide dW --count 30 --out-dir class",
        define_exercise},
    Verb{"mark", "Mark exercises that were handed in",
         "deltascope-cli mark handed-in --key exercise.json > marks.csv\n"
         "deltascope-cli mark handed-in --key class --details",
         define_mark},
    Verb{"presets", "List the sessions that come with Deltascope",
         "deltascope-cli presets\n"
         "deltascope-cli presets ox",
         define_presets},
};

}  // namespace

std::span<const Verb> verbs() {
  return table;
}

}  // namespace deltascope::cli
