#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/random.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace deltascope {

using BatchList = std::vector<std::vector<std::uint32_t>>;

struct BatchStream;

/// What a batch may be drawn from.
struct SamplingPlan {
  Index dataset_size = 0;
  Index batch_size = 0;               ///< 0: the whole data set
  const BatchList* listed = nullptr;  ///< for the rule "listed"
};

/// One row: how the next batch is chosen.
///
/// | name                | the next batch of K                                                  |
/// |---------------------|----------------------------------------------------------------------|
/// | in_order            | the next K points; the last, short batch of a pass is one of its own |
/// | with_replacement    | K independent draws                                                  |
/// | without_replacement | the next K of a permutation, a new one for each pass                 |
/// | listed              | the next entry of a given list, from the start again after the last  |
struct SamplingRule {
  std::string_view name;
  std::string_view label;
  bool has_passes;  ///< an epoch is a pass over the points (else the UI says "N draws")
  bool needs_list;  ///< only documents can choose it
  void (*draw)(BatchStream& stream, const SamplingPlan& plan);
};

std::span<const SamplingRule> sampling_rules();
const SamplingRule* find_sampling_rule(std::string_view name);

/// The trainer's own random stream and the batch that the next step will use. That batch is always
/// drawn ahead, whether or not anybody looks at it: so looking changes no bits.
struct BatchStream {
  SampleStream random;
  std::shared_ptr<const std::vector<std::uint32_t>> order;  ///< of this pass (without replacement)
  std::uint64_t position = 0;          ///< in this pass, in samples (or in entries, for a list)
  std::uint64_t epoch_draws = 0;       ///< of these, in the running epoch
  std::uint64_t epoch = 0;             ///< finished epochs
  bool ends_epoch = false;             ///< the pending batch is the last of its pass
  bool all = true;                     ///< the pending batch is the whole data set
  std::vector<std::uint32_t> pending;  ///< the pending batch otherwise

  Batch next() const { return {all, pending}; }
};

/// Draws the first batch from a fresh stream of numbers.
BatchStream start_stream(const SamplingRule& rule, const SamplingPlan& plan, SampleStream random);
/// The pending batch has been used: counts it and draws the next one.
void advance_stream(BatchStream& stream, const SamplingRule& rule, const SamplingPlan& plan);
/// The number of points or the rule changed: the pass starts again, the pending batch is drawn
/// anew, counts stay.
void restart_pass(BatchStream& stream, const SamplingRule& rule, const SamplingPlan& plan);

}  // namespace deltascope
