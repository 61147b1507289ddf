#include <deltascope/ui/preferences.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>

namespace deltascope::ui {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text, Number low, Number high) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= low && value <= high)) return std::nullopt;  // NaN too
  return value;
}

std::optional<bool> flag(std::string_view text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  return std::nullopt;
}

template <class Value>
void assign(Value& target, const std::optional<Value>& value) {
  if (value) target = *value;
}

template <class Number>
std::string written(Number value) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}
std::string written(bool value) {
  return value ? "yes" : "no";
}

// One row per preference: how it is read and written.
struct Entry {
  std::string_view key;
  void (*read)(Preferences&, std::string_view);
  std::string (*write)(const Preferences&);
};

template <auto member>
constexpr Entry flag_entry(std::string_view key) {
  return {key, [](Preferences& p, std::string_view text) { assign(p.*member, flag(text)); },
          [](const Preferences& p) { return written(p.*member); }};
}

template <auto member, auto low, auto high>
constexpr Entry number_entry(std::string_view key) {
  return {key,
          [](Preferences& p, std::string_view text) {
            using Number = std::remove_reference_t<decltype(p.*member)>;
            assign(p.*member,
                   number_in<Number>(text, static_cast<Number>(low), static_cast<Number>(high)));
          },
          [](const Preferences& p) { return written(p.*member); }};
}

constexpr Entry against_entry{
    "loss_against",
    [](Preferences& p, std::string_view text) {
      if (const RunMeasure* row = find_run_measure(text)) p.loss_against = row;
    },
    [](const Preferences& p) { return std::string(p.loss_against->name); }};

constexpr Entry notation_entry{"notation",
                               [](Preferences& p, std::string_view text) {
                                 if (const walk::Notation* row = walk::find_notation(text))
                                   p.notation = row;
                               },
                               [](const Preferences& p) { return std::string(p.notation->name); }};

constexpr std::array entries{
    flag_entry<&Preferences::dark>("dark"),
    number_entry<&Preferences::zoom, 1, 2>("zoom"),
    number_entry<&Preferences::window_width, 200, 32768>("window_width"),
    number_entry<&Preferences::window_height, 150, 32768>("window_height"),
    flag_entry<&Preferences::maximized>("maximized"),
    flag_entry<&Preferences::loss_log_x>("loss_log_x"),
    flag_entry<&Preferences::loss_log_y>("loss_log_y"),
    flag_entry<&Preferences::paper_scale>("paper_scale"),
    flag_entry<&Preferences::reference_lines>("reference_lines"),
    against_entry,
    notation_entry,
    flag_entry<&Preferences::hard_shading>("hard_shading"),
    flag_entry<&Preferences::delta_relative>("delta_relative"),
    flag_entry<&Preferences::walking>("walking"),
    flag_entry<&Preferences::checking>("checking"),
    flag_entry<&Preferences::timeline>("timeline"),
    flag_entry<&Preferences::neuron_by_neuron>("neuron_by_neuron"),
    flag_entry<&Preferences::walks_whole_batch>("walks_whole_batch"),
    flag_entry<&Preferences::mean_inside_delta>("mean_inside_delta"),
    flag_entry<&Preferences::predict_first>("predict_first"),
    number_entry<&Preferences::steps_per_second, 0, 1'000'000'000>("steps_per_second"),
};

constexpr std::string_view open_prefix = "open ";
constexpr std::string_view split_prefix = "split ";

void read_line(Preferences& preferences, std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos || line.starts_with('#')) return;
  const std::string_view key = trimmed(line.substr(0, equals));
  const std::string_view value = trimmed(line.substr(equals + 1));
  if (key.empty()) return;
  const auto* entry = std::find_if(entries.begin(), entries.end(),
                                   [&](const Entry& row) { return row.key == key; });
  if (entry != entries.end()) {
    entry->read(preferences, value);
  } else if (key.starts_with(open_prefix)) {
    if (const auto open = flag(value)) {
      preferences.open_sections[std::string(key.substr(open_prefix.size()))] = *open;
    }
  } else if (key.starts_with(split_prefix)) {
    if (const auto fraction = number_in(value, 0.0F, 1.0F)) {
      preferences.splits[std::string(key.substr(split_prefix.size()))] = *fraction;
    }
  } else {
    preferences.other[std::string(key)] = std::string(value);
  }
}

}  // namespace

Preferences parse_preferences(std::string_view text) {
  Preferences preferences;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    read_line(preferences, trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return preferences;
}

std::string to_text(const Preferences& preferences) {
  std::string text = "# Deltascope remembers its window here.\n";
  const auto add = [&](std::string_view prefix, std::string_view key, const std::string& value) {
    text.append(prefix).append(key).append(" = ").append(value).append("\n");
  };
  for (const Entry& entry : entries)
    add("", entry.key, entry.write(preferences));
  for (const auto& [name, open] : preferences.open_sections)
    add(open_prefix, name, written(open));
  for (const auto& [name, at] : preferences.splits)
    add(split_prefix, name, written(at));
  for (const auto& [key, value] : preferences.other)
    add("", key, value);
  return text;
}

std::filesystem::path preferences_file() {
  const auto variable = [](const char* name) -> std::filesystem::path {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
  };
  // The XDG specification: a relative path there is invalid and ignored.
  std::filesystem::path folder = variable("XDG_CONFIG_HOME");
  if (!folder.is_absolute()) {
    const std::filesystem::path home = variable("HOME");
    if (!home.is_absolute()) return {};
    folder = home / ".config";
  }
  return folder / "deltascope" / "preferences";
}

}  // namespace deltascope::ui
