#pragma once
// Steps to walk through, from a session's next step.

#include "support/sessions.hpp"

#include <deltascope/session.hpp>
#include <deltascope/walk/step.hpp>

#include <string_view>
#include <vector>

namespace deltascope::testing {

/// The O/X network, its points taken in order so many at a time (0: all).
inline Settings settings_of(Index batch, std::string_view optimizer = "gradient_descent",
                            double l2 = 0.0) {
  Settings settings = sampled("in_order", batch, optimizer);
  settings.model.l2 = l2;
  return settings;
}

/// The next step of a session, not taken: owns what a walk::Step looks at. Pinned, because it does.
class PreparedStep {
 public:
  explicit PreparedStep(Session& session) {
    const State& state = session.state();
    const Proposal& proposal = session.preview(trace_);
    parameters_ = state.parameters;
    moments_ = state.moments;
    moments_after_ = proposal.moments;
    after_ = state.parameters;
    session.apply_proposal(proposal, after_);
    trial_ = proposal.trial;
    settings_ = state.settings;
    data_ = state.data;
    const Model& model = settings_->model;
    step_.number = state.step;
    step_.settings = settings_.get();
    step_.data = data_.get();
    step_.trace = &trace_;
    step_.parameters = parameters_;
    step_.parameters_after = after_;
    step_.moments = moments_;
    step_.moments_after = moments_after_;
    step_.moment_updates = state.moment_updates;
    step_.trial = trial_ ? &*trial_ : nullptr;
    Backprop backprop;
    step_.cost_before = backprop.evaluate(model, parameters_, *data_, false).cost();
    step_.cost_after = backprop.evaluate(model, after_, *data_, false).cost();
  }
  PreparedStep(const PreparedStep&) = delete;
  PreparedStep& operator=(const PreparedStep&) = delete;

  const walk::Step& step() const { return step_; }

 private:
  std::shared_ptr<const Settings> settings_;
  std::shared_ptr<const Dataset> data_;
  StepTrace trace_;
  std::vector<double> parameters_, after_, moments_, moments_after_;
  std::optional<Trial> trial_;
  walk::Step step_;
};

}  // namespace deltascope::testing
