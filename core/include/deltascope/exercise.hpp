#pragma once
// What a document may ask of a learner, and what the learner has answered. Plain data; answers are
// marked in app/lesson.

#include <deltascope/architecture.hpp>
#include <deltascope/command.hpp>
#include <deltascope/table.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

/// One row: a number of a step that can be asked for.
///
/// | name  | cell                 | what                                        |
/// |-------|----------------------|---------------------------------------------|
/// | z, a  | z[l][j] of a sample  | forward pass                                |
/// | delta | delta[l][j] of a sample | ∂C_x/∂z, no 1/N inside                   |
/// | dW    | dW[l][to][from]      | of the batch's mean cost, λW included       |
/// | db    | db[l][to]            | of the batch's mean cost                    |
struct CellKind {
  std::string_view name;   ///< in documents
  std::string_view label;  ///< on screen
  bool of_sample;          ///< one for each sample of the batch; else one for the step
  bool of_weight;          ///< has a sending neuron
};
std::span<const CellKind> cell_kinds();
const CellKind* find_cell_kind(std::string_view name);

/// One number of a step. In documents "delta[1][0]", "dW[0][2][1]", numbered as W and b are there.
struct Cell {
  const CellKind* kind = nullptr;
  Index layer = 0;   ///< weight layer
  Index row = 0;     ///< receiving neuron
  Index col = 0;     ///< sending neuron, where the kind has one
  Index sample = 0;  ///< of the data set, where the kind has one
  bool operator==(const Cell&) const = default;
};
/// "dW[0][2][1]"; the sample is not part of it.
std::string cell_name(const Cell& cell);
/// Its inverse; nullopt when it is none.
std::optional<Cell> parse_cell(std::string_view name);
bool exists(const Cell& cell, const Architecture& net, Index samples);

/// All cells of a kind, or of one layer of it. In documents "delta", "dW[0]".
struct HiddenPart {
  const CellKind* kind = nullptr;
  std::optional<Index> layer;  ///< absent: every layer
  bool operator==(const HiddenPart&) const = default;
};
std::string part_name(const HiddenPart& part);
/// Its inverse; nullopt when it is none.
std::optional<HiddenPart> parse_part(std::string_view name);

/// One row: controls that an exercise can take away.
///
/// | name      | stops                                                                   |
/// |-----------|-------------------------------------------------------------------------|
/// | points    | adding, moving, relabelling, removing and choosing points               |
/// | weights   | typed weights and biases, another seed, other initial weights           |
/// | network   | another shape, activation or loss                                       |
/// | rates     | η, momentum, λ and μ; going back after divergence with another η        |
/// | optimizer | another optimizer (which sets its own η) or another way to solve for Δp |
/// | batches   | another batch size or another way to choose batches                     |
/// | mistake   | a deliberate mistake, on or off                                         |
/// | steps     | training, single steps, Reset, and going to another step                |
struct Lock {
  std::string_view name;   ///< in documents
  std::string_view label;  ///< "Locked in this exercise: …"
  /// Whether it stops this command.
  bool (*stops)(const Action& action);
  bool stops_steps;  ///< also Play, StepOnce, RunTo
};
std::span<const Lock> locks();
const Lock* find_lock(std::string_view name);

/// More digits than a double has decimals to be trusted in.
inline constexpr int max_digits = 12;

/// "exercise": {"task", "hide": […], "lock": […], "digits", "follow_through", "explanations"}.
struct Exercise {
  std::string task;  ///< for the learner; may be empty
  std::vector<HiddenPart> hidden;
  std::vector<const Lock*> locked;
  int digits = 3;              ///< significant digits that an answer needs, 1 … max_digits
  bool follow_through = true;  ///< an answer that is right for an earlier wrong one counts
  bool explanations = true;    ///< the worked example may be asked for, once answered
  bool operator==(const Exercise&) const = default;

  bool hides(const Cell& cell) const;
};

/// "questions": [{"name", "ask", "choices": […], "answer": 0, "because"}]: a prediction to be made
/// before the numbers are seen.
struct Question {
  std::string name;  ///< unique in its document
  std::string ask;
  std::vector<std::string> choices;  ///< at least two
  Index answer = 0;                  ///< the right choice
  std::string because;               ///< shown once it is answered
  bool operator==(const Question&) const = default;
};

/// What a learner said, in the order in which it was said; nothing is ever taken back.
struct Attempt {
  std::uint64_t step = 0;  ///< finished steps then
  Cell cell;
  std::string text;  ///< as typed
  bool operator==(const Attempt&) const = default;
};
struct Prediction {
  std::uint64_t step = 0;
  std::string question;  ///< its name, of the document's or of a walk's phase
  Index choice = 0;
  bool right = false;  ///< as it was judged then
  bool operator==(const Prediction&) const = default;
};

/// "answers": {"learner", "attempts": [{"step", "cell", "sample", "answer"}],
/// "predictions": [{"step", "question", "choice", "right"}]}.
struct Answers {
  std::string learner;
  std::vector<Attempt> attempts;
  std::vector<Prediction> predictions;
  bool empty() const { return learner.empty() && attempts.empty() && predictions.empty(); }
  bool operator==(const Answers&) const = default;
};

}  // namespace deltascope
