#include "export_formats.hpp"

#include <deltascope/walk/export.hpp>

#include <algorithm>
#include <array>

namespace deltascope::walk {
namespace {

/// A missing notation is the first.
template <auto write>
std::string written(const Step& step, const Options& options) {
  Options complete = options;
  if (complete.notation == nullptr) complete.notation = &notations().front();
  return write(step, complete);
}

constexpr std::array formats{
    ExportFormat{"markdown", "Markdown", ".md", written<write_markdown>},
    ExportFormat{"latex", "LaTeX", ".tex", written<write_latex>},
    ExportFormat{"csv", "CSV", ".csv", written<write_csv>},
};

const ExportFormat* find(std::string_view ExportFormat::*member, std::string_view text) {
  const auto* const found = std::ranges::find(formats, text, member);
  return found == formats.end() ? nullptr : found;
}

}  // namespace

std::span<const ExportFormat> export_formats() {
  return formats;
}

const ExportFormat* find_export_format(std::string_view name) {
  return find(&ExportFormat::name, name);
}

const ExportFormat* export_format_of(std::string_view extension) {
  return find(&ExportFormat::extension, extension);
}

}  // namespace deltascope::walk
