#include "choices.hpp"

#include <CLI/CLI.hpp>

#include <charconv>

namespace deltascope::cli {

CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& words) {
  return option->option_text(CLI::detail::join(words, "|"))->check(CLI::IsMember(words));
}

CLI::Option* whole_number(CLI::Option* option, std::int64_t low, std::int64_t high,
                          const std::string& word) {
  const std::string otherwise = word.empty() ? "" : ", or " + word;
  const std::string right =
      "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  return option->option_text(word.empty() ? "N" : "N|" + word)->check([=](const std::string& text) {
    if (!word.empty() && text == word) return std::string();
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    const bool is_right =
        result.ec == std::errc() && result.ptr == end && number >= low && number <= high;
    return is_right ? std::string() : right + otherwise + ", not " + text;
  });
}

}  // namespace deltascope::cli
