#pragma once

#include "view.hpp"

#include <span>

namespace deltascope::ui {

/// One row, one headed section of the settings.
struct Section {
  const char* title;
  bool open_at_first;
  void (*draw)(Desk& desk);
  const char* lock = nullptr;  ///< of an exercise that disables all of it
};

std::span<const Section> sections();

/// The section of the chosen neuron's weights, among the preferences' open sections.
inline constexpr const char* weights_section = "Weights";

void draw_data_section(Desk& desk);
void draw_rate_section(Desk& desk);
void draw_network_section(Desk& desk);
void draw_weights_section(Desk& desk);
void draw_optimizer_section(Desk& desk);
void draw_batch_section(Desk& desk);
void draw_cost_section(Desk& desk);
void draw_initial_section(Desk& desk);
void draw_view_section(Desk& desk);

}  // namespace deltascope::ui
