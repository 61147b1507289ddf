#include "latex_letters.hpp"

#include "utf8.hpp"

#include <deltascope/walk/script_parts.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace deltascope::walk {
namespace {

struct Letter {
  std::string_view utf8, latex;
};

constexpr std::array in_mathematics{
    // What is in ASCII and means something else to LaTeX. Markdown would take the backslash off \{
    // and a | for the edge of a table's cell.
    Letter{"\\", R"(\backslash)"}, Letter{"{", R"(\lbrace)"}, Letter{"}", R"(\rbrace)"},
    Letter{"%", R"(\%)"}, Letter{"#", R"(\#)"}, Letter{"&", R"(\&)"}, Letter{"_", R"(\_)"},
    Letter{"$", R"(\$)"}, Letter{"^", R"(\wedge)"}, Letter{"~", R"(\sim)"}, Letter{" ", R"(\ )"},
    Letter{"*", R"(\ast)"},
    // Greek.
    Letter{"α", R"(\alpha)"}, Letter{"β", R"(\beta)"}, Letter{"γ", R"(\gamma)"},
    Letter{"δ", R"(\delta)"}, Letter{"ε", R"(\varepsilon)"}, Letter{"η", R"(\eta)"},
    Letter{"θ", R"(\theta)"}, Letter{"κ", R"(\kappa)"}, Letter{"λ", R"(\lambda)"},
    Letter{"μ", R"(\mu)"}, Letter{"ν", R"(\nu)"}, Letter{"π", R"(\pi)"}, Letter{"ρ", R"(\rho)"},
    Letter{"σ", R"(\sigma)"}, Letter{"τ", R"(\tau)"}, Letter{"φ", R"(\varphi)"},
    Letter{"χ", R"(\chi)"}, Letter{"ψ", R"(\psi)"}, Letter{"ω", R"(\omega)"},
    Letter{"Γ", R"(\Gamma)"}, Letter{"Δ", R"(\Delta)"}, Letter{"Θ", R"(\Theta)"},
    Letter{"Λ", R"(\Lambda)"}, Letter{"Π", R"(\Pi)"}, Letter{"Σ", R"(\Sigma)"},
    Letter{"Φ", R"(\Phi)"}, Letter{"Ψ", R"(\Psi)"}, Letter{"Ω", R"(\Omega)"},
    // Operations and relations.
    Letter{"−", "-"}, Letter{"±", R"(\pm)"}, Letter{"·", R"(\cdot)"}, Letter{"×", R"(\times)"},
    Letter{"∘", R"(\circ)"}, Letter{"⊙", R"(\odot)"}, Letter{"•", R"(\bullet)"},
    Letter{"≈", R"(\approx)"}, Letter{"≠", R"(\neq)"}, Letter{"≤", R"(\leq)"},
    Letter{"≥", R"(\geq)"}, Letter{"≪", R"(\ll)"}, Letter{"≫", R"(\gg)"}, Letter{"∈", R"(\in)"},
    Letter{"→", R"(\to)"}, Letter{"←", R"(\leftarrow)"}, Letter{"↔", R"(\leftrightarrow)"},
    Letter{"⇒", R"(\Rightarrow)"},
    // Others.
    Letter{"′", "'"}, Letter{"∂", R"(\partial)"}, Letter{"∇", R"(\nabla)"},
    Letter{"∞", R"(\infty)"}, Letter{"‖", R"(\Vert)"}, Letter{"|", R"(\vert)"},
    Letter{"√", R"(\surd)"}, Letter{"…", R"(\ldots)"}, Letter{"⋯", R"(\cdots)"},
    Letter{"½", R"(\tfrac{1}{2})"}, Letter{"¼", R"(\tfrac{1}{4})"}, Letter{"⊤", R"(\top)"},
    Letter{"ᵀ", "{}^{T}"}, Letter{"ᵗ", "{}^{t}"}, Letter{"⁺", "{}^{+}"}, Letter{"⁻", "{}^{-}"},
    Letter{"⁰", "{}^{0}"}, Letter{"¹", "{}^{1}"}, Letter{"²", "{}^{2}"}, Letter{"³", "{}^{3}"},
    Letter{"⁴", "{}^{4}"}, Letter{"⁵", "{}^{5}"}, Letter{"⁶", "{}^{6}"}, Letter{"⁷", "{}^{7}"},
    Letter{"⁸", "{}^{8}"}, Letter{"⁹", "{}^{9}"}, Letter{"₀", "{}_{0}"}, Letter{"₁", "{}_{1}"},
    Letter{"₂", "{}_{2}"}, Letter{"ȳ", R"(\bar{y})"}};

/// Of ASCII and punctuation; other letters are those of mathematics.
constexpr std::array in_text{Letter{"\\", R"(\textbackslash{})"},
                             Letter{"^", R"(\textasciicircum{})"},
                             Letter{"~", R"(\textasciitilde{})"},
                             Letter{" ", " "},
                             Letter{"*", "*"},
                             Letter{"{", R"(\{)"},
                             Letter{"}", R"(\})"},
                             Letter{"%", R"(\%)"},
                             Letter{"#", R"(\#)"},
                             Letter{"&", R"(\&)"},
                             Letter{"_", R"(\_)"},
                             Letter{"$", R"(\$)"},
                             Letter{"<", "$<$"},
                             Letter{">", "$>$"},
                             Letter{"|", "$|$"},
                             Letter{"\"", "''"},
                             Letter{"–", "--"},
                             Letter{"—", "---"},
                             Letter{"“", "``"},
                             Letter{"”", "''"},
                             Letter{"‘", "`"},
                             Letter{"’", "'"},
                             Letter{"…", R"(\ldots{})"},
                             Letter{"é", R"(\'e)"},
                             Letter{"\u00A0", "~"},
                             Letter{"\u2009", R"(\,)"},
                             Letter{"\u202F", R"(\,)"}};

std::string_view find_letter(std::span<const Letter> table, std::string_view letter) {
  const auto found = std::ranges::find(table, letter, &Letter::utf8);
  return found == table.end() ? std::string_view() : found->latex;
}

bool is_ascii(std::string_view letter) {
  return static_cast<unsigned char>(letter.front()) < 0x80U;
}

bool is_alphabetic(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool ends_with_command(std::string_view line) {
  const std::size_t length = line.size();
  while (!line.empty() && is_alphabetic(line.back()))
    line.remove_suffix(1);
  return line.size() < length && line.ends_with('\\');
}

std::string plain_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::string_view letter = take_letter(text);
    const std::string_view own = find_letter(in_text, letter);
    if (!own.empty() || is_ascii(letter)) {
      result += own.empty() ? letter : own;
    } else {
      result += "$" + latex_letters(letter) + "$";
    }
  }
  return result;
}

}  // namespace

void append_latex(std::string& line, std::string_view piece) {
  if (!piece.empty() && is_alphabetic(piece.front()) && ends_with_command(line)) line += ' ';
  line += piece;
}

std::string latex_letters(std::string_view utf8) {
  std::string result;
  while (!utf8.empty()) {
    const std::string_view letter = take_letter(utf8);
    const std::string_view own = find_letter(in_mathematics, letter);
    append_latex(result, !own.empty() ? own : is_ascii(letter) ? letter : "?");
  }
  return result;
}

std::string latex_text(std::string_view script_text) {
  std::string result;
  for (const ScriptPart& part : script_parts(script_text)) {
    switch (part.level) {
      case ScriptLevel::base:
        result += plain_text(part.text);
        break;
      case ScriptLevel::raised:
        result += "$^{" + latex_letters(part.text) + "}$";
        break;
      case ScriptLevel::lowered:
        result += "$_{" + latex_letters(part.text) + "}$";
        break;
    }
  }
  return result;
}

}  // namespace deltascope::walk
