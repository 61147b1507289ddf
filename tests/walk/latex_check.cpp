#include "walk/latex_check.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace deltascope::test {
namespace {

/// Commands and how many braced arguments they need.
using Commands = std::map<std::string, int, std::less<>>;

const Commands& math_commands() {
  static const Commands commands = [] {
    Commands table{{"frac", 2},   {"tfrac", 2},  {"underset", 2},  {"hat", 1},
                   {"bar", 1},    {"sqrt", 1},   {"mathrm", 1},    {"mathbf", 1},
                   {"hspace", 1}, {"fitted", 1}, {"boldsymbol", 1}};
    for (const char* name : {"alpha",      "beta",      "gamma",  "delta",     "varepsilon",
                             "eta",        "theta",     "kappa",  "lambda",    "mu",
                             "nu",         "pi",        "rho",    "sigma",     "tau",
                             "varphi",     "chi",       "psi",    "omega",     "Gamma",
                             "Delta",      "Theta",     "Lambda", "Pi",        "Sigma",
                             "Phi",        "Psi",       "Omega",  "pm",        "cdot",
                             "times",      "circ",      "odot",   "bullet",    "ast",
                             "approx",     "neq",       "leq",    "geq",       "ll",
                             "gg",         "in",        "to",     "leftarrow", "leftrightarrow",
                             "Rightarrow", "partial",   "nabla",  "infty",     "Vert",
                             "vert",       "lbrace",    "rbrace", "surd",      "ldots",
                             "cdots",      "top",       "sum",    "quad",      "displaystyle",
                             "qquad",      "backslash", "wedge",  "sim",       "{",
                             "}",          "%",         "#",      "&",         "_",
                             "$",          " ",         ",",      ";"}) {
      table.emplace(name, 0);
    }
    return table;
  }();
  return commands;
}

const Commands& text_commands() {
  static const Commands commands{{"section*", 1},
                                 {"subsection*", 1},
                                 {"fitted", 1},
                                 {"item", 0},
                                 {"newline", 0},
                                 {"textbackslash", 0},
                                 {"textasciicircum", 0},
                                 {"textasciitilde", 0},
                                 {"ldots", 0},
                                 {"'", 0},
                                 {",", 0},
                                 {"{", 0},
                                 {"}", 0},
                                 {"%", 0},
                                 {"#", 0},
                                 {"&", 0},
                                 {"_", 0},
                                 {"$", 0}};
  return commands;
}

const std::set<std::string, std::less<>> text_environments{"document", "itemize"};
constexpr int most_matrix_columns = 10;

/// Something that was opened and waits for its other half.
struct Open {
  char kind;         // { group, e environment, l \left, $ and [ formulas
  std::string name;  // of the environment
  bool math = false;
  int arguments_to_come = 0;  // groups that must follow this one
  int columns = 0;            // of a matrix's row so far
  int most_columns = 0;
  // What the last nucleus carries already.
  bool has_upper = false, has_lower = false;
};

class Checker {
 public:
  Checker(std::string_view text, bool math) : text_(text) { open_.push_back({'^', "", math}); }

  std::string run() {
    while (at_ < text_.size() && fault_.empty())
      step();
    if (fault_.empty() && open_.size() > 1) fail("is not closed: " + describe(open_.back()));
    if (fault_.empty() && wanted_groups_ > 0) fail("an argument is missing");
    return fault_;
  }

 private:
  static std::string describe(const Open& open) { return std::string(1, open.kind) + open.name; }
  void fail(const std::string& what) {
    const std::size_t from = at_ < 40 ? 0 : at_ - 40;
    fault_ = what + " at \"" + std::string(text_.substr(from, 60)) + "\"";
  }
  Open& top() { return open_.back(); }
  bool math() { return top().math; }
  void nucleus() { top().has_upper = top().has_lower = false; }

  void step() {
    const char c = text_[at_];
    if (static_cast<unsigned char>(c) >= 0x80U) return fail("a letter beyond ASCII");
    if (wanted_groups_ > 0 && c != '{' && c != ' ') return fail("an argument is missing");
    if (wanted_script_ && c != '{') return fail("a script without braces");
    ++at_;
    switch (c) {
      case '\\':
        return command();
      case '{':
        return open_group();
      case '}':
        return close_group();
      case '$':
        return dollar();
      case '^':
      case '_':
        return script(c);
      case '&':
        return column();
      case '%':
        at_ = std::min(text_.find('\n', at_), text_.size());
        return;
      case '#':
        return fail("a raw #");
      case '~':
        return;
      case '\'':
        if (!math()) return;
        if (top().has_upper) return fail("two scripts");
        top().has_upper = true;
        return;
      default:
        if (c == '\n' && math() && at_ < text_.size() && text_[at_] == '\n') {
          return fail("an empty line in mathematics");
        }
        if (std::isspace(static_cast<unsigned char>(c)) == 0) nucleus();
    }
  }

