#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/model.hpp>

#include <optional>
#include <string>
#include <vector>

namespace deltascope {

/// The paper plots Σ‖y−a‖² where the course minimises Cost: the factor 2N between them. nullopt
/// without points and for a loss that is no sum of squares. With λ > 0, 2N·Cost holds 2N times the
/// penalty beside the squares. Source: Higham & Higham (2.6) and Figure 6.1.
std::optional<double> paper_scale(const Model& model, Index samples);

/// A cost at which training may rest for long, and what the network answers there.
struct ReferenceCost {
  double cost = 0.0;
  std::string text;
};

/// Plateaus that the targets alone explain, highest first. With λ = 0 and targets that code the
/// labels of two or more classes; otherwise empty.
///
/// 1. One answer a for all points; a = ȳ, the mean target, is the best one. Quadratic: ½ mean
///    ‖y−ȳ‖². Cross-entropies: the entropy of ȳ; for a softmax −Σ ȳ ln ȳ, ln 2 for two equal
///    classes; for sigmoids −Σ [ȳ ln ȳ + (1−ȳ) ln(1−ȳ)].
/// 2. One point given up, for the quadratic loss and an output that is bounded: where it saturates,
///    the gradient vanishes though the answer is wrong. A point of class A shares its answer with
///    the n points of B, the largest class, and all others are fitted. The best such answer is
///    (n y_B + y_A) / (n+1), which leaves Σ‖y−a‖² = d² n/(n+1) with d² = ‖y_A−y_B‖², so the cost is
///    ½ d² n/(n+1) / N.
///
/// On the paper's ten points: 1/4 and 1/12. What is not below the entry before it is left out.
/// Walks through all points: keep the result for as long as model and points stay the same.
std::vector<ReferenceCost> reference_costs(const Model& model, const Dataset& data);

}  // namespace deltascope
