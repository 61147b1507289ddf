#include "dialogs.hpp"

#include "actions.hpp"
#include "hand_check.hpp"
#include "kept_runs.hpp"
#include "keys.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace deltascope::ui {
namespace {

void perform(Desk& desk, Afterwards afterwards) {
  if (afterwards == Afterwards::quit) desk.ui.outbox.window(Quit{});
  if (afterwards == Afterwards::open) start_file_dialog(desk, Dialog::open_file);
  if (afterwards == Afterwards::open_preset) desk.ui.outbox.window(OpenFile{desk.view.preset});
  if (afterwards == Afterwards::open_variant) {
    keep_run(desk.view, desk.frame, desk.notation());
    desk.ui.outbox.window(OpenVariant{desk.view.variant});
  }
}

void ask_first(Desk& desk, Afterwards afterwards) {
  if (!actions::has_unsaved_changes(desk)) {
    perform(desk, afterwards);
    return;
  }
  desk.view.dialog = Dialog::unsaved;
  desk.view.afterwards = afterwards;
}

void draw_unsaved(Desk& desk) {
  View& view = desk.view;
  const std::string& name = desk.frame.document.name;
  heading(desk.ui, "Save the changes?");
  wrapped_text(desk.ui,
               (name.empty() ? std::string("This session") : name) +
                   " has changes that are not saved yet. Without saving they are lost.",
               false);
  ImGui::Dummy(ImVec2(desk.ui.px(400), desk.ui.px(4)));
  if (button(desk.ui, "Save###Save changes", ButtonKind::primary)) actions::save(desk);
  ImGui::SameLine();
  if (button(desk.ui, "Don't save")) {
    view.dialog = Dialog::none;
    perform(desk, std::exchange(view.afterwards, Afterwards::nothing));
  }
  ImGui::SameLine();
  if (button(desk.ui, "Cancel###Cancel closing")) actions::escape(desk);
}

void draw_overwrite(Desk& desk) {
  const std::filesystem::path path = desk.view.file.folder / desk.view.file.name;
  heading(desk.ui, "Replace the file?");
  wrapped_text(desk.ui, path.string() + " exists already. Saving replaces what is in it.", false);
  ImGui::Dummy(ImVec2(desk.ui.px(400), desk.ui.px(4)));
  if (button(desk.ui, "Replace", ButtonKind::primary)) send_file(desk, path);
  ImGui::SameLine();
  if (button(desk.ui, "Back to the name")) desk.view.dialog = desk.view.file.use;
}

struct DialogRow {
  Dialog dialog;
  const char* id;
  void (*draw)(Desk&);
};
constexpr std::array rows{
    DialogRow{Dialog::help, "###help", draw_help},
    DialogRow{Dialog::run_to, "###run to", draw_run_to},
    DialogRow{Dialog::presets, "###presets", draw_presets},
    DialogRow{Dialog::open_file, "###open file", draw_file_dialog},
    DialogRow{Dialog::save_file, "###save file", draw_file_dialog},
    DialogRow{Dialog::export_step, "###export step", draw_file_dialog},
    DialogRow{Dialog::overwrite, "###overwrite", draw_overwrite},
    DialogRow{Dialog::unsaved, "###unsaved", draw_unsaved},
};

// The version, and who computes the steps of what is on screen.
std::string about(const Snapshot& snapshot) {
  const Arithmetic& chosen = *snapshot.settings->model.arithmetic;
  const Arithmetic& used = chosen.by_shape ? best_arithmetic() : chosen;
  return "Deltascope " DELTASCOPE_VERSION ". Steps are computed " +
         (used.kernels == nullptr ? std::string("as in the textbook.")
                                  : "by " + std::string(used.label) + " kernels.");
}

}  // namespace

const Preset* open_preset_row(const Desk& desk) {
  const DocumentStatus& document = desk.frame.document;
  const auto found =
      std::find_if(document.presets.begin(), document.presets.end(),
                   [&](const Preset& preset) { return preset.path == document.path; });
  return found == document.presets.end() ? nullptr : &*found;
}

void send_save(Desk& desk, const std::filesystem::path& path) {
  desk.ui.outbox.window(SaveFile{path, answers_to_save(desk)});
  desk.view.awaited_message = desk.frame.document.message_number;
  desk.view.dialog = Dialog::none;
}

void actions::open(Desk& desk) {
  ask_first(desk, Afterwards::open);
}

void actions::open_preset(Desk& desk, const Preset& preset) {
  desk.view.preset = preset.path;
  ask_first(desk, Afterwards::open_preset);
}

