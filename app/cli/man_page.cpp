#include "man_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace deltascope::cli {
namespace {

/// The code point that starts at `at` in valid UTF-8, and how many bytes it takes.
std::pair<unsigned, std::size_t> code_point(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned value = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i)
    value = value << 6 | (byte(at + i) & 0x3Fu);
  return {value, length};
}

/// `text` as roff shows it letter for letter.
std::string roff(std::string_view text) {
  std::string escaped;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, length] = code_point(text, at);
    // A line that begins so would be a request.
    const bool line_starts = at == 0 || text[at - 1] == '\n';
    if (line_starts && (value == '.' || value == '\'')) escaped += "\\&";
    if (value == '\\') {
      escaped += "\\e";
    } else if (value == '-') {
      escaped += "\\-";  // a bare one is a hyphen, which cannot be pasted into a shell
    } else if (value >= 0x80) {
      escaped += fmt::format("\\[u{:04X}]", value);
    } else {
      escaped += text.substr(at, length);
    }
    at += length;
  }
  return escaped;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff(text) + "\\fR";
}

/// A text with an indented example or table in it: such lines stay as they are.
std::string paragraphs(const std::string& text) {
  std::string out = ".PP\n";
  std::istringstream lines(text);
  bool verbatim = false;
  for (std::string line; std::getline(lines, line);) {
    const bool indented = line.rfind("  ", 0) == 0;
    if (indented != verbatim) out += indented ? ".PP\n.RS 4\n.nf\n" : ".fi\n.RE\n";
    verbatim = indented;
    if (line.empty()) {
      out += ".PP\n";
    } else {
      out += roff(indented ? line.substr(2) : line) + "\n";
    }
  }
  return out + (verbatim ? ".fi\n.RE\n" : "");
}

std::string options(const CLI::App& app) {
  const CLI::Formatter formatter;
  std::string out;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden from --help, too
    const std::string values = CLI::detail::trim_copy(formatter.make_option_opts(option));
    out += ".TP\n" + bold(formatter.make_option_name(option, option->get_positional()));
    out += (values.empty() ? "" : " \\fI" + roff(values) + "\\fR") + "\n";
    out += roff(formatter.make_option_desc(option)) + "\n";
  }
  return out;
}

}  // namespace

std::string man_page(const CLI::App& app) {
  std::string out =
      ".TH DELTASCOPE\\-CLI 1 \"\" \"deltascope " DELTASCOPE_VERSION "\" \"User Commands\"\n";
  out += ".SH NAME\n" + roff(app.get_name()) +
         " \\- train, check and draw networks without a window\n";
  out += ".SH SYNOPSIS\n";
  for (const CLI::App* verb : app.get_subcommands({})) {
    out += bold(app.get_name() + " " + verb->get_name());
    for (const CLI::Option* option : verb->get_options()) {
      if (option->get_positional()) out += " [\\fI" + roff(option->get_name(true)) + "\\fR]";
    }
    out += " [\\fIOPTIONS\\fR]\n.br\n";
  }
  out += ".SH DESCRIPTION\n" + paragraphs(app.get_description());
  out += ".SH OPTIONS\n" + options(app);
  out += ".SH COMMANDS\n";
  for (const CLI::App* verb : app.get_subcommands({})) {
    out += ".SS " + roff(verb->get_name()) + "\n";
    out += roff(verb->get_description()) + ".\n" + options(*verb);
    out += paragraphs(verb->get_footer());
  }
  out += ".SH EXIT STATUS\n" + paragraphs(app.get_footer());
  return out + ".SH SEE ALSO\n" + bold("deltascope") + "(1)\n";
}

}  // namespace deltascope::cli
