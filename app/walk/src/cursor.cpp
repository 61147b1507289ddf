#include <deltascope/walk/cursor.hpp>

#include <algorithm>

namespace deltascope::walk {
namespace {

/// A walk at one pace, asked for its sizes.
class Path {
 public:
  Path(const Step& step, const Options& options, Pace pace)
      : step_(step), options_(options), pace_(pace), ids_(phases(step)) {}

  std::size_t phase_count() const { return ids_.size(); }
  std::size_t stage_count(std::size_t phase_index) const {
    return phase(step_, ids_[phase_index], options_).stages.size();
  }
  /// How many results are worked out one by one.
  Index entries(const Cursor& cursor) const {
    if (pace_ == Pace::layer) return 0;
    const Stage stage = phase(step_, ids_[cursor.phase], options_).stages[cursor.stage];
    return stage.result.kind == Kind::none ? 0 : stage.rows * stage.cols;
  }
  int moments(const Cursor& cursor) const {
    const Stage stage = phase(step_, ids_[cursor.phase], options_).stages[cursor.stage];
    const Worked example = worked(step_, ids_[cursor.phase], cursor.stage,
                                  cursor.entry / stage.cols, cursor.entry % stage.cols, options_);
    return std::max(last_moment(example.numbers), 1);
  }
  Cursor begin(std::size_t phase_index, std::size_t stage_index) const {
    Cursor cursor{phase_index, stage_index};
    if (entries(cursor) > 0) cursor.moment = 1;
    return cursor;
  }
  Cursor end(std::size_t phase_index, std::size_t stage_index) const {
    Cursor cursor{phase_index, stage_index};
    const Index count = entries(cursor);
    if (count == 0) return cursor;
    cursor.entry = count - 1;
    cursor.moment = moments(cursor);
    return cursor;
  }

 private:
  const Step& step_;
  const Options& options_;
  Pace pace_;
  std::vector<PhaseId> ids_;
};

}  // namespace

std::optional<Cursor> next(const Step& step, const Options& options, Pace pace, Cursor cursor) {
  const Path path(step, options, pace);
  if (const Index entries = path.entries(cursor); entries > 0) {
    if (cursor.moment < path.moments(cursor)) {
      ++cursor.moment;
      return cursor;
    }
    if (cursor.entry + 1 < entries) return Cursor{cursor.phase, cursor.stage, cursor.entry + 1, 1};
  }
  if (cursor.stage + 1 < path.stage_count(cursor.phase)) {
    return path.begin(cursor.phase, cursor.stage + 1);
  }
  if (cursor.phase + 1 < path.phase_count()) return path.begin(cursor.phase + 1, 0);
  return std::nullopt;
}

std::optional<Cursor> previous(const Step& step, const Options& options, Pace pace, Cursor cursor) {
  const Path path(step, options, pace);
  if (path.entries(cursor) > 0) {
    if (cursor.moment > 1) {
      --cursor.moment;
      return cursor;
    }
    if (cursor.entry > 0) {
      --cursor.entry;
      cursor.moment = path.moments(cursor);
      return cursor;
    }
  }
  if (cursor.stage > 0) return path.end(cursor.phase, cursor.stage - 1);
  if (cursor.phase == 0) return std::nullopt;
  return path.end(cursor.phase - 1, path.stage_count(cursor.phase - 1) - 1);
}

Cursor begin_of(const Step& step, const Options& options, Pace pace, std::size_t phase,
                std::size_t stage) {
  return Path(step, options, pace).begin(phase, stage);
}

Cursor clamped(const Step& step, const Options& options, Pace pace, Cursor cursor) {
  const Path path(step, options, pace);
  cursor.phase = std::min(cursor.phase, path.phase_count() - 1);
  const std::size_t stages = path.stage_count(cursor.phase);
  if (cursor.stage >= stages) return path.begin(cursor.phase, stages - 1);
  const Index entries = path.entries(cursor);
  if (entries == 0) return {cursor.phase, cursor.stage};
  if (cursor.entry >= entries) return path.end(cursor.phase, cursor.stage);
  cursor.moment = std::clamp(cursor.moment, 1, path.moments(cursor));
  return cursor;
}

}  // namespace deltascope::walk
