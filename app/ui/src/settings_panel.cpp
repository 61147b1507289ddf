#include "hand_check.hpp"
#include "panels.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <array>

namespace deltascope::ui {
namespace {

constexpr std::array table{
    Section{"Data", true, draw_data_section},
    Section{"Learning rate", true, draw_rate_section, "rates"},
    Section{"Network", false, draw_network_section, "network"},
    Section{weights_section, false, draw_weights_section, "weights"},
    Section{"Optimizer", false, draw_optimizer_section, "optimizer"},
    Section{"Batches", false, draw_batch_section, "batches"},
    Section{"Cost", false, draw_cost_section},
    Section{"Initial weights", false, draw_initial_section, "weights"},
    Section{"View", false, draw_view_section},
};

}  // namespace

std::span<const Section> sections() {
  return table;
}

void draw_settings_panel(Desk& desk) {
  for (const Section& row : table) {
    if (section(desk.ui, row.title, row.open_at_first)) {
      ImGui::PushID(row.title);
      ImGui::BeginDisabled(row.lock != nullptr && has_lock(desk, row.lock));
      row.draw(desk);
      ImGui::EndDisabled();
      ImGui::PopID();
    }
  }
}

}  // namespace deltascope::ui
