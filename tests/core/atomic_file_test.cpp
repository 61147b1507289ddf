#include "support/run_program.hpp"

#include <deltascope/atomic_file.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>

namespace deltascope::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::string refusal(const fs::path& file) {
  Problems problems;
  EXPECT_FALSE(write_atomically(file, "new", problems)) << file;
  EXPECT_EQ(problems.size(), 1U);
  const std::string refused = problems.empty() ? "" : problems.front().text();
  // Who asks beforehand hears the same.
  Problems asked;
  EXPECT_FALSE(can_write(file, asked)) << file;
  EXPECT_EQ(asked.empty() ? "" : asked.front().text(), refused);
  return refused;
}

TEST(AtomicFile, WritesAndReplaces) {
  const TemporaryFolder folder;
  Problems problems;
  EXPECT_TRUE(write_atomically(folder / "a", "first", problems));
  EXPECT_EQ(read_file(folder / "a"), "first");
  EXPECT_TRUE(write_atomically(folder / "a", std::string(300'000, 'x'), problems));
  EXPECT_EQ(read_file(folder / "a").size(), 300'000U);
  EXPECT_EQ(entries(folder.path()), 1U);
  EXPECT_TRUE(problems.empty());
}

TEST(AtomicFile, AskingLeavesEverythingAsItWas) {
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  Problems problems;
  EXPECT_TRUE(can_write(folder / "a", problems));
  EXPECT_TRUE(can_write(folder / "b", problems));
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(AtomicFile, ReplacesByRenaming) {
  // Whoever has the old file open goes on reading the old content.
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  fs::create_hard_link(folder / "a", folder / "still old");
  Problems problems;
  ASSERT_TRUE(write_atomically(folder / "a", "new", problems));
  EXPECT_EQ(read_file(folder / "still old"), "old");
}

TEST(AtomicFile, KeepsPermissionsAndLinks) {
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  fs::permissions(folder / "a", fs::perms(0640));
  fs::create_symlink("a", folder / "link");
  Problems problems;
  ASSERT_TRUE(write_atomically(folder / "link", "new", problems));
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "a"), "new");
  EXPECT_EQ(fs::status(folder / "a").permissions(), fs::perms(0640));
}

TEST(AtomicFile, NamesTheFileAndTheReason) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(folder / "none/a"), HasSubstr("No such file or directory"));
  EXPECT_THAT(refusal(folder / "none/a"), HasSubstr((folder / "none/a").string()));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("is a folder"));
  EXPECT_THAT(refusal("/dev/null"), HasSubstr("not a regular file"));
  fs::create_symlink("nowhere", folder / "dangling");
  EXPECT_THAT(refusal(folder / "dangling"), HasSubstr("cannot follow the link"));
}

// Runs `body` in a child process; true if it returned true there.
bool in_child(const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body() ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(AtomicFile, LeavesAReadOnlyFolderAlone) {
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  fs::permissions(folder.path(), fs::perms(0555));
  fs::permissions(folder / "a", fs::perms(0666));
  const bool refused = in_child([&] {
    constexpr uid_t nobody = 65534;  // root may write anywhere
    if (::geteuid() == 0 && ::setuid(nobody) != 0) return false;
    Problems problems;
    return !write_atomically(folder / "a", "new", problems) && problems.size() == 1 &&
           problems[0].text().find("cannot write into the folder") != std::string::npos;
  });
  fs::permissions(folder.path(), fs::perms(0700));
  EXPECT_TRUE(refused);
  EXPECT_EQ(read_file(folder / "a"), "old");
}

TEST(AtomicFile, AFullDiskLeavesTheOldFileAndNoOther) {
  const TemporaryFolder folder;
  write_file(folder / "a", "old");
  const bool refused = in_child([&] {
    // A limit on the file size fails in the middle of writing, as a full disk does.
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);
    Problems problems;
    return !write_atomically(folder / "a", std::string(100'000, 'x'), problems) &&
           problems.size() == 1 && problems[0].text().find("too large") != std::string::npos;
  });
  EXPECT_TRUE(refused);
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

}  // namespace
}  // namespace deltascope::test
