#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

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

/// The picture `name` as SVG, after 30 steps of `document` (or the built-in network) with `flags`.
std::string picture(const std::string& name, const std::vector<std::string>& flags,
                    const std::string& document = "") {
  const TemporaryFolder folder;
  std::vector<std::string> arguments{"render",   "--steps", "30",     "--out-dir", folder.path(),
                                     "--format", "svg",     "--only", name};
  if (!document.empty()) arguments.emplace_back("-");
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const ProgramResult result = run(arguments, document);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return read_file(folder / (name + ".svg"));
}

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  return names;
}

TEST(CliRender, DrawsOnlyWhatIsWanted) {
  const TemporaryFolder folder;
  const std::vector<std::string> start{"render", "--steps", "3", "--out-dir"};
  const auto files = [&](const std::string& where, const std::vector<std::string>& flags) {
    std::vector<std::string> arguments = start;
    arguments.push_back(folder / where);
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const ProgramResult result = run(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return files_in(folder / where);
  };
  EXPECT_THAT(files("a", {"--only", "loss"}), UnorderedElementsAre("loss.png"));
  EXPECT_THAT(files("b", {"--only", "loss,delta"}), UnorderedElementsAre("loss.png", "delta.png"));
  EXPECT_THAT(files("c", {"--only", "loss", "--only", "delta"}),
              UnorderedElementsAre("loss.png", "delta.png"));
  expect_refused(run({"render", "--steps", "3", "--out-dir", folder / "d", "--only", "los"}),
                 "delta-history");
}

TEST(CliRender, EachFlagOfTheLookHasAnEffect) {
  const std::string loss = picture("loss", {});
  for (const std::vector<std::string>& flags : {std::vector<std::string>{"--linear-steps"},
                                                {"--linear-cost"},
                                                {"--paper-scale"},
                                                {"--against", "gradient_evaluations"},
                                                {"--against", "seconds"}}) {
    EXPECT_NE(picture("loss", flags), loss) << flags.front();
  }
  for (const char* habit : {"--log-steps", "--log-cost", "--cost-scale"})
    EXPECT_EQ(picture("loss", {habit}), loss) << habit;
  EXPECT_EQ(picture("loss", {"--against", "steps"}), loss);
  const std::string boundary = picture("boundary", {});
  EXPECT_NE(picture("boundary", {"--shading", "hard"}), boundary);
  EXPECT_EQ(picture("boundary", {"--shading", "smooth"}), boundary);
  EXPECT_NE(picture("boundary", {"--size", "300x300"}), boundary);
}

TEST(CliRender, ANotationNamesWhatIsDrawn) {
  const std::string viewed = ox_text("{}", R"(, "view": {"notation": "ng"})");
  for (const char* name : {"network", "loss", "delta-history", "delta"}) {
    const std::string usual = picture(name, {});
    const std::string ng = picture(name, {"--notation", "ng"}, ox_text("{}"));
    EXPECT_NE(ng, usual) << name;
    EXPECT_EQ(picture(name, {}, viewed), ng) << name;
    EXPECT_EQ(picture(name, {"--notation", "higham"}), usual) << name;
  }
  const TemporaryFolder folder;
  expect_refused(run({"render", "--steps", "3", "--out-dir", folder.path(), "--notation", "euler"}),
                 "ufldl");
  expect_refused(run({"render", "-", "--steps", "3", "--out-dir", folder.path()},
                     ox_text("{}", R"(, "view": {"notation": "nq"})")),
                 "view.notation: \"nq\" is not known; did you mean \"ng\"?");
}

TEST(CliRender, TheDocumentsViewDecidesWhatFlagsLeaveOpen) {
  const std::string plain = ox_text("{}");
  const std::string viewed =
      ox_text("{}", R"(, "view": {"log_steps": false, "log_cost": false, "paper_scale": true,
                              "hard_shading": true, "against": "gradient_evaluations"})");
  EXPECT_EQ(picture("loss", {}, viewed),
            picture("loss",
                    {"--linear-steps", "--linear-cost", "--paper-scale", "--against",
                     "gradient_evaluations"},
                    plain));
  EXPECT_EQ(
      picture("loss", {"--log-steps", "--log-cost", "--cost-scale", "--against", "steps"}, viewed),
      picture("loss", {}, plain));
  EXPECT_EQ(picture("boundary", {}, viewed),
            picture("boundary", {"--shading", "hard", "--paper-scale"}, plain));
  EXPECT_EQ(picture("boundary", {"--shading", "smooth", "--cost-scale"}, viewed),
            picture("boundary", {}, plain));
}

