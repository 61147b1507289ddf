#pragma once

#include <deltascope/initializer.hpp>
#include <deltascope/levenberg_marquardt.hpp>
#include <deltascope/model.hpp>
#include <deltascope/optimizer.hpp>
#include <deltascope/sampling.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace deltascope {

/// Everything a person may change while it trains. A value; compared and copied as one.
struct Settings {
  Model model;
  InitialWeights initial;
  const Optimizer* optimizer = nullptr;
  Rates rates;
  const DampedSolve* damped_solve = &damped_solves().front();  ///< Levenberg–Marquardt only
  Index batch_size = 0;                                        ///< 0: the whole data set ("all")
  const SamplingRule* sampling = nullptr;
  std::shared_ptr<const BatchList> batches;  ///< for the rule "listed"
  std::uint64_t sampling_seed = 5000;
  const StreamRule* stream = &default_stream_rule();
  std::uint64_t stream_skip_words = 0;  ///< of the stream, before the first batch

  bool operator==(const Settings&) const = default;
};

/// Why `optimizer` cannot train this model on so many samples, as a sentence without its end; empty
/// when it can.
std::string why_unsuitable(const Optimizer& optimizer, const Model& model, Index samples);

/// 2-2-3-2 sigmoid, quadratic cost, weights 0.5·N(0,1), full batch with η = 5: separates the ten
/// O/X points within seconds at a watchable speed.
Settings ox_settings();

}  // namespace deltascope