  void open_group() {
    Open group{'{', "", next_group_math_.value_or(math())};
    if (wanted_groups_ > 0) group.arguments_to_come = wanted_groups_ - 1;
    if (!wanted_script_) nucleus();
    next_group_math_.reset();
    wanted_groups_ = 0;
    wanted_script_ = false;
    open_.push_back(group);
  }
  void close_group() {
    if (top().kind != '{') return fail("} closes " + describe(top()));
    wanted_groups_ = top().arguments_to_come;
    open_.pop_back();
  }
  void dollar() {
    if (top().kind == '$') {
      open_.pop_back();
    } else if (math()) {
      fail("$ in mathematics");
    } else {
      open_.push_back({'$', "", true});
    }
  }
  void script(char sign) {
    if (!math()) return fail("a script outside mathematics");
    bool& has = sign == '^' ? top().has_upper : top().has_lower;
    if (has) return fail("two scripts");
    has = true;
    wanted_script_ = true;
  }
  void column() {
    if (top().most_columns == 0) return fail("& outside a matrix");
    if (++top().columns >= top().most_columns) fail("too many columns");
    nucleus();
  }

  std::string name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0)
      ++at_;
    if (at_ == start || (at_ < text_.size() && text_[at_] == '*')) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }
  std::string argument() {
    const std::size_t end = text_.find('}', at_);
    if (at_ >= text_.size() || text_[at_] != '{' || end == std::string_view::npos) {
      fail("a name in braces is missing");
      return "";
    }
    std::string found(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return found;
  }

  void command() {
    const std::string word = name();
    if (word == "begin") return begin();
    if (word == "end") return end();
    if (word == "left" || word == "right") return delimiter(word);
    if (word == "\\") return line();
    if (word == "[") return open_display();
    if (word == "]") {
      if (top().kind != '[') return fail("\\] closes " + describe(top()));
      open_.pop_back();
      return;
    }
    const Commands& known = math() ? math_commands() : text_commands();
    const auto found = known.find(word);
    if (found == known.end()) return fail("no such command: \\" + word);
    nucleus();
    wanted_groups_ = found->second;
    if (word == "hspace") next_group_math_ = false;
    if (word == "fitted") next_group_math_ = true;
  }
  void open_display() {
    if (math()) return fail("\\[ in mathematics");
    open_.push_back({'[', "", true});
  }
  void line() {
    if (!math() || top().most_columns == 0) return fail("a row ends outside a matrix");
    top().columns = 0;
    nucleus();
  }
  void begin() {
    const std::string environment = argument();
    nucleus();
    Open opened{'e', environment, math()};
    if (environment == "bmatrix" && math()) {
      opened.most_columns = most_matrix_columns;
    } else if (environment == "array" && math()) {
      opened.most_columns = array_columns();
    } else if (math() || !text_environments.contains(environment)) {
      return fail("no such environment here: " + environment);
    }
    open_.push_back(opened);
  }
  /// Of the one form that is written: {*{12}{r}}.
  int array_columns() {
    const std::string_view rest = text_.substr(at_);
    const std::size_t end = rest.find("}{r}}");
    if (!rest.starts_with("{*{") || end == std::string_view::npos) {
      fail("columns of an array");
      return 0;
    }
    at_ += end + 5;
    return std::stoi(std::string(rest.substr(3, end - 3)));
  }
  void end() {
    const std::string environment = argument();
    if (top().kind != 'e' || top().name != environment) {
      return fail("\\end{" + environment + "} closes " + describe(top()));
    }
    open_.pop_back();
  }
  void delimiter(const std::string& side) {
    if (!math()) return fail("\\" + side + " outside mathematics");
    std::string fence(text_.substr(at_, 1));
    at_ += fence.size();
    if (fence == "\\") fence += name();
    static const std::set<std::string, std::less<>> fences{
        "(", ")", "[", "]", ".", "\\lbrace", "\\rbrace", "\\Vert", "\\vert"};
    if (!fences.contains(fence)) return fail("no delimiter: " + fence);
    nucleus();
    if (side == "left") {
      open_.push_back({'l', "", true});
    } else if (top().kind != 'l') {
      fail("\\right closes " + describe(top()));
    } else {
      open_.pop_back();
      nucleus();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string fault_;
  std::vector<Open> open_;
  int wanted_groups_ = 0;
  bool wanted_script_ = false;
  std::optional<bool> next_group_math_;
};

}  // namespace

std::string fault_of_latex_formula(std::string_view latex) {
  return Checker(latex, true).run();
}

std::string fault_of_latex_text(std::string_view latex) {
  return Checker(latex, false).run();
}

std::string fault_of_latex_document(std::string_view latex) {
  const std::size_t body = latex.find("\\begin{document}\n");
  if (!latex.starts_with("\\documentclass") || body == std::string_view::npos) {
    return "it begins as no document";
  }
  const std::string_view preamble = latex.substr(0, body);
  if (preamble.find("\\usepackage{amsmath}") == std::string_view::npos) return "amsmath is missing";
  return fault_of_latex_text(latex.substr(body));
}

}  // namespace deltascope::test
