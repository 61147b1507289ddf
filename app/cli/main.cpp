#include "console.hpp"
#include "verbs.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <string>

namespace deltascope::cli {
namespace {

int run(int argc, char** argv) {
  CLI::App app("Trains small networks without a window, with the same core as Deltascope.",
               "deltascope-cli");
  app.set_version_flag("--version", "deltascope-cli " DELTASCOPE_VERSION);
  app.require_subcommand(0, 1);
  std::function<int()> chosen;
  for (const Verb& verb : verbs()) {
    CLI::App* command = app.add_subcommand(verb.name, verb.description);
    command->footer("Example:\n  " + std::string(verb.example));
    command->callback([&chosen, run = verb.define(*command)] { chosen = run; });
  }
  try {
    app.parse(argc, argv);
    return chosen ? chosen() : fail("a verb is missing (see deltascope-cli --help)");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return fail(std::string(error.what()) + " (see deltascope-cli --help)");
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
