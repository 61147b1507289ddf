#include "panels.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <array>

namespace deltascope::ui {
namespace {

constexpr std::array table{
    Section{"Data", true, draw_data_section},
    Section{"Learning rate", true, draw_rate_section},
    Section{"Network", false, draw_network_section},
    Section{weights_section, false, draw_weights_section},
    Section{"Optimizer", false, draw_optimizer_section},
    Section{"Batches", false, draw_batch_section},
    Section{"Cost", false, draw_cost_section},
    Section{"Initial weights", false, draw_initial_section},
    Section{"Break it on purpose", false, draw_mistake_section},
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
      row.draw(desk);
      ImGui::PopID();
    }
  }
}

}  // namespace deltascope::ui
