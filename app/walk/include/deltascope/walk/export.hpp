#pragma once

#include <deltascope/walk/phase.hpp>

#include <span>
#include <string>
#include <string_view>

namespace deltascope::walk {

/// One row: a format in which a whole step is written, all phases with their numbers.
struct ExportFormat {
  std::string_view name;       ///< on the command line: markdown, latex, csv
  std::string_view label;      ///< on screen
  std::string_view extension;  ///< ".md"
  std::string (*write)(const Step& step, const Options& options);
};
std::span<const ExportFormat> export_formats();
const ExportFormat* find_export_format(std::string_view name);
/// By a file's extension.
const ExportFormat* export_format_of(std::string_view extension);

/// One row: how a matrix is written for another program, with all 17 digits.
struct MatrixFormat {
  std::string_view name;   ///< numpy, matlab, latex
  std::string_view label;  ///< NumPy, MATLAB, LaTeX
  std::string (*write)(const Grid& grid);
};
std::span<const MatrixFormat> matrix_formats();

}  // namespace deltascope::walk
