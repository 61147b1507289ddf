#pragma once
// What the makers of phases share: a step with its options, and every number in it by name.

#include "arithmetic.hpp"

#include <deltascope/walk/phase.hpp>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace deltascope::walk {

class Walk {
 public:
  /// Without `with_numbers` no matrix is filled: who wants one worked example needs none.
  Walk(const Step& step, const Options& options, bool with_numbers);

  const Step& step() const { return step_; }
  const Architecture& net() const { return step_.net(); }
  const StepTrace& trace() const { return *step_.trace; }
  const Rates& rates() const { return step_.settings->rates; }
  const Notation& notation() const { return *notation_; }
  Index last_layer() const { return net().layers() - 1; }
  bool is_output(Index layer) const { return layer == last_layer(); }

  // Samples.
  Index batch_size() const { return trace().batch_size; }
  Index traced() const { return trace().X.cols(); }
  /// Columns that are shown: one, or those of the whole batch that were traced.
  Index columns() const { return whole_batch() ? traced() : 1; }
  /// The trace's column of the column shown.
  Index column(Index shown) const { return whole_batch() ? shown : options_.column; }
  Index walked() const { return options_.column; }
  bool whole_batch() const { return options_.whole_batch; }
  bool has_mean() const { return batch_size() > 1; }
  /// 1/N is already inside every δ.
  bool mean_in_delta() const { return has_mean() && options_.mean_at == MeanAt::delta; }
  bool mean_in_gradient() const { return has_mean() && !mean_in_delta(); }
  /// The point's number among the data, from 1.
  Index point(Index column) const;
  /// Whether the batch is not simply every point of the data once: what is then computed is not
  /// the cost, and not called so.
  bool is_part_of_data() const { return is_part_; }
  /// " 64 of the 100 samples are shown; the other 36 are in every sum.", or nothing.
  std::string others() const;

  /// The same quantity as one looks at it: of the walked sample, or of all of them.
  Quantity shown(Kind kind, Index layer) const;
  Quantity entry(Kind kind, Index layer, Index row, Index column) const {
    return {kind, layer, row, column};
  }
  /// What dW is called before λW is added, if it will be.
  Kind data_gradient() const { return step_.model().l2 > 0.0 ? Kind::dW_data : Kind::dW; }

  /// Its number: from the trace and the parameters, or of an intermediate one computed here.
  double value(const Quantity& entry) const;
  Arithmetic operand(const Quantity& entry) const { return measured(value(entry), entry); }
  /// The entries of a sample's column in order of the neurons.
  std::vector<Arithmetic> operands(Kind kind, Index layer, Index column) const;
  Arithmetic count() const;   ///< |B|
  Arithmetic eta() const;     ///< η
  Arithmetic lambda() const;  ///< λ

  // Formulas. Of a batch that is only a part of the data the cost is Cost_B and N is |B|; if it is
  // one point, the cost is that point's loss.
  Formula name(const Quantity& quantity) const;  ///< of the whole: its column is not said
  Formula name(Kind kind, Index layer = 0) const { return name(Quantity{kind, layer}); }
  Formula name(const Quantity& entry, const Letters& letters) const;
  Formula entry_name(const Quantity& entry) const;  ///< of a cell; in a batch with its sample
  /// The same with a letter for the neuron: a_k of that column.
  Formula letter_name(const Quantity& column, std::string_view neuron) const;
  Formula cost_over_all_points() const;
  std::string label(Kind kind, Index layer) const;  ///< script text
  Formula slope_of(Formula z) const;                ///< g′(z)
  Formula pulled_product() const;                   ///< ∘

  bool with_numbers() const { return with_numbers_; }
  /// Rows and columns of a quantity as shown.
  Index rows_of(const Quantity& quantity) const;
  Index cols_of(const Quantity& quantity) const;
  /// Σ from i = 1 to as many samples as the batch has.
  Formula sum_over_batch() const;
  /// The matrix of all its numbers with its name below; nothing without numbers.
  Formula matrix(const Quantity& quantity) const;
  Formula turned_matrix(const Quantity& quantity) const;
  /// The same numbers with another name.
  Formula matrix(const Quantity& quantity, Formula caption) const;
  /// The same shape with other numbers and another name; its own numbers if it is its own name.
  Formula matrix(const Quantity& quantity, Formula caption,
                 const std::function<double(Index row, Index col)>& value) const;

 private:
  Formula filled(const Quantity& quantity, bool turned, Formula caption,
                 const std::function<double(Index row, Index col)>& value) const;
  double parameter_value(const Quantity& entry) const;
  Formula named(const Quantity& quantity, const Letters& letters) const;

  const Step& step_;
  const Options& options_;
  const Notation* notation_;
  bool with_numbers_;
  bool is_part_;
};

/// How one entry of a stage's result is computed.
struct Example {
  Quantity of;
  Formula name;  ///< what comes out
  Formula rule;  ///< what it is made of
  /// Equal ways to compute it; the first one whose printed numbers come out is shown.
  std::vector<Arithmetic> numbers;
  double result = 0.0;
  std::vector<Quantity> terms;  ///< by moment
  double shows = 0.0;           ///< a small difference that must be seen in the result
};

/// How many samples a worked sum over the batch writes out, whose terms have so many numbers: all
/// of them in a short line, else the first three.
Index written_out(const Walk& walk, Index numbers_per_term);
/// " The first 3 samples are written out; …", or nothing.
std::string written_out_text(const Walk& walk, Index numbers_per_term);
/// The sum over the batch that gives the example's result: a term for every sample that is written
/// out, and one number for what the others add up to.
void add_up_samples(const Walk& walk, Index numbers_per_term,
                    const std::function<Quantity(Index column)>& lights,
                    const std::function<Arithmetic(Index column)>& term, Example& example);

/// A stage, and how its entries are worked; none where nothing is computed.
struct Part {
  Stage stage;
  std::function<Example(Index row, Index col)> example;
};

struct Chapter {
  std::string title, about;
  Formula rule;
  std::vector<Part> parts;
};

// One maker for each kind of phase.
Chapter batch_chapter(const Walk& walk);
Chapter forward_chapter(const Walk& walk, Index layer);
Chapter cost_chapter(const Walk& walk);
Chapter output_delta_chapter(const Walk& walk, Index layer);
Chapter hidden_delta_chapter(const Walk& walk, Index layer);
Chapter gradient_chapter(const Walk& walk, Index layer);
Chapter regularization_chapter(const Walk& walk);
Chapter update_chapter(const Walk& walk);
Chapter jacobian_chapter(const Walk& walk);
Chapter trial_chapter(const Walk& walk);
Chapter verdict_chapter(const Walk& walk);

}  // namespace deltascope::walk
