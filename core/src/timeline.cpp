#include <deltascope/timeline.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace deltascope {
namespace {

// Going back should take about a second at most, and keeping a keyframe about a fiftieth of the
// steps up to the next one; both follow from counts, so that what is kept does not depend on the
// machine.
constexpr double multiplications_on_the_way_back = 1e9;
constexpr double overhead_of_a_step = 1000;  // as many multiplications take as long
constexpr double bytes_copied_per_multiplication = 0.0625;
constexpr std::uint64_t longest_first_spacing = 1024;
constexpr std::size_t allocation_bytes = 16;

/// About how many multiplications the next step takes.
double work(const State& state) {
  const auto parameters = static_cast<double>(state.parameters.size());
  const auto samples = static_cast<double>(state.batches.next().size(state.data->size()));
  if (!state.settings->optimizer->least_squares) return parameters * samples;
  const auto residuals =
      samples * static_cast<double>(state.settings->model.architecture.outputs());
  return parameters * residuals * std::min(parameters, residuals);
}

std::uint64_t power_of_two(double at_most) {
  return std::bit_floor(static_cast<std::uint64_t>(std::max(1.0, at_most)));
}

template <class Numbers>
std::size_t bytes_of(const Numbers& numbers) {
  return numbers.size() * sizeof(numbers[0]) + allocation_bytes;
}

std::size_t bytes_of(const Settings& settings) {
  const Architecture& net = settings.model.architecture;
  return sizeof(Settings) + 2 * bytes_of(net.sizes()) + bytes_of(net.activations());
}

std::size_t bytes_of(const Dataset& data) {
  return sizeof(Dataset) + bytes_of(data.X.values()) + bytes_of(data.Y.values());
}

template <class Shared>
std::size_t unshared(const std::shared_ptr<const Shared>& one,
                     const std::shared_ptr<const Shared>& next) {
  return one == nullptr || one == next ? 0 : bytes_of(*one) + allocation_bytes;
}

}  // namespace

std::size_t Timeline::own_bytes(const Keyframe& keyframe) {
  const State& state = keyframe.moment->state;
  return sizeof(Keyframe) + sizeof(Moment) + allocation_bytes + bytes_of(state.parameters) +
         bytes_of(state.moments) + bytes_of(state.batches.pending);
}

std::size_t Timeline::unshared_bytes(const Keyframe& keyframe, const Keyframe& next) {
  const State& one = keyframe.moment->state;
  const State& other = next.moment->state;
  return unshared(one.settings, other.settings) + unshared(one.data, other.data) +
         unshared(one.batches.order, other.batches.order) +
         unshared(keyframe.moment->initial_parameters, next.moment->initial_parameters);
}

std::size_t Timeline::count_bytes() const {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < keyframes_.size(); ++i) {
    bytes += own_bytes(keyframes_[i]);
    if (i > 0) bytes += unshared_bytes(keyframes_[i - 1], keyframes_[i]);
  }
  return bytes;
}

void Timeline::start(const Moment& moment) {
  keyframes_.clear();
  bytes_ = 0;
  spacing_ = 1;
  fit_stride(moment.state);
  push({moment.state.step, false, true, std::make_shared<const Moment>(moment)});
}

void Timeline::fit_stride(const State& state) {
  const double step_work = work(state);
  const double copied = static_cast<double>(
      sizeof(State) + sizeof(double) * (state.parameters.size() + state.moments.size()));
  const std::uint64_t first =
      2 * power_of_two(copied / bytes_copied_per_multiplication / std::max(1.0, step_work) / 2);
  most_spacing_ = power_of_two(multiplications_on_the_way_back / (step_work + overhead_of_a_step));
  stride_ = std::max(spacing_, std::min({first, longest_first_spacing, most_spacing_}));
}

void Timeline::keep_regular(const State& state) {
  push({state.step, true, true,
        std::make_shared<const Moment>(
            Moment{state, keyframes_.back().moment->initial_parameters})});
}

void Timeline::commanded(const Moment& moment, bool same_numbers) {
  fit_stride(moment.state);
  const bool replaces = !keyframes_.empty() && keyframes_.back().step == moment.state.step;
  const std::size_t numbers = moment.state.parameters.size() + moment.state.moments.size();
  const bool has_numbers = !same_numbers || (replaces && keyframes_.back().has_numbers) ||
                           numbers * sizeof(double) <= sizeof(Moment);
  auto kept = std::make_shared<Moment>(moment);
  if (!has_numbers) {
    kept->state.parameters = std::vector<double>();
    kept->state.moments = std::vector<double>();
  }
  if (replaces) pop();
  push({moment.state.step, false, has_numbers, std::move(kept)});
}

void Timeline::push(Keyframe keyframe) {
  bytes_ += own_bytes(keyframe);
  if (!keyframes_.empty()) bytes_ += unshared_bytes(keyframes_.back(), keyframe);
  keyframes_.push_back(std::move(keyframe));
  if (bytes_ > limit_bytes_) shrink();
}