TEST(CliRender, NamesTheScaleUnderOtherPicturesToo) {
  EXPECT_NE(picture("boundary", {"--paper-scale"}), picture("boundary", {"--cost-scale"}));
}

TEST(CliRender, DrawsBatchesUnlessEachIsAllPoints) {
  // The same ten points in the same order, and the same steps.
  const std::vector<std::string> batches{"--batch", "10", "--sampling", "in_order"};
  std::vector<std::string> on_paper_scale = batches;
  on_paper_scale.emplace_back("--paper-scale");
  EXPECT_EQ(picture("boundary", batches), picture("boundary", {"--batch", "all"}));
  EXPECT_NE(picture("loss", batches), picture("loss", {"--batch", "all"}));
  EXPECT_EQ(picture("loss", on_paper_scale), picture("loss", {"--batch", "all", "--paper-scale"}));
}

TEST(CliRender, HasTwoPixelsForEachUnitOfTheSize) {
  const TemporaryFolder folder;
  ASSERT_EQ(
      run({"render", "--steps", "3", "--out-dir", folder.path(), "--size", "333x250"}).exit_code,
      0);
  for (const char* name : {"boundary", "network", "loss", "delta-history", "delta"}) {
    const std::string file = std::string(name) + ".png";
    EXPECT_EQ(png_size(read_file(folder / file)), std::pair(666, 500)) << name;
  }
}

TEST(CliRender, RefusesALookThatMakesNoSense) {
  const TemporaryFolder folder;
  const auto refuse = [&](const std::vector<std::string>& flags, const std::string& what) {
    std::vector<std::string> arguments{"render", "--steps", "3", "--out-dir", folder / "x"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    expect_refused(run(arguments), what);
  };
  refuse({"--theme", "pink"}, "pink");
  refuse({"--format", "gif"}, "gif");
  refuse({"--shading", "soft"}, "soft");
  refuse({"--against", "money"}, "gradient_evaluations");
  refuse({"--log-steps", "--linear-steps"}, "excludes");
  refuse({"--paper-scale", "--cost-scale"}, "excludes");
  for (const char* size : {"300", "x300", "300x", "300x300x300", "100x300", "300x9000", "-3x300",
                           "1e3x300", "99999999999x300"})
    refuse({"--size", size}, "--size: must be WIDTHxHEIGHT");
  expect_refused(run({"render", "-", "--steps", "3", "--out-dir", folder / "x", "--paper-scale"},
                     R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"],
                         "loss": "bce", "dataset": {"name": "xor"}, "init": {"scheme": "zeros"}})"),
                 "--paper-scale: is for the quadratic loss; the loss here is bce");
  EXPECT_THAT(files_in(folder.path()), UnorderedElementsAre());
}

TEST(CliRender, AsksBeforehandWhetherFilesCanBeWritten) {
  const TemporaryFolder folder;
  // So many steps would take days: the refusal must come first.
  const auto to = [&](const std::string& where) {
    return run({"render", "--steps", "1000000000000", "--out-dir", where});
  };
  write_file(folder / "file", "");
  expect_refused(to(folder / "file"), "file: cannot be made a folder");
  expect_refused(to("/proc"), "/proc/boundary.png: cannot write into the folder /proc");
  std::filesystem::create_directories(folder / "pictures/loss.png");
  expect_refused(to(folder / "pictures"), "loss.png: is a folder");
  EXPECT_THAT(files_in(folder / "pictures"), UnorderedElementsAre("loss.png"));
}

TEST(CliRender, OfARunThatDivergesDrawsWhatThereIs) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run({"render", "-", "--steps", "100", "--out-dir", folder.path()}, diverging_text);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("finite"));
  EXPECT_EQ(files_in(folder.path()).size(), 5U);
}

}  // namespace
}  // namespace deltascope::test
