// The program as a person starts it: exit codes, sentences, pictures of the real window.

#include "picture_file.hpp"
#include "program_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace deltascope::test {
namespace {

using testing::HasSubstr;

auto lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

// The value that a script's report printed behind `name`.
double reported(const ProgramRun& run, const std::string& name) {
  const std::size_t at = run.output.find(name + " ");
  return at == std::string::npos ? -1.0 : std::atof(run.output.c_str() + at + name.size() + 1);
}

TEST(Window, TrainsAndShowsIt) {
  const Folder folder;
  const auto script = folder.put("script", "screenshot " + (folder / "before.png").string() +
                                               "\n"
                                               "press Train\n"
                                               "wait-steps 60\n"
                                               "press Train   # now it pauses\n"
                                               "report-step\n"
                                               "screenshot " +
                                               (folder / "after.png").string() + "\n");
  const ProgramRun run = run_on_display("", "--size 1200x800 --script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.errors, "");
  EXPECT_GE(reported(run, "step"), 60);

  const PictureFile before = read_picture(folder / "before.png");
  const PictureFile after = read_picture(folder / "after.png");
  for (const PictureFile& picture : {before, after}) {
    EXPECT_EQ(picture.width, 1200);
    EXPECT_EQ(picture.height, 800);
    EXPECT_GT(picture.colors(), 100U);
    EXPECT_LT(picture.largest_share(), 0.9);
  }
  EXPECT_NE(before.pixels, after.pixels);
}

TEST(Window, AClickIntoThePlanePlacesAPoint) {
  const Folder folder;
  const auto script = folder.put("script",
                                 "report-points\n"
                                 "click-plane 0.85 0.85\n"
                                 "wait-seconds 0.2\n"
                                 "report-points\n");
  const ProgramRun run = run_on_display("", "--script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.output, "points 10\npoints 11\n");
}

TEST(Window, DrawsNoFrameWhilePaused) {
  const Folder folder;
  const auto script = folder.put("script", "wait-seconds 1\nreport-load 2\n");
  const ProgramRun run = run_on_display("", "--script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(reported(run, "frames"), 0) << run.output;
}

// Of this very colour in the upper right quarter, where the plane is.
auto pixels_of_plane(const PictureFile& picture, std::uint32_t color) {
  std::ptrdiff_t count = 0;
  for (int y = 0; y < picture.height / 2; ++y) {
    const auto row = picture.pixels.begin() + static_cast<std::ptrdiff_t>(y) * picture.width;
    count += std::count(row + picture.width * 2 / 3, row + picture.width, color);
  }
  return count;
}

// The shaders are compiled and run nowhere else.
TEST(Window, DrawsMarkers) {
  constexpr std::uint32_t blue = 0x3F9BE8, orange = 0xF39A2B;
  const Folder folder;
  const auto with = folder / "with.png", without = folder / "without.png";
  const auto script = folder.put("script", "screenshot " + with.string() +
                                               "\n"
                                               "press \"Clear points\"\n"
                                               "wait-seconds 0.5\n"
                                               "screenshot " +
                                               without.string() + "\n");
  const ProgramRun run =
      run_on_display("", "--size 1280x800 --theme dark --script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  for (const std::uint32_t color : {blue, orange}) {
    EXPECT_GT(pixels_of_plane(read_picture(with), color),
              pixels_of_plane(read_picture(without), color) + 200);
  }
}

TEST(Window, OpensAPresetAndPlaysItsVariantsOn) {
  const Folder folder;
  const auto script = folder.put("script",
                                 "wait-seconds 0.5\n"
                                 "press \"Variant: too small: η = 0.05\"\n"
                                 "press Train\n"
                                 "wait-steps 10\n"
                                 "press \"Variant: right: η = 5\"\n"
                                 "wait-seconds 0.5\n"
                                 "wait-steps 60\n");
  const ProgramRun run = run_on_display(
      "", "--preset rates --variant 'too large: η = 200' --script " + script.string());
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.errors, "");
}

TEST(Window, APresetIsChosenFromTheList) {
  const Folder folder;
  const auto script = folder.put("script",
                                 "report-points\n"
                                 "press Presets\n"
                                 "press \"preset: O/X as in the paper, with the eleventh point\"\n"
                                 "key enter\n"
                                 "wait-seconds 0.5\n"
                                 "report-points\n");
  const ProgramRun run = run_on_display("", "--script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_EQ(run.output, "points 10\npoints 11\n");
}

TEST(Window, SavesWhileItTrains) {
  const Folder folder;
  const auto script = folder.put("script",
                                 "press Train\n"
                                 "wait-steps 20\n"
                                 "key ctrl+s\n"
                                 "wait-seconds 0.3\n"
                                 "type " +
                                     (folder / "run.json").string() +
                                     "\n"
                                     "press \"Accept file\"\n"
                                     "wait-seconds 0.5\n");
  const ProgramRun run = run_on_display("", "--script " + script.string());
  ASSERT_EQ(run.exit_code, 0) << run.errors;
  const std::string saved = content_of(folder / "run.json");
  EXPECT_THAT(saved, HasSubstr("\"recording\""));
  EXPECT_THAT(saved, HasSubstr("\"view\""));
}

TEST(Window, AnExercisesAnswersAreSavedAndOpenedAgain) {
  const Folder folder;
  const std::string file = (folder / "mine.json").string();
  const auto answers = folder.put("answers",
                                  "wait-seconds 0.5\n"
                                  "press Learner\n"
                                  "type Ada\n"
                                  "key enter\n"
                                  "key o\n"
                                  "type -0.689\n"
                                  "key enter\n"
                                  "hover Mark\n"
                                  "press \"Save answers\"\n"
                                  "wait-seconds 0.3\n"
                                  "type " +
                                      file +
                                      "\n"
                                      "press \"Accept file\"\n"
                                      "wait-seconds 0.5\n");
  const ProgramRun first =
      run_on_display("", "--preset exercise-testnet --script " + answers.string());
  ASSERT_EQ(first.exit_code, 0) << first.errors;
  EXPECT_THAT(content_of(file), HasSubstr("\"-0.689\""));
  EXPECT_THAT(content_of(file), HasSubstr("\"Ada\""));
  const auto more = folder.put("more",
                               "wait-seconds 0.5\n"
                               "key o\n"  // to the second cell: the first one is found
                               "type 0.689\n"
                               "key enter\n"
                               "hover Mark\n"
                               "press \"Save answers\"\n"
                               "wait-seconds 0.5\n");
  const ProgramRun second = run_on_display("", "--script " + more.string() + " " + file);
  ASSERT_EQ(second.exit_code, 0) << second.errors;
  const std::string saved = content_of(file);
  EXPECT_THAT(saved, HasSubstr("\"Ada\""));
  EXPECT_LT(saved.find("\"-0.689\""), saved.find("\"0.689\""));
  EXPECT_NE(saved.find("\"0.689\""), std::string::npos);
}

TEST(Window, ABrokenDocumentLeavesTheSessionRunning) {
  const Folder folder;
  const auto document = folder.put("broken.json", R"({"deltascope": 1, "sizes": [2]})");
  const auto script = folder.put("script", "wait-seconds 0.3\npress Train\nwait-steps 5\n");
  const ProgramRun run = run_on_display("", document.string() + " --script " + script.string());
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  EXPECT_THAT(run.errors, HasSubstr("broken.json"));
  EXPECT_THAT(run.errors, HasSubstr("sizes"));
}

TEST(Window, AScriptThatFailsSaysWhere) {
  const Folder folder;
  const auto script = folder.put("script", "wait-seconds 0\nkey nonsense\n");
  const ProgramRun run = run_on_display("", "--script " + script.string());
  EXPECT_EQ(run.exit_code, 6);
  EXPECT_THAT(run.errors, HasSubstr("script:2: "));
  EXPECT_THAT(run.errors, HasSubstr("nonsense"));
}

TEST(Window, NoDisplayIsOneSentence) {
  const ProgramRun run = run_without_display("");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.errors, HasSubstr("no display"));
  EXPECT_THAT(run.errors, HasSubstr("deltascope-cli render"));
  EXPECT_EQ(lines_of(run.errors), 1) << run.errors;
}

TEST(Window, AnOldOpenGlIsOneSentence) {
  const ProgramRun run = run_on_display("MESA_GL_VERSION_OVERRIDE=2.1", "");
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.errors, HasSubstr("OpenGL 3.3 is needed"));
  EXPECT_THAT(run.errors, HasSubstr("2.1"));
  EXPECT_THAT(run.errors, HasSubstr("libgl1-mesa-dri"));
  EXPECT_EQ(lines_of(run.errors), 1) << run.errors;
}

TEST(Window, NoFontsIsOneSentence) {
  const Folder folder;
  const auto fonts =
      folder.put("fonts.conf", "<?xml version=\"1.0\"?>\n<fontconfig><cachedir>" +
                                   (folder / "cache").string() + "</cachedir></fontconfig>\n");
  const ProgramRun run = run_on_display("FONTCONFIG_FILE=" + fonts.string(), "");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.errors, HasSubstr("fonts-dejavu-core"));
  EXPECT_EQ(lines_of(run.errors), 1) << run.errors;
}

TEST(Window, HelpAndVersionNeedNoDisplay) {
  const ProgramRun version = run_without_display("--version");
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_THAT(version.output, testing::StartsWith("deltascope "));
  const ProgramRun help = run_without_display("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.output, HasSubstr("--theme"));
}

TEST(Window, WrongArgumentsAreOneSentence) {
  for (const std::string arguments :
       {"--size 10x10", "--zoom 900", "--theme pink", "--nonsense", "--preset oxx", "--preset ''",
        "--preset ox file.json", "--variant small", "--preset rates --variant none",
        "/nowhere.json --variant small"}) {
    const ProgramRun run = run_without_display(arguments);
    EXPECT_EQ(run.exit_code, 2) << arguments;
    EXPECT_EQ(lines_of(run.errors), 1) << run.errors;
  }
}

}  // namespace
}  // namespace deltascope::test