void Timeline::pop() {
  const Keyframe last = std::move(keyframes_.back());
  keyframes_.pop_back();
  bytes_ -= own_bytes(last);
  if (!keyframes_.empty()) bytes_ -= unshared_bytes(keyframes_.back(), last);
}

void Timeline::pin(const Moment& moment) {
  const auto place = std::ranges::lower_bound(keyframes_, moment.state.step, {}, &Keyframe::step);
  const bool is_there = place != keyframes_.end() && place->step == moment.state.step;
  if (is_there && place->has_numbers) return;
  Keyframe whole{moment.state.step, false, true, std::make_shared<const Moment>(moment)};
  if (is_there) {
    *place = std::move(whole);
  } else {
    keyframes_.insert(place, std::move(whole));
  }
  bytes_ = count_bytes();
}

Timeline Timeline::split_from(std::uint64_t step) {
  const auto first = std::ranges::lower_bound(keyframes_, step, {}, &Keyframe::step);
  Timeline later = *this;
  later.keyframes_.assign(first, keyframes_.end());
  later.bytes_ = later.count_bytes();
  keyframes_.erase(first, keyframes_.end());
  bytes_ = count_bytes();
  return later;
}

void Timeline::append(const Timeline& later, const State& now) {
  keyframes_.insert(keyframes_.end(), later.keyframes_.begin(), later.keyframes_.end());
  bytes_ = count_bytes();
  spacing_ = std::max(spacing_, later.spacing_);
  fit_stride(now);
  if (bytes_ > limit_bytes_) shrink();
}

void Timeline::apply(const Keyframe& keyframe, Moment& moment) const {
  if (keyframe.has_numbers) {
    moment = *keyframe.moment;
    return;
  }
  std::vector<double> parameters = std::move(moment.state.parameters);
  std::vector<double> moments = std::move(moment.state.moments);
  moment = *keyframe.moment;
  moment.state.parameters = std::move(parameters);
  moment.state.moments = std::move(moments);
}

void Timeline::go_to(std::uint64_t step, Moment& moment, Trainer& trainer) const {
  auto next = std::ranges::upper_bound(keyframes_, step, {}, &Keyframe::step);
  do {
    --next;
  } while (!next->has_numbers);
  if (moment.state.step > step || moment.state.step < next->step) apply(*next, moment);
  while (moment.state.step < step) {
    auto command = std::ranges::upper_bound(keyframes_, moment.state.step, {}, &Keyframe::step);
    while (command != keyframes_.end() && command->step < step && command->regular)
      ++command;
    const std::uint64_t end = command == keyframes_.end() ? step : std::min(step, command->step);
    std::array<double, 256> batch_costs;
    const auto count = static_cast<std::size_t>(
        std::min<std::uint64_t>(end - moment.state.step, batch_costs.size()));
    // They have been taken before.
    if (trainer.run(moment.state, std::span(batch_costs).first(count)) < count) break;
    follow_commands(moment);
  }
}

void Timeline::follow_commands(Moment& moment) const {
  const auto there = std::ranges::lower_bound(keyframes_, moment.state.step, {}, &Keyframe::step);
  const bool found = there != keyframes_.end() && there->step == moment.state.step;
  if (found && !there->regular) apply(*there, moment);
}

void Timeline::limit(std::size_t bytes) {
  limit_bytes_ = bytes;
  if (bytes_ > limit_bytes_) shrink();
}

void Timeline::shrink() {
  // Where commands take most of the memory, thinning the others gains nothing but long ways.
  const auto regular_bytes = [this] {
    std::size_t bytes = 0;
    for (const Keyframe& keyframe : keyframes_)
      if (keyframe.regular) bytes += own_bytes(keyframe);
    return bytes;
  };
  while (bytes_ > limit_bytes_ && 2 * spacing_ <= most_spacing_ &&
         regular_bytes() > limit_bytes_ / 4) {
    thin();
  }
  if (bytes_ > limit_bytes_) forget_oldest();
}

void Timeline::thin() {
  spacing_ = std::min(2 * std::max(spacing_, stride_), most_spacing_);
  stride_ = spacing_;
  std::erase_if(keyframes_, [this](const Keyframe& keyframe) {
    return keyframe.regular && keyframe.step % spacing_ != 0;
  });
  bytes_ = count_bytes();
}

void Timeline::forget_oldest() {
  // Some more than is needed, so that it need not be done at every step.
  const std::size_t enough = limit_bytes_ - limit_bytes_ / 4;
  const auto newest_whole =
      std::find_if(keyframes_.rbegin(), keyframes_.rend(),
                   [](const Keyframe& keyframe) { return keyframe.has_numbers; });
  const auto last = std::prev(newest_whole.base());
  auto first = keyframes_.begin();
  for (; first != last && (bytes_ > enough || !first->has_numbers); ++first)
    bytes_ -= own_bytes(*first) + unshared_bytes(*first, *std::next(first));
  keyframes_.erase(keyframes_.begin(), first);
}

}  // namespace deltascope