void actions::open_variant(Desk& desk, std::optional<std::size_t> variant) {
  desk.view.variant = variant;
  ask_first(desk, Afterwards::open_variant);
}

void actions::quit(Desk& desk) {
  ask_first(desk, Afterwards::quit);
}

void actions::save(Desk& desk) {
  // What comes with the program stays as it is: a changed preset is saved beside one's own files.
  if (desk.frame.document.path.empty() || open_preset_row(desk) != nullptr) {
    actions::save_as(desk);
  } else {
    send_save(desk, desk.frame.document.path);
  }
}

void actions::save_as(Desk& desk) {
  start_file_dialog(desk, Dialog::save_file);
}

void update_dialogs(Desk& desk) {
  View& view = desk.view;
  const DocumentStatus& document = desk.frame.document;
  if (desk.frame.close_requested) actions::quit(desk);
  if (view.awaited_message && document.message_number > *view.awaited_message && !document.busy) {
    view.awaited_message.reset();
    const Afterwards afterwards = std::exchange(view.afterwards, Afterwards::nothing);
    if (!document.message_is_error) perform(desk, afterwards);
  }
  if (document.message_number > view.shown_message) {
    view.shown_message = document.message_number;
    desk.ui.toast(document.message, document.message_is_error);
  }
}

void draw_dialogs(Desk& desk) {
  for (const DialogRow& row : rows) {
    const bool wanted = desk.view.dialog == row.dialog;
    if (wanted && !ImGui::IsPopupOpen(row.id)) ImGui::OpenPopup(row.id);
    if (!ImGui::IsPopupOpen(row.id)) continue;
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float margin = desk.ui.px(16);
    ImGui::SetNextWindowPos(ImVec2(screen.x / 2, screen.y / 2), ImGuiCond_Always,
                            ImVec2(0.5F, 0.5F));
    ImGui::SetNextWindowSizeConstraints(ImVec2(0, 0),
                                        ImVec2(screen.x - 2 * margin, screen.y - 2 * margin));
    constexpr ImGuiWindowFlags flags =
        ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
        ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(desk.ui.px(22), desk.ui.px(18)));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    if (ImGui::BeginPopupModal(row.id, nullptr, flags)) {
      if (wanted) row.draw(desk);
      if (desk.view.dialog != row.dialog) ImGui::CloseCurrentPopup();
      ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
  }
}

void draw_help(Desk& desk) {
  const Ui& ui = desk.ui;
  heading(ui, "Keys and mouse");
  ImGui::Dummy(ImVec2(0, ui.px(2)));
  const float key_width = ui.px(132), column_width = ui.px(410);
  const auto line = [&](std::string_view name, std::string_view about, float x) {
    ImGui::SetCursorPosX(x);
    const float y = ImGui::GetCursorPosY();
    {
      const FontScope font(ui.fonts, picture::Font::small);
      ImGui::TextUnformatted(name.data(), name.data() + name.size());
    }
    ImGui::SetCursorPos(ImVec2(x + key_width, y));
    secondary_text(ui, about);
  };
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(10), ui.px(4)));
  const ImVec2 top = ImGui::GetCursorPos();
  // Two columns, the second one ending with the mouse.
  const auto keys = key_bindings();
  const auto named = [](const KeyBinding& row) { return !row.name.empty(); };
  const auto total = std::count_if(keys.begin(), keys.end(), named) +
                     static_cast<std::ptrdiff_t>(mouse_help().size());
  std::ptrdiff_t count = 0;
  float x = top.x, deepest = top.y;
  const auto next = [&](std::string_view name, std::string_view about) {
    line(name, about, x);
    deepest = std::max(deepest, ImGui::GetCursorPosY());
    if (++count == (total + 1) / 2) {
      x += column_width;
      ImGui::SetCursorPosY(top.y);
    }
  };
  for (const KeyBinding& row : keys) {
    if (named(row)) next(row.name, row.about);
  }
  for (const MouseHelp& row : mouse_help())
    next(row.name, row.about);
  ImGui::PopStyleVar();
  ImGui::SetCursorPos(ImVec2(top.x, deepest + ui.px(8)));
  ImGui::Dummy(ImVec2(2 * column_width, 0));
  if (button(ui, "Close###Close help")) desk.view.dialog = Dialog::none;
  ImGui::SameLine(0, ui.px(16));
  ImGui::AlignTextToFramePadding();
  secondary_text(ui, "About: " + about(desk.snapshot()));
}

}  // namespace deltascope::ui
