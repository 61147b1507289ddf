// docs/exercises.md: its commands do what it says, and its tables are those of the program.
#include "docs/pages.hpp"

#include <deltascope/exercise.hpp>
#include <deltascope/lesson/marking.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace deltascope {
namespace {

namespace fs = std::filesystem;
using deltascope::testing::all;
using deltascope::testing::project;
using deltascope::testing::read;
using ::testing::Contains;
using ::testing::HasSubstr;

const fs::path page_file = project / "docs" / "exercises.md";

/// What learners hand in: the exercises as they are, each under its own name.
void hand_in(const fs::path& key, const fs::path& folder) {
  fs::create_directories(folder);
  if (fs::is_directory(key)) {
    fs::copy(key, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  } else {
    fs::copy_file(key, folder / "ada.json", fs::copy_options::overwrite_existing);
  }
}

TEST(ExercisesPage, HasCommandsThatWork) {
  const fs::path folder = fs::path(::testing::TempDir()) / "deltascope-exercises";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::vector<std::string> commands = all(read(page_file), R"(\n(deltascope-cli [^\n]+))");
  ASSERT_GE(commands.size(), 6U);
  const std::string program = DELTASCOPE_CLI;
  for (const std::string& command : commands) {
    SCOPED_TRACE(command);
    std::istringstream words(command);
    std::string name, verb, handed_in, flag, key;
    words >> name >> verb >> handed_in >> flag >> key;
    if (verb == "mark") hand_in(folder / key, folder / handed_in);
    const std::string line =
        "cd '" + folder.string() + "' && '" + program + "'" + command.substr(name.size());
    const int status = std::system(line.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  EXPECT_THAT(read(folder / "marks.csv"), HasSubstr("\r\nada.json,,0,17,0.0,0,17,"));
  EXPECT_TRUE(fs::exists(folder / "class" / "testnet-seed-30.json"));
  const std::string marks = read(folder / "class-marks.csv");
  EXPECT_EQ(std::count(marks.begin(), marks.end(), '\n'), 31);
  fs::remove_all(folder);
}

TEST(ExercisesPage, ListsEveryLockAndMark) {
  const std::string page = read(page_file);
  const std::vector<std::string> rows = all(page, R"(\n\| `([a-z_]+)` \|)");
  for (const Lock& lock : locks())
    EXPECT_THAT(rows, Contains(std::string(lock.name)));
  for (const lesson::Mark& mark : lesson::marks()) {
    const std::string points = mark.points == 0.5 ? "½" : mark.points == 1.0 ? "1" : "0";
    EXPECT_THAT(page, HasSubstr("\n| `" + std::string(mark.name) + "` | " + points + " |"));
  }
  for (const CellKind& kind : cell_kinds())
    EXPECT_THAT(page, HasSubstr("`" + std::string(kind.name) + "`"));
}

}  // namespace
}  // namespace deltascope
