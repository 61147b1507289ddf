#pragma once
// Predict first: a question, its choices, and what became of the choice.

#include "view.hpp"

#include <deltascope/lesson/phase_question.hpp>
#include <deltascope/walk/phase.hpp>

#include <optional>

namespace deltascope::ui {

/// The document's first question that is open, or the one whose outcome is on screen; null: none.
const Question* open_question(const Desk& desk);
/// In the settings, in place of what the document says of itself.
void draw_document_question(Desk& desk, const Question& question);

/// The one of a phase of the walk; null: it asks none, or the person wants none.
const lesson::PhaseQuestion* phase_question(const Desk& desk, const walk::Step& step,
                                            const walk::PhaseId& phase,
                                            const walk::Options& options);
/// Whether the present phase of the walk asks before it shows its numbers.
bool waits_for_prediction(const Desk& desk);
/// Whether one of the phase's stages computes it.
bool is_computed_by(const walk::Phase& phase, const walk::Quantity& quantity);
/// The question of the present phase while it waits, its outcome afterwards; nothing where the
/// phase asks none.
void draw_phase_question(Desk& desk, float width_px);

/// Presses a choice of the question on screen, counted from 0; after the last one comes "Skip" or
/// "Next".
void press_choice(Desk& desk, Index choice);

}  // namespace deltascope::ui
