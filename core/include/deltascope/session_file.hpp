#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/problem.hpp>
#include <deltascope/session.hpp>
#include <deltascope/settings.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

/// The session document (JSON): what a file, a preset or a test case says, checked and complete.
///
/// The format: "deltascope" (version), "title", "about", "sizes", "activations", "loss", "l2", "W"
/// and "b" or "init", "X" and "Y" or "dataset", "training". W[l][to][from]; X and Y have one row
/// per sample.
struct Document {
  std::string title;
  std::string about;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::vector<double> parameters;  ///< given weights, or empty: drawn from settings->initial
};

/// Reads a document. nullopt and at least one problem when anything is wrong: unknown keys, wrong
/// types, wrong shapes, numbers that are not finite, a loss that does not fit the output, a version
/// from the future. Each problem names the JSON path. Nothing is half-loaded.
std::optional<Document> parse_document(std::string_view json, Problems& problems);
/// The same from a file; the problem names the file when it cannot be read. "-" is standard input.
std::optional<Document> load_document(const std::filesystem::path& file, Problems& problems);

/// JSON with 17 significant digits: parse_document(to_json(d)) gives the same bits.
std::string to_json(const Document& document);
/// Writes atomically: a new file beside it, fsync, rename. A problem names the file and what to do.
bool save_document(const Document& document, const std::filesystem::path& file, Problems& problems);

Session make_session(const Document& document);
/// The session's present settings, data and parameters as a document.
Document make_document(const Settings& settings, const Dataset& data,
                       std::span<const double> parameters);

/// JSON with all a document's forward and backward pass says, in the order z, a, delta, dW, db,
/// with [layer][sample][neuron] and [layer][to][from]; 17 significant digits.
std::string trace_to_json(const StepTrace& trace, const Architecture& architecture);
/// {"steps", "cost", "accuracy", "W", "b", "seconds", "steps_per_second", …} of a finished run.
std::string summary_to_json(const Session& session, const Evaluation& evaluation, double seconds);

}  // namespace deltascope
