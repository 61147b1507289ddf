#pragma once

#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// The manual page, in man(7) macros, made of the same texts that --help shows.
std::string man_page(const CLI::App& app);

}  // namespace deltascope::cli
