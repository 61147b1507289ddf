#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <string>
#include <utility>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;

/// Width and height from the header of a PNG; zeros if it is none.
std::pair<int, int> png_size(const std::string& bytes) {
  if (bytes.size() < 24 || bytes.compare(1, 3, "PNG") != 0) return {0, 0};
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
      value = value * 256 + static_cast<unsigned char>(bytes[i]);
    return value;
  };
  return {number(16), number(20)};
}

TEST(CliRender, WritesEveryPictureItLists) {
  const TemporaryFolder folder;
  for (const std::string format : {"png", "svg"}) {
    const ProgramResult result = run(
        {"render", "--steps", "2000", "--out-dir", folder / "new/pictures", "--format", format});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* name : {"boundary", "network", "loss", "delta-history", "delta"}) {
      const std::string file = folder / "new/pictures" / (std::string(name) + "." + format);
      EXPECT_THAT(result.out, HasSubstr(file + "\n"));
      const std::string content = read_file(file);
      if (format == "png") {
        EXPECT_GT(png_size(content).first, 400) << name;
        EXPECT_GT(png_size(content).second, 200) << name;
        EXPECT_GT(content.size(), 5000U) << name << " seems to be empty";
      } else {
        EXPECT_THAT(content, HasSubstr("<svg")) << name;
      }
    }
  }
}

TEST(CliRender, ThemesDiffer) {
  const TemporaryFolder folder;
  for (const std::string theme : {"dark", "light"}) {
    ASSERT_EQ(
        run({"render", "--steps", "10", "--out-dir", folder / theme, "--theme", theme}).exit_code,
        0);
  }
  EXPECT_NE(read_file(folder / "dark/boundary.png"), read_file(folder / "light/boundary.png"));
}

TEST(CliRender, DrawsNetworksWithoutAPlane) {
  const TemporaryFolder folder;
  for (const OracleCase& oracle : oracle_cases()) {
    if (oracle.sizes.front() == 2 || oracle.sizes.size() > 4) continue;
    const ProgramResult result =
        run({"render", "-", "--steps", "3", "--out-dir", folder.path()}, document_text(oracle));
    EXPECT_EQ(result.exit_code, 0) << oracle.id << ": " << result.err;
  }
}

TEST(CliRender, SaysWhereItCannotWrite) {
  const TemporaryFolder folder;
  write_file(folder / "file", "");
  expect_refused(run({"render", "--steps", "1", "--out-dir", folder / "file"}), "file: cannot be");
  expect_refused(run({"render", "--steps", "1", "--out-dir", folder / "x", "--theme", "pink"}),
                 "pink");
}

}  // namespace
}  // namespace deltascope::test
