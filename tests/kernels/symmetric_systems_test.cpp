// Products and solutions against sums in long double, with sizes around the edges of tiles, vectors
// and panels.

#include "aligned.hpp"
#include "kernels/kernels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace deltascope::kernels {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr long double half_epsilon = epsilon / 2;
constexpr long sizes[] = {1, 2, 3, 5, 7, 8, 9, 16, 20, 31, 32, 33, 40, 63, 64, 65, 97, 130};

/// rows × columns with the padding that kernels ask for; all of it NaN where nothing is promised.
struct Padded {
  long rows, columns, stride;
  AlignedArray<double> values;

  Padded(long row_count, long column_count, double filled_with)
      : rows(row_count), columns(column_count), stride((column_count + 16) / 8 * 8) {
    values.resize(static_cast<std::size_t>((rows + solve_rows) * stride));
    for (double& value : values.values())
      value = filled_with;
  }
  double& operator()(long row, long column) { return values.data()[row * stride + column]; }
};

class SymmetricSystems : public testing::TestWithParam<const Kernels*> {
 protected:
  Padded random_matrix(long rows, long columns) {
    Padded matrix(rows, columns, 0.0);
    for (long i = 0; i < rows; ++i) {
      for (long j = 0; j < columns; ++j)
        matrix(i, j) = uniform_(random_);
    }
    return matrix;
  }
  /// A Aᵀ of an A with as many columns, and b in the column behind.
  Padded random_system(long unknowns, long rank) {
    Padded A = random_matrix(unknowns, rank), S(unknowns, unknowns + 1, 0.0);
    for (long i = 0; i < unknowns; ++i) {
      for (long j = 0; j < unknowns; ++j) {
        for (long k = 0; k < rank; ++k)
          S(i, j) += A(i, k) * A(j, k);
      }
      S(i, unknowns) = uniform_(random_);
    }
    return S;
  }
  static bool solve(Padded& S, double damping, std::vector<double>& x) {
    AlignedArray<double> workspace(static_cast<std::size_t>((S.rows + solve_rows) * S.stride));
    AlignedArray<double> padded(static_cast<std::size_t>(S.rows) + 8);
    const bool solved = GetParam()->solve_damped(S.values.data(), S.rows, S.stride, damping,
                                                 workspace.data(), padded.data());
    x.assign(padded.data(), padded.data() + S.rows);
    return solved;
  }

  std::mt19937_64 random_{7};
  std::uniform_real_distribution<double> uniform_{-1.0, 1.0};
};

// A sum of n products is within n ε/2 Σ|terms|, in any order.
TEST_P(SymmetricSystems, ProductsOfRowsAndOfColumnsAreSums) {
  for (const long rows : sizes) {
    for (const long columns : {1L, 8L, 13L, 100L}) {
      Padded A = random_matrix(rows, columns);
      Padded by_rows(rows, rows, 3.0), twice(rows, rows, 0.0), by_columns(columns, columns, 3.0);
      GetParam()->products_of_rows(A.values.data(), rows, columns, A.stride, false,
                                   by_rows.values.data(), by_rows.stride);
      for (int pass = 0; pass < 2; ++pass) {
        GetParam()->products_of_rows(A.values.data(), rows, columns, A.stride, pass > 0,
                                     twice.values.data(), twice.stride);
      }
      GetParam()->products_of_columns(A.values.data(), rows, columns, A.stride,
                                      by_columns.values.data(), by_columns.stride);
      for (long i = 0; i < rows; ++i) {
        for (long j = i; j < rows; ++j) {
          long double sum = 0.0L, terms = 0.0L;
          for (long k = 0; k < columns; ++k) {
            sum += static_cast<long double>(A(i, k)) * A(j, k);
            terms += std::abs(static_cast<long double>(A(i, k)) * A(j, k));
          }
          ASSERT_LE(std::abs(by_rows(i, j) - sum), columns * terms * half_epsilon)
              << rows << ' ' << columns;
          ASSERT_EQ(twice(i, j), 2.0 * by_rows(i, j)) << rows << ' ' << columns;
        }
      }
      for (long i = 0; i < columns; ++i) {
        for (long j = i; j < columns; ++j) {
          long double sum = 0.0L, terms = 0.0L;
          for (long k = 0; k < rows; ++k) {
            sum += static_cast<long double>(A(k, i)) * A(k, j);
            terms += std::abs(static_cast<long double>(A(k, i)) * A(k, j));
          }
          ASSERT_LE(std::abs(by_columns(i, j) - sum), rows * terms * half_epsilon)
              << rows << ' ' << columns;
        }
      }
    }
  }
}

