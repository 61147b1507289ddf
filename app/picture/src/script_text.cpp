#include <deltascope/picture/script_text.hpp>

#include <algorithm>
#include <vector>

namespace deltascope::picture {

namespace {

enum class Level { base, raised, lowered };

struct Part {
  std::string_view text;
  Level level = Level::base;
  float x = 0;
};

struct ScriptLine {
  std::vector<Part> parts;
  Size size;
};

std::size_t utf8_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return length;
}

/// Where the bracket at the front is closed; braces in braces count.
std::size_t closing(std::string_view text, char open, char close) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i;
  }
  return std::string_view::npos;
}

/// Takes what follows ^ or _ off the front of `rest`.
std::string_view take_script(std::string_view& rest) {
  if (rest.empty()) return {};
  const bool braced = rest.front() == '{';
  const std::size_t end = braced ? closing(rest, '{', '}') : closing(rest, '[', ']');
  if ((braced || rest.front() == '[') && end != std::string_view::npos) {
    const std::string_view part = braced ? rest.substr(1, end - 1) : rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    return part;
  }
  const std::string_view part = rest.substr(0, utf8_length(rest));
  rest.remove_prefix(part.size());
  return part;
}

ScriptLine lay_out(Canvas& canvas, std::string_view rest, Font font) {
  ScriptLine line;
  line.size = {0, canvas.measure("x", font).height};
  float script_start = 0;
  Level before = Level::base;
  while (!rest.empty()) {
    Part part;
    if (rest.front() == '^' || rest.front() == '_') {
      part.level = rest.front() == '^' ? Level::raised : Level::lowered;
      rest.remove_prefix(1);
      part.text = take_script(rest);
      const bool stacked = before != Level::base && before != part.level;
      if (!stacked) script_start = line.size.width;
      part.x = script_start;
      const float end = part.x + canvas.measure(part.text, Font::script).width;
      line.size.width = std::max(line.size.width, end);
    } else {
      part.text = rest.substr(0, rest.find_first_of("^_"));
      rest.remove_prefix(part.text.size());
      part.x = line.size.width;
      line.size.width += canvas.measure(part.text, font).width;
    }
    before = part.level;
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
    if (part.level == Level::base) {
      canvas.text({x + part.x, y}, part.text, font, color);
      continue;
    }
    const float rise = 0.3F * line.size.height;
    const float top =
        part.level == Level::raised ? y - rise : y + line.size.height - script_height + rise;
    canvas.text({x + part.x, top}, part.text, Font::script, color);
  }
}

}  // namespace deltascope::picture
