#include "script.hpp"

#include "fault.hpp"
#include "script_commands.hpp"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>

namespace deltascope::gui {
namespace {

// A control that has not appeared by then will not; a slow machine trains 60 steps in far less.
constexpr double retry_seconds = 10.0;
constexpr double longest_line_seconds = 300.0;
constexpr double usual_look_again_seconds = 0.1;

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream in(line);
  while ((in >> std::ws) && in.peek() != '#') {
    std::string word;
    if (!(in >> std::quoted(word))) break;
    words.push_back(word);
  }
  return words;
}

}  // namespace

Script::Script(const std::filesystem::path& file) : file_(file) {
  std::ifstream in(file);
  if (!in) throw Fault(ExitCode::script, "cannot read the script " + file.string());
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    Line line{.number = number, .words = words_of(text)};
    if (line.words.empty()) continue;
    const auto rows = script_commands();
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const Row& r) { return r.name == line.words.front(); });
    if (row == rows.end()) {
      throw Fault(ExitCode::script, where(line) + "unknown command " + line.words.front());
    }
    line.words.erase(line.words.begin());
    if (line.words.size() < row->least_words || line.words.size() > row->most_words) {
      throw Fault(ExitCode::script, where(line) + "usage: " + std::string(row->usage));
    }
    line.row = &*row;
    lines_.push_back(std::move(line));
  }
}

std::string Script::where(const Line& line) const {
  return file_.string() + ":" + std::to_string(line.number) + ": ";
}

Script::Turn Script::advance(Stage& stage, double now_seconds) {
  if (at_ == lines_.size()) {
    stage.quit();
    return {};
  }
  const Line& line = lines_[at_];
  if (!line_began_) line_began_ = now_seconds;
  const double seconds = now_seconds - *line_began_;
  double look_again_seconds = usual_look_again_seconds;
  const Moment moment{line.words,         stage,         phase_,          seconds,
                      look_again_seconds, cpu_at_start_, frames_at_start_};
  Answer answer = Answer::done;
  try {
    answer = line.row->act(moment);
  } catch (const Fault& fault) {
    throw Fault(fault.code(), where(line) + fault.what());
  }
  if (answer == Answer::retry && seconds > retry_seconds) {
    throw Fault(ExitCode::script,
                where(line) + "nothing named " + line.words.front() + " appeared in the window");
  }
  if (answer != Answer::done && seconds > longest_line_seconds) {
    throw Fault(ExitCode::script, where(line) + "took longer than five minutes");
  }
  if (answer == Answer::wait) return {.wait_seconds = look_again_seconds};
  if (answer == Answer::next || answer == Answer::next_unseen) ++phase_;
  if (answer == Answer::next_unseen) return {};
  if (answer == Answer::done) {
    ++at_;
    phase_ = 0;
    line_began_.reset();
  }
  return {.draw = true};
}

}  // namespace deltascope::gui
