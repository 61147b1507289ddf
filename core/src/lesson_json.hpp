#pragma once
// "exercise", "questions" and "answers" as they stand in a document.

#include "document_tree.hpp"
#include "json_text.hpp"

#include <deltascope/exercise.hpp>

#include <array>
#include <string_view>

namespace deltascope {

/// The keys of a document that are about a lesson; variants and recordings have none of them.
inline constexpr std::array<std::string_view, 3> lesson_keys{"exercise", "questions", "answers"};

/// Fills the document's exercise, questions and answers from the keys of `object`. What they say of
/// the network is checked by validate_lesson().
void read_lesson(const Json& object, Document& document, Problems& problems);
void write_lesson(JsonText& json, const Document& document);

}  // namespace deltascope
