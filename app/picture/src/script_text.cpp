#include <deltascope/picture/script_text.hpp>
#include <deltascope/walk/script_parts.hpp>

#include <algorithm>
#include <vector>

namespace deltascope::picture {

namespace {

using walk::ScriptLevel;

struct Part {
  walk::ScriptPart script;
  float x = 0;
};

struct ScriptLine {
  std::vector<Part> parts;
  Size size;
};

ScriptLine lay_out(Canvas& canvas, std::string_view text, Font font) {
  ScriptLine line;
  line.size = {0, canvas.measure("x", font).height};
  float script_start = 0;
  ScriptLevel before = ScriptLevel::base;
  for (const walk::ScriptPart& script : walk::script_parts(text)) {
    Part part{script, line.size.width};
    if (script.level == ScriptLevel::base) {
      line.size.width += canvas.measure(script.text, font).width;
    } else {
      const bool stacked = before != ScriptLevel::base && before != script.level;
      if (!stacked) script_start = line.size.width;
      part.x = script_start;
      const float end = part.x + canvas.measure(script.text, Font::script).width;
      line.size.width = std::max(line.size.width, end);
    }
    before = script.level;
    line.parts.push_back(part);
  }
  return line;
}

}  // namespace

Size measure_script(Canvas& canvas, std::string_view utf8, Font font) {
  return lay_out(canvas, utf8, font).size;
}

void draw_script(Canvas& canvas, Point anchor, std::string_view utf8, Font font, Color color,
                 AlignX align_x, AlignY align_y) {
  const ScriptLine line = lay_out(canvas, utf8, font);
  const float half = 0.5F;
  float x = anchor.x;
  if (align_x != AlignX::left) x -= line.size.width * (align_x == AlignX::center ? half : 1.0F);
  float y = anchor.y;
  if (align_y != AlignY::top) y -= line.size.height * (align_y == AlignY::middle ? half : 1.0F);
  const float script_height = canvas.measure("x", Font::script).height;
  for (const Part& part : line.parts) {
    if (part.script.level == ScriptLevel::base) {
      canvas.text({x + part.x, y}, part.script.text, font, color);
      continue;
    }
    const float rise = 0.3F * line.size.height;
    const float top = part.script.level == ScriptLevel::raised
                          ? y - rise
                          : y + line.size.height - script_height + rise;
    canvas.text({x + part.x, top}, part.script.text, Font::script, color);
  }
}

}  // namespace deltascope::picture
