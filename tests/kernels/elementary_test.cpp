// The elementary functions of every instruction set against long double, at the bounds that the
// header states.

#include "kernels/kernels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace deltascope::kernels {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

using Bound = std::function<double(double x)>;

std::vector<double> numbers(double low, double high) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(low, high);
  std::vector<double> result{low, high};
  for (int i = 0; i < 100'001; ++i)
    result.push_back(uniform(random));
  return result;
}

// Of every size, both signs.
std::vector<double> small_numbers(double largest) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> exponent(-290.0, std::log10(largest));
  std::vector<double> result{0.0};
  for (int i = 0; i < 50'001; ++i) {
    const double x = std::pow(10.0, exponent(random));
    result.push_back(x);
    result.push_back(-x);
  }
  return result;
}

void expect_close(const std::vector<double>& x, const std::vector<double>& found,
                  long double (*wanted)(long double), const Bound& bound) {
  double worst = 0.0, worst_x = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double right = wanted(x[i]);
    const long double error = std::abs(found[i] - right);
    if (error == 0.0L) continue;
    const auto share = static_cast<double>(error / (std::abs(right) * bound(x[i])));
    if (!(share <= worst)) {
      worst = share;
      worst_x = x[i];
    }
  }
  EXPECT_LE(worst, 1.0) << "at x = " << worst_x;
}

class Elementary : public testing::TestWithParam<const Kernels*> {
 protected:
  using Function = void (*)(const double*, double*, long);
  static std::vector<double> through(Function function, const std::vector<double>& x) {
    std::vector<double> result(x.size());
    function(x.data(), result.data(), static_cast<long>(x.size()));
    return result;
  }
  static std::vector<double> through(Curve curve, const std::vector<double>& z) {
    std::vector<double> result(z.size());
    GetParam()->curve(curve, z.data(), result.data(), static_cast<long>(z.size()));
    return result;
  }
};

long double exp_of(long double x) {
  return std::exp(x);
}
long double log_of(long double x) {
  return std::log(x);
}
long double softplus_of(long double x) {
  return (x > 0 ? x : 0.0L) + std::log1p(std::exp(-std::abs(x)));
}
long double sigmoid_of(long double z) {
  return 1.0L / (1.0L + std::exp(-z));
}
long double tanh_of(long double z) {
  return std::tanh(z);
}

TEST_P(Elementary, ExpIsWithinItsBound) {
  for (const auto& x : {numbers(-700.0, 700.0), numbers(-1.0, 1.0), small_numbers(1.0)})
    expect_close(x, through(GetParam()->exp, x), exp_of,
                 [](double v) { return (4.0 + 0.5 * std::abs(v)) * epsilon; });
}

TEST_P(Elementary, LogIsWithinItsBound) {
  for (const auto& x : {numbers(1.0, 2.0), numbers(1.0, 1.001), numbers(1.0, 1e9)})
    expect_close(x, through(GetParam()->log, x), log_of, [](double) { return 4.0 * epsilon; });
}

TEST_P(Elementary, SoftplusIsWithinItsBound) {
  for (const auto& x : {numbers(-30.0, 30.0), numbers(-700.0, 700.0), small_numbers(1.0)})
    expect_close(x, through(GetParam()->softplus, x), softplus_of,
                 [](double v) { return (6.0 + (v < 0 ? 0.5 * -v : 0.0)) * epsilon; });
}

TEST_P(Elementary, SigmoidIsWithinItsBound) {
  for (const auto& z : {numbers(-30.0, 30.0), numbers(-700.0, 700.0), small_numbers(1.0)})
    expect_close(z, through(Curve::sigmoid, z), sigmoid_of,
                 [](double v) { return (5.0 + 0.5 * std::abs(v)) * epsilon; });
}

TEST_P(Elementary, TanhKeepsTheDigitsOfSmallNumbers) {
  for (const auto& z : {numbers(-1.0, 1.0), numbers(-40.0, 40.0), small_numbers(1.0)})
    expect_close(z, through(Curve::tanh, z), tanh_of, [](double) { return 20.0 * epsilon; });
}

TEST_P(Elementary, NanStaysNanAndInfinityEndsWhereItShould) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> x{std::nan(""), infinity, -infinity};
  for (const Curve curve :
       {Curve::sigmoid, Curve::tanh, Curve::relu, Curve::leaky_relu, Curve::linear}) {
    EXPECT_TRUE(std::isnan(through(curve, x)[0])) << static_cast<int>(curve);
  }
  for (const auto function : {GetParam()->exp, GetParam()->log, GetParam()->softplus})
    EXPECT_TRUE(std::isnan(through(function, x)[0]));
  EXPECT_EQ(through(Curve::sigmoid, x)[1], 1.0);
  EXPECT_EQ(through(Curve::sigmoid, x)[2], 0.0);
  EXPECT_EQ(through(Curve::tanh, x)[1], 1.0);
  EXPECT_EQ(through(Curve::tanh, x)[2], -1.0);
  EXPECT_EQ(through(Curve::relu, x)[1], infinity);
  EXPECT_EQ(through(Curve::relu, x)[2], 0.0);
  EXPECT_EQ(through(GetParam()->softplus, x)[1], infinity);
}

TEST_P(Elementary, WhatIsTooSmallForNormalNumbersEndsInDenormalsAndZero) {
  constexpr double denormal = std::numeric_limits<double>::denorm_min();
  const std::vector<double> x{-708.5, -720.0, -744.0, -746.0, -800.0, -1e6, -1e300};
  for (const std::vector<double>& found :
       {through(GetParam()->exp, x), through(Curve::sigmoid, x)}) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double wanted = std::exp(x[i]);
      EXPECT_NEAR(found[i], wanted, wanted * 1e-12 + denormal) << x[i];
    }
    EXPECT_EQ(found.back(), 0.0);
  }
  EXPECT_EQ(through(GetParam()->exp, {1e6})[0], std::numeric_limits<double>::infinity());
  EXPECT_EQ(through(GetParam()->softplus, {-800.0})[0], 0.0);
}

TEST_P(Elementary, FloatCurvesAreGoodEnoughForPictures) {
  std::vector<float> z, a;
  for (int i = -40'000; i <= 40'000; ++i)
    z.push_back(static_cast<float>(i) * 1e-3F);
  a.resize(z.size());
  const auto count = static_cast<long>(z.size());
  GetParam()->float_curve(Curve::sigmoid, z.data(), a.data(), count);
  for (std::size_t i = 0; i < z.size(); ++i)
    ASSERT_NEAR(a[i], 1.0 / (1.0 + std::exp(-double{z[i]})), 3e-7) << z[i];
  GetParam()->float_curve(Curve::tanh, z.data(), a.data(), count);
  for (std::size_t i = 0; i < z.size(); ++i)
    ASSERT_NEAR(a[i], std::tanh(double{z[i]}), 6e-7) << z[i];
}

std::string name_of(const testing::TestParamInfo<const Kernels*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Kernels, Elementary,
                         testing::ValuesIn(usable_kernels().begin(), usable_kernels().end()),
                         name_of);

TEST(Kernels, ThatRunEverywhereComeLast) {
  EXPECT_EQ(usable_kernels().back()->name, "portable");
}

}  // namespace
}  // namespace deltascope::kernels