TEST_P(SymmetricSystems, TimesVectorIsASum) {
  for (const long rows : sizes) {
    for (const long columns : {1L, 8L, 13L, 100L}) {
      Padded A = random_matrix(rows, columns), x = random_matrix(1, columns);
      std::vector<double> y(static_cast<std::size_t>(rows + spare_rows));
      GetParam()->times_vector(A.values.data(), rows, columns, A.stride, x.values.data(), y.data());
      for (long i = 0; i < rows; ++i) {
        long double sum = 0.0L, terms = 0.0L;
        for (long k = 0; k < columns; ++k) {
          sum += static_cast<long double>(A(i, k)) * x(0, k);
          terms += std::abs(static_cast<long double>(A(i, k)) * x(0, k));
        }
        ASSERT_LE(std::abs(y[static_cast<std::size_t>(i)] - sum), columns * terms * half_epsilon);
      }
    }
  }
}

// Elimination of a positive definite matrix is backward stable: what is solved is a system within
// about n ε ‖S‖ of the one asked for (Higham, Accuracy and Stability, Theorem 10.4).
TEST_P(SymmetricSystems, WhatIsSolvedIsTheSystem) {
  for (const long n : sizes) {
    for (const double damping : {1e-8, 1e-2, 10.0}) {
      Padded S = random_system(n, n + 3);
      std::vector<double> x;
      ASSERT_TRUE(solve(S, damping, x)) << n;
      double size = damping, length = 0.0;
      for (long i = 0; i < n; ++i)
        size += S(i, i);
      for (const double value : x)
        length += std::abs(value);
      for (long i = 0; i < n; ++i) {
        long double left = static_cast<long double>(damping) * x[static_cast<std::size_t>(i)];
        for (long j = 0; j < n; ++j)
          left += static_cast<long double>(S(i, j)) * x[static_cast<std::size_t>(j)];
        ASSERT_NEAR(static_cast<double>(left), S(i, n),
                    static_cast<double>(n + 3) * epsilon * size * length)
            << n << ' ' << damping;
      }
    }
  }
}

TEST_P(SymmetricSystems, TheMatrixIsLeftAsItIs) {
  Padded S = random_system(40, 50);
  const std::vector<double> before(S.values.values().begin(), S.values.values().end());
  std::vector<double> x;
  solve(S, 0.1, x);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), S.values.data()));
}

TEST_P(SymmetricSystems, RefusesWhatIsNotPositiveDefinite) {
  std::vector<double> x;
  for (const long n : {2L, 20L, 33L, 70L}) {
    for (const double wrong : {-1.0, 0.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
      Padded S = random_system(n, n + 3);
      ASSERT_TRUE(solve(S, 0.0, x));
      S(n - 1, n - 1) = wrong;
      EXPECT_FALSE(solve(S, 0.0, x)) << n << ' ' << wrong;
    }
    Padded singular = random_system(n, n - 1);
    EXPECT_FALSE(solve(singular, 1e-100, x)) << n;
    EXPECT_TRUE(solve(singular, 1e-3, x)) << n;
  }
}

std::string name_of(const testing::TestParamInfo<const Kernels*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Kernels, SymmetricSystems,
                         testing::ValuesIn(usable_kernels().begin(), usable_kernels().end()),
                         name_of);

}  // namespace
}  // namespace deltascope::kernels
