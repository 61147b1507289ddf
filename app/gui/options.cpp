#include "options.hpp"

#include "documents.hpp"
#include "fault.hpp"

#include <deltascope/presets.hpp>

#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>

namespace deltascope::gui {
namespace {

constexpr int min_width = 640, min_height = 400, max_side = 16384;

// "1600x1000"
std::optional<std::pair<int, int>> parse_size(const std::string& text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos) return std::nullopt;
  const char* const middle = text.data() + cross;
  const char* const end = text.data() + text.size();
  int width = 0;
  int height = 0;
  const auto left = std::from_chars(text.data(), middle, width);
  const auto right = std::from_chars(middle + 1, end, height);
  if (left.ec != std::errc() || left.ptr != middle || right.ec != std::errc() || right.ptr != end) {
    return std::nullopt;
  }
  if (width < min_width || height < min_height || width > max_side || height > max_side) {
    return std::nullopt;
  }
  return std::pair(width, height);
}

std::filesystem::path file_of(const std::string& file, const std::optional<std::string>& preset,
                              Problems& problems) {
  if (!preset) return file;
  return find_preset(*preset, problems).value_or(std::filesystem::path());
}

// A mistake in its name is found before a window opens.
void check_variant(const Options& options, Problems& problems) {
  if (options.file.empty()) {
    problems.push_back({"--variant", "name the document, too: FILE or --preset NAME"});
  } else if (const auto document = load_document(options.file, problems)) {
    find_variant(*document, options.variant, problems);
  }
}

}  // namespace

Options parse_options(int argc, const char* const* argv, std::optional<int>& exit_code) {
  Options options;
  std::string file;
  std::optional<std::string> preset;
  std::string variant;
  std::string script;
  std::string size;
  int zoom_percent = 0;

  CLI::App app(
      "A laboratory for seeing backpropagation: trains a small network on points in the\n"
      "plane and shows every step of it. Without FILE it opens the O/X example.",
      "deltascope");
  app.set_version_flag("--version", "deltascope " DELTASCOPE_VERSION);
  CLI::Option* file_option =
      app.add_option("FILE", file, "Session document (JSON) to open")->option_text(" ");
  app.add_option("--preset", preset, "In place of FILE: one that deltascope-cli presets lists")
      ->option_text("NAME")
      ->excludes(file_option);
  app.add_option("--variant", variant, "One of the document's variants, in place of itself")
      ->option_text("NAME");
  app.add_option("--theme", options.theme, "Colours: dark or light")
      ->check(CLI::IsMember({"dark", "light"}));
  app.add_option("--zoom", zoom_percent, "Size of everything in percent, 100 to 200")
      ->check(CLI::Range(100, 200));
  app.add_option("--size", size, "Size of the window, such as 1600x1000")
      ->check([](const std::string& text) {
        return parse_size(text) ? std::string()
                                : "must be WIDTHxHEIGHT in pixels, at least 640x400: " + text;
      });
  // For screenshots and the smoke test; described in CONTRIBUTING.md.
  app.add_option("--script", script)->group("");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;
    if (asked) {
      app.exit(error);
    } else {
      std::cerr << "deltascope: " << error.what() << "; see deltascope --help\n";
    }
    exit_code = static_cast<int>(asked ? ExitCode::ok : ExitCode::usage);
    return options;
  }
  Problems problems;
  options.file = file_of(file, preset, problems);
  options.variant = variant;
  if (problems.empty() && !variant.empty()) check_variant(options, problems);
  if (!problems.empty()) {
    std::cerr << "deltascope: " << problems.front().text() << '\n';
    exit_code = static_cast<int>(ExitCode::usage);
    return options;
  }
  options.script = script;
  options.size = parse_size(size);
  if (zoom_percent > 0) options.zoom_percent = zoom_percent;
  return options;
}

}  // namespace deltascope::gui
