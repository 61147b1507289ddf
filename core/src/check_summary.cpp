#include "check_error.hpp"

#include <deltascope/check_summary.hpp>

#include <algorithm>

namespace deltascope {
namespace {

bool is_kink(const GradientCheckEntry& entry) {
  return entry.kink;
}
bool is_kink(const UpdateCheckEntry&) {
  return false;
}

/// Calls `visit(part, entry, at)` for each entry, at its place within its W or b.
template <class Entry, class Visit>
std::vector<CheckedPart> parts_of(const Architecture& net, const std::vector<Entry>& entries,
                                  Visit visit) {
  std::vector<CheckedPart> parts;
  auto next = entries.begin();
  for (Index layer = 0; layer < net.layers(); ++layer) {
    for (const bool is_bias : {false, true}) {
      CheckedPart& part = parts.emplace_back();
      part.layer = layer;
      part.is_bias = is_bias;
      part.rows = net.fan_out(layer);
      part.cols = is_bias ? 1 : net.fan_in(layer);
      for (Index at = 0; at < part.parameters() && next != entries.end(); ++at, ++next)
        visit(part, *next, at);
    }
  }
  return parts;
}

template <class Report>
std::vector<CheckedPart> summarize(const Architecture& net, const Report& report) {
  return parts_of(net, report.entries, [](CheckedPart& part, const auto& entry, Index) {
    if (is_kink(entry)) {
      ++part.kinks;
      return;
    }
    ++part.compared;
    if (is_worse(entry.error, part.worst_error)) part.worst_error = entry.error;
  });
}

template <class Entry>
std::vector<Checked<Entry>> select(const Architecture& net, const std::vector<Entry>& entries,
                                   bool kinks) {
  std::vector<Checked<Entry>> found;
  parts_of(net, entries, [&](const CheckedPart& part, const Entry& entry, Index at) {
    if (is_kink(entry) == kinks)
      found.push_back({part.layer, part.is_bias, at / part.cols, at % part.cols, entry});
  });
  return found;
}

template <class Report>
auto sorted(const Architecture& net, const Report& report) {
  auto found = select(net, report.entries, false);
  std::ranges::stable_sort(found, [](const auto& one, const auto& other) {
    return is_worse(one.entry.error, other.entry.error);
  });
  return found;
}

}  // namespace

std::vector<CheckedPart> checked_parts(const Architecture& net, const GradientCheckReport& report) {
  return summarize(net, report);
}

std::vector<CheckedPart> checked_parts(const Architecture& net, const UpdateCheckReport& report) {
  return summarize(net, report);
}

std::vector<CheckedEntry> worst_first(const Architecture& net, const GradientCheckReport& report) {
  return sorted(net, report);
}

std::vector<CheckedUpdate> worst_first(const Architecture& net, const UpdateCheckReport& report) {
  return sorted(net, report);
}

std::vector<CheckedEntry> at_kinks(const Architecture& net, const GradientCheckReport& report) {
  return select(net, report.entries, true);
}

}  // namespace deltascope
