// Included inside an unnamed namespace, behind Doubles and vector_registers. Symmetric matrices as
// their upper triangles, row by row; what stands to the left of the diagonal is no part of them.

namespace least_squares {

// A tile of sums stays in registers, beside the operands of one product.
constexpr long dot_tile = vector_registers >= 32 ? 5 : vector_registers >= 16 ? 3 : 2;
constexpr long tile_rows = vector_registers >= 32 ? 6 : vector_registers >= 16 ? 4 : 2;
constexpr long tile_vectors = vector_registers >= 32 ? 4 : vector_registers >= 16 ? 3 : 2;
static_assert(dot_tile <= spare_rows + 1 && tile_rows <= spare_rows + 1);
// So many rows are eliminated one by one before the rest of the matrix hears of them.
constexpr long panel_rows = 32;
static_assert(spare_rows + panel_rows + 1 <= solve_rows);
/// Infinity is none.
constexpr double largest_pivot = 0x1.fffffffffffffp1023;

DELTASCOPE_INLINE long whole_vectors_before(long column) {
  return column / Doubles::lanes * Doubles::lanes;
}

DELTASCOPE_INLINE void dot_tile_of_rows(const double* left, const double* right, long stride,
                                        long columns, bool add, double* C, long C_stride) {
  Doubles sums[dot_tile][dot_tile];
  for (auto& row : sums) {
    for (Doubles& one : row)
      one = Doubles::all(0.0);
  }
  for (long q = 0; q < columns; q += Doubles::lanes) {
    Doubles a[dot_tile];
    for (long m = 0; m < dot_tile; ++m)
      a[m] = Doubles::load(left + m * stride + q);
    for (long n = 0; n < dot_tile; ++n) {
      const Doubles b = Doubles::load(right + n * stride + q);
      for (long m = 0; m < dot_tile; ++m)
        sums[m][n] = fma(a[m], b, sums[m][n]);
    }
  }
  for (long m = 0; m < dot_tile; ++m) {
    for (long n = 0; n < dot_tile; ++n) {
      double& c = C[m * C_stride + n];
      c = add ? c + sum(sums[m][n]) : sum(sums[m][n]);
    }
  }
}

void products_of_rows(const double* A, long rows, long columns, long stride, bool add, double* C,
                      long C_stride) {
  for (long i = 0; i < rows; i += dot_tile) {
    for (long j = i; j < rows; j += dot_tile)
      dot_tile_of_rows(A + i * stride, A + j * stride, stride, columns, add, C + i * C_stride + j,
                       C_stride);
  }
}

/// C ∓= Aᵀ B for tile_rows columns of A and so many vectors of B.
template <bool subtract, long vectors>
DELTASCOPE_INLINE void tile_of_columns(const double* A, const double* B, long rows, long stride,
                                       double* C, long C_stride) {
  Doubles sums[tile_rows][vectors];
  for (long m = 0; m < tile_rows; ++m) {
    for (long n = 0; n < vectors; ++n)
      sums[m][n] =
          subtract ? Doubles::load(C + m * C_stride + n * Doubles::lanes) : Doubles::all(0.0);
  }
  for (long k = 0; k < rows; ++k) {
    Doubles b[vectors];
    for (long n = 0; n < vectors; ++n)
      b[n] = Doubles::load(B + k * stride + n * Doubles::lanes);
    for (long m = 0; m < tile_rows; ++m) {
      const Doubles a = Doubles::all(A[k * stride + m]);
      for (long n = 0; n < vectors; ++n)
        sums[m][n] = subtract ? fnma(a, b[n], sums[m][n]) : fma(a, b[n], sums[m][n]);
    }
  }
  for (long m = 0; m < tile_rows; ++m) {
    for (long n = 0; n < vectors; ++n)
      sums[m][n].store(C + m * C_stride + n * Doubles::lanes);
  }
}

template <bool subtract, long vectors>
DELTASCOPE_INLINE void tile_of_so_many(long wanted, const double* A, const double* B, long rows,
                                       long stride, double* C, long C_stride) {
  if constexpr (vectors > 1) {
    if (wanted < vectors)
      return tile_of_so_many<subtract, vectors - 1>(wanted, A, B, rows, stride, C, C_stride);
  }
  tile_of_columns<subtract, vectors>(A, B, rows, stride, C, C_stride);
}

/// C(i, j) = Σ_k A[k][i] B[k][j], or C(i, j) minus that, for first ≤ i < last and i ≤ j < columns.
template <bool subtract>
DELTASCOPE_INLINE void products_of_columns(const double* A, const double* B, long rows, long stride,
                                           long first, long last, long columns, double* C,
                                           long C_stride) {
  constexpr long width = tile_vectors * Doubles::lanes;
  for (long j = whole_vectors_before(first); j < columns; j += width) {
    const long vectors = (columns - j + Doubles::lanes - 1) / Doubles::lanes;
    const long reaches = j + width < last ? j + width : last;
    for (long i = first; i < reaches; i += tile_rows)
      tile_of_so_many<subtract, tile_vectors>(vectors, A + i, B + j, rows, stride,
                                              C + i * C_stride + j, C_stride);
  }
}

void products_of_all_columns(const double* A, long rows, long columns, long stride, double* C,
                             long C_stride) {
  products_of_columns<false>(A, A, rows, stride, 0, columns, columns, C, C_stride);
}

void times_vector(const double* A, long rows, long columns, long stride, const double* x,
                  double* y) {
  for (long i = 0; i < rows; i += 4) {
    Doubles sums[4];
    for (Doubles& one : sums)
      one = Doubles::all(0.0);
    for (long q = 0; q < columns; q += Doubles::lanes) {
      const Doubles b = Doubles::load(x + q);
      for (long m = 0; m < 4; ++m)
        sums[m] = fma(Doubles::load(A + (i + m) * stride + q), b, sums[m]);
    }
    for (long m = 0; m < 4; ++m)
      y[i + m] = sum(sums[m]);
  }
}
static_assert(4 <= spare_rows + 1);

/// Rows [first, last) of S = Uᵀ D U, those above being eliminated: U in their place, D U beside.
bool eliminate_panel(double* S, double* unscaled, long first, long last, long unknowns, long stride,
                     const double* least_pivots) {
  for (long k = first; k < last; ++k) {
    double* const row = S + k * stride;
    double* const beside = unscaled + (k - first) * stride;
    const double pivot = row[k];
    if (!(pivot > least_pivots[k]) || pivot > largest_pivot) return false;
    const Doubles inverse = Doubles::all(1.0 / pivot);
    for (long j = whole_vectors_before(k); j <= unknowns; j += Doubles::lanes) {
      const Doubles v = Doubles::load(row + j);
      v.store(beside + j);
      (v * inverse).store(row + j);
    }
    for (long i = k + 1; i < last; ++i) {
      const Doubles factor = Doubles::all(beside[i]);
      double* const target = S + i * stride;
      for (long j = whole_vectors_before(i); j <= unknowns; j += Doubles::lanes)
        fnma(factor, Doubles::load(row + j), Doubles::load(target + j)).store(target + j);
    }
  }
  return true;
}

/// x of U x = c: U is unit triangular, c its column `unknowns`.
DELTASCOPE_INLINE void substitute_back(const double* U, long unknowns, long stride, double* x) {
  for (long first = whole_vectors_before(unknowns - 1); first >= 0; first -= Doubles::lanes) {
    Doubles sums[Doubles::lanes];
    for (Doubles& one : sums)
      one = Doubles::all(0.0);
    for (long q = first + Doubles::lanes; q < unknowns; q += Doubles::lanes) {
      const Doubles known = Doubles::load(x + q);
      for (long m = 0; m < Doubles::lanes; ++m)
        sums[m] = fma(Doubles::load(U + (first + m) * stride + q), known, sums[m]);
    }
    double left[Doubles::lanes];
    for (long m = 0; m < Doubles::lanes; ++m) {
      const bool exists = first + m < unknowns;
      left[m] = exists ? U[(first + m) * stride + unknowns] - sum(sums[m]) : 0.0;
    }
    for (long k = Doubles::lanes - 1; k >= 0; --k) {
      for (long m = 0; m < k; ++m)
        left[m] -= U[(first + m) * stride + first + k] * left[k];
    }
    for (long m = 0; m < Doubles::lanes; ++m)
      x[first + m] = left[m];
  }
}

bool solve_damped(const double* S, long unknowns, long stride, double damping, double* workspace,
                  double* x) {
  double* const U = workspace;
  double* const unscaled = U + (unknowns + spare_rows) * stride;
  double* const least_pivots = unscaled + panel_rows * stride;
  const double rounding = static_cast<double>(unknowns) * 0x1p-52;
  for (long i = 0; i < unknowns; ++i) {
    for (long j = whole_vectors_before(i); j <= unknowns; j += Doubles::lanes)
      Doubles::load(S + i * stride + j).store(U + i * stride + j);
    U[i * stride + i] += damping;
    least_pivots[i] = rounding * U[i * stride + i];
  }
  for (long first = 0; first < unknowns; first += panel_rows) {
    const long last = first + panel_rows < unknowns ? first + panel_rows : unknowns;
    if (!eliminate_panel(U, unscaled, first, last, unknowns, stride, least_pivots)) return false;
    products_of_columns<true>(unscaled, U + first * stride, last - first, stride, last, unknowns,
                              unknowns + 1, U, stride);
  }
  substitute_back(U, unknowns, stride, x);
  return true;
}

}  // namespace least_squares
