#include <deltascope/sampling.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace deltascope {
namespace {

// The next K places of a pass of N, or what is left of it; `place` maps a place to a sample.
template <class Place>
void take_from_pass(BatchStream& stream, const SamplingPlan& plan, Place place) {
  const auto size = static_cast<std::uint64_t>(plan.dataset_size);
  const std::uint64_t end =
      std::min(size, stream.position + static_cast<std::uint64_t>(plan.batch_size));
  stream.pending.clear();
  for (std::uint64_t i = stream.position; i < end; ++i)
    stream.pending.push_back(place(i));
  stream.position = end;
  stream.ends_epoch = end == size;
}

void draw_in_order(BatchStream& stream, const SamplingPlan& plan) {
  if (stream.ends_epoch) stream.position = 0;
  take_from_pass(stream, plan, [](std::uint64_t i) { return static_cast<std::uint32_t>(i); });
}

// A new permutation; in the memory of the last where no copy of the stream shares it.
void draw_order(BatchStream& stream, std::size_t count) {
  std::shared_ptr<std::vector<std::uint32_t>> order;
  if (stream.order.use_count() == 1 && stream.order->size() == count) {
    // One more owner for a moment: its release comes behind that of a copy in another thread, which
    // may have read the order until just now.
    { const auto synchronised = stream.order; }
    order = std::const_pointer_cast<std::vector<std::uint32_t>>(stream.order);
  } else {
    order = std::make_shared<std::vector<std::uint32_t>>(count);
  }
  draw_permutation(stream.random, *order);
  stream.order = std::move(order);
}

void draw_without_replacement(BatchStream& stream, const SamplingPlan& plan) {
  if (stream.ends_epoch || stream.order == nullptr) {
    stream.position = 0;
    draw_order(stream, static_cast<std::size_t>(plan.dataset_size));
  }
  take_from_pass(stream, plan, [&](std::uint64_t i) { return (*stream.order)[i]; });
}

void draw_with_replacement(BatchStream& stream, const SamplingPlan& plan) {
  const auto size = static_cast<std::uint64_t>(plan.dataset_size);
  stream.pending.resize(static_cast<std::size_t>(plan.batch_size));
  for (std::uint32_t& sample : stream.pending) {
    sample = static_cast<std::uint32_t>(draw_below(stream.random, size));
  }
  stream.ends_epoch = false;
}

void draw_listed(BatchStream& stream, const SamplingPlan& plan) {
  stream.pending = (*plan.listed)[stream.position % plan.listed->size()];
  ++stream.position;
  stream.ends_epoch = false;
}

constexpr std::array<SamplingRule, 4> table{
    SamplingRule{"in_order", "in order", true, false, draw_in_order},
    SamplingRule{"with_replacement", "with replacement", false, false, draw_with_replacement},
    SamplingRule{"without_replacement", "without replacement", true, false,
                 draw_without_replacement},
    SamplingRule{"listed", "as listed", false, true, draw_listed},
};

void draw(BatchStream& stream, const SamplingRule& rule, const SamplingPlan& plan) {
  stream.all = plan.dataset_size == 0 || (plan.batch_size == 0 && !rule.needs_list);
  if (stream.all) {
    stream.pending.clear();
    stream.ends_epoch = true;
  } else {
    rule.draw(stream, plan);
  }
}

}  // namespace

std::span<const SamplingRule> sampling_rules() {
  return table;
}

const SamplingRule* find_sampling_rule(std::string_view name) {
  return find_row(sampling_rules(), name);
}

BatchStream start_stream(const SamplingRule& rule, const SamplingPlan& plan, SampleStream random) {
  BatchStream stream;
  stream.random = std::move(random);
  restart_pass(stream, rule, plan);
  return stream;
}

void advance_stream(BatchStream& stream, const SamplingRule& rule, const SamplingPlan& plan) {
  const auto used = static_cast<std::uint64_t>(stream.next().size(plan.dataset_size));
  stream.epoch_draws += used;
  if (rule.has_passes || stream.all) {
    if (stream.ends_epoch) {
      ++stream.epoch;
      stream.epoch_draws = 0;
    }
  } else if (const auto size = static_cast<std::uint64_t>(plan.dataset_size);
             size > 0 && stream.epoch_draws >= size) {
    stream.epoch += stream.epoch_draws / size;
    stream.epoch_draws %= size;
  }
  draw(stream, rule, plan);
}

void restart_pass(BatchStream& stream, const SamplingRule& rule, const SamplingPlan& plan) {
  stream.order = nullptr;
  stream.position = 0;
  stream.epoch_draws = 0;
  stream.ends_epoch = false;
  draw(stream, rule, plan);
}

}  // namespace deltascope
