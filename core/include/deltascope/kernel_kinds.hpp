#pragma once
// What a row of a table of strategies is called by the kernels that compute it, where there are
// any.

namespace deltascope::kernels {

/// a = g(z) of a layer.
enum class Curve { none, sigmoid, tanh, relu, leaky_relu, linear, softmax };
/// C_x of a sample.
enum class Misfit { none, quadratic, binary_cross_entropy, softmax_cross_entropy };
/// From a gradient to an update.
enum class Rule { none, gradient_descent, momentum, adam };

}  // namespace deltascope::kernels
