#include "console.hpp"
#include "man_page.hpp"
#include "verbs.hpp"

#include <deltascope/arithmetic.hpp>
#include <deltascope/nearest_name.hpp>

#include <CLI/CLI.hpp>

#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

constexpr const char* description =
    "Trains, checks and draws small networks without a window, with the same core as Deltascope.\n"
    "Session documents, JSON, are shared by both. Wherever a FILE is accepted, --preset NAME may "
    "stand;\nwithout both, a 2-2-3-2 network learns the ten O/X points.";

constexpr const char* exit_status =
    "The program ends with one of these:\n"
    "  0    success\n"
    "  1    it ran, but the numbers left the range of finite numbers,\n"
    "       the gradient check failed, or a replay gave other bits\n"
    "  2    the input or the arguments are wrong, or a file cannot be written:\n"
    "       one line names the file, the field or the option\n"
    "  130  stopped by Ctrl-C or a request to end, with everything written up to there";

/// CLI11's, with lines that fit a terminal.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_desc(const CLI::Option* option) const override {
    return wrapped(CLI::Formatter::make_option_desc(option), 90 - get_column_width());
  }
};

std::string examples(const Verb& verb) {
  std::string text = "Examples:";
  std::istringstream lines(verb.examples);
  for (std::string line; std::getline(lines, line);)
    text += "\n  " + line;
  return text;
}

/// An empty value is an unset variable of a shell, never what was meant.
void refuse_empty_values(CLI::App& command) {
  const auto takes_text = [](const CLI::Option* option) { return option->get_type_size() > 0; };
  for (CLI::Option* option : command.get_options(takes_text)) {
    option->check([](const std::string& value) {
      return value.empty() ? std::string("must not be empty") : std::string();
    });
  }
}

std::string without_verb(const std::vector<std::string>& arguments) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs())
    names.emplace_back(verb.name);
  if (arguments.empty()) return "a verb is missing: " + CLI::detail::join(names, ", ");
  const std::string& first = arguments.front();
  if (first.front() == '-') return "there is no option " + first + " before the verb";
  return "there is no verb \"" + first + "\"; did you mean \"" + nearest_name(first, names) + "\"?";
}

/// What CLI11 says of too many words, and the option that may have been meant.
std::string unexpected(const CLI::App& command, const CLI::ExtrasError& error) {
  const std::vector<std::string> words = command.remaining();
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  }
  const bool is_option = !words.empty() && words.front().rfind("--", 0) == 0;
  if (!is_option) return error.what();
  const std::string name = words.front().substr(0, words.front().find('='));
  return "there is no option " + name + "; did you mean " + nearest_name(name, names) + "?";
}

std::string version_text() {
  return "deltascope-cli " DELTASCOPE_VERSION "\nkernels: " + std::string(best_arithmetic().label);
}

int run(int argc, char** argv) {
  CLI::App app(description, "deltascope-cli");
  app.set_version_flag("--version", version_text(),
                       "Print the version, and which kernels this processor runs");
  app.set_help_flag("-h,--help", "Print this help; after a verb, its options and examples");
  app.footer(exit_status);
  app.formatter(std::make_shared<HelpFormatter>());
  app.require_subcommand(0, 1);
  // A word that is no verb is answered below, with the nearest.
  app.allow_extras();
  bool wants_man_page = false;
  app.add_flag("--man-page", wants_man_page)->group("");  // for the build
  std::function<int()> chosen;
  for (const Verb& verb : verbs()) {
    CLI::App* command = app.add_subcommand(verb.name, verb.description);
    command->allow_extras(false);
    command->set_help_flag("-h,--help", "Print this help");
    command->footer(examples(verb));
    command->callback([&chosen, run = verb.define(*command)] { chosen = run; });
    refuse_empty_values(*command);
  }
  constexpr const char* hint = " (see deltascope-cli --help)";
  try {
    app.parse(argc, argv);
    if (wants_man_page) return print(man_page(app)) ? success : bad_input;
    if (!chosen || !app.remaining().empty()) return fail(without_verb(app.remaining()) + hint);
    return chosen();
  } catch (const CLI::ExtrasError& error) {
    return fail(unexpected(*app.get_subcommands().front(), error) + hint);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help, --version
      std::ostringstream text;
      app.exit(error, text);
      return print(text.str()) ? success : bad_input;
    }
    return fail(std::string(error.what()) + hint);
  }
}

}  // namespace
}  // namespace deltascope::cli

int main(int argc, char** argv) {
  try {
    return deltascope::cli::run(argc, argv);
  } catch (const std::exception& error) {
    return deltascope::cli::fail(error.what());
  }
}
