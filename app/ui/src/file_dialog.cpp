// Opens, saves and exports: a path to type and a folder to click through.

#include "actions.hpp"
#include "dialogs.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/walk/export.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace deltascope::ui {
namespace {

namespace fs = std::filesystem;

/// One row: what the dialog is for.
struct FileUse {
  Dialog dialog;
  const char* title;
  const char* accept;
  bool writes;
  std::string_view usual_extension;
};
constexpr std::array uses{
    FileUse{Dialog::open_file, "Open a session", "Open###Accept file", false, ".json"},
    FileUse{Dialog::save_file, "Save the session", "Save###Accept file", true, ".json"},
    FileUse{Dialog::export_step, "Export this step", "Export###Accept file", true, ".md"},
};

const FileUse& use_of(const FileView& view) {
  return *std::find_if(uses.begin(), uses.end() - 1,
                       [&](const FileUse& row) { return row.dialog == view.use; });
}

bool is_listed(const FileView& view, const fs::path& file) {
  if (view.use != Dialog::export_step) return file.extension() == ".json";
  return walk::export_format_of(file.extension().string()) != nullptr;
}

std::string extensions(const FileView& view) {
  if (view.use != Dialog::export_step) return "*.json";
  std::string all;
  for (const walk::ExportFormat& row : walk::export_formats())
    all.append(all.empty() ? "*" : ", *").append(row.extension);
  return all;
}

void list_folder(FileView& view) {
  view.listed = view.folder;
  view.folders.clear();
  view.files.clear();
  view.error.clear();
  std::error_code error;
  fs::directory_iterator entry(view.folder, error);
  while (!error && entry != fs::directory_iterator()) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;  // a broken link is neither folder nor file
    if (!name.starts_with('.')) {
      if (entry->is_directory(ignored)) {
        view.folders.push_back(name);
      } else if (is_listed(view, entry->path())) {
        view.files.push_back(name);
      }
    }
    entry.increment(error);
  }
  if (error) view.error = "Cannot read the folder " + view.folder.string() + ": " + error.message();
  std::sort(view.folders.begin(), view.folders.end());
  std::sort(view.files.begin(), view.files.end());
}

void enter_folder(FileView& view, const fs::path& folder) {
  std::error_code error;
  const fs::path absolute = fs::absolute(folder, error).lexically_normal();
  view.folder = error ? folder : absolute;
  if (!view.folder.has_filename() && view.folder.has_parent_path()) {
    view.folder = view.folder.parent_path();  // without the slash at the end
  }
  list_folder(view);
}

fs::path typed_path(const FileView& view) {
  fs::path typed(view.name);
  if (const char* home = std::getenv("HOME"); home != nullptr && view.name.starts_with("~/")) {
    typed = fs::path(home) / view.name.substr(2);
  }
  return view.folder / typed;
}

// What pressing Open or Save does with the name in the field.
void accept(Desk& desk) {
  FileView& view = desk.view.file;
  const FileUse& use = use_of(view);
  if (view.name.empty()) {
    view.error = use.writes ? "Type a name for the file." : "Choose a file, or type its name.";
    return;
  }
  fs::path path = typed_path(view);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) {
    enter_folder(view, path);
    view.name.clear();
    return;
  }
  if (use.writes && path.extension().empty()) path += use.usual_extension;
  const bool exists = fs::exists(path, error);
  if (!use.writes) {
    if (!exists) {
      view.error = "There is no file " + path.string() + ".";
      return;
    }
    desk.view.dialog = Dialog::none;
    desk.ui.outbox.window(OpenFile{path});
    return;
  }
  if (!fs::is_directory(path.parent_path(), error)) {
    view.error = "There is no folder " + path.parent_path().string() + ".";
    return;
  }
  if (use.dialog == Dialog::export_step && !is_listed(view, path)) {
    view.error = "The name decides the format: end it with one of " + extensions(view) + ".";
    return;
  }
  view.folder = path.parent_path();
  view.name = path.filename().string();
  if (exists) {
    desk.view.dialog = Dialog::overwrite;
    return;
  }
  send_file(desk, path);
}

void draw_list(Desk& desk) {
  FileView& view = desk.view.file;
  std::optional<fs::path> enter;
  ImGui::BeginChild("files", ImVec2(desk.ui.px(560), desk.ui.px(260)), true);
  if (view.folder.has_relative_path() && ImGui::Selectable("▴  ..")) {
    enter = view.folder.parent_path();
  }
  for (const std::string& name : view.folders) {
    if (ImGui::Selectable(("▸  " + name + "/").c_str())) enter = view.folder / name;
    desk.ui.record("folder: " + name);
  }
  bool chosen_twice = false;
  for (const std::string& name : view.files) {
    if (ImGui::Selectable(("    " + name).c_str(), name == view.name,
                          ImGuiSelectableFlags_AllowDoubleClick)) {
      view.name = name;
      chosen_twice = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    }
    desk.ui.record("file: " + name);
  }
  if (view.files.empty() && view.error.empty()) {
    secondary_text(desk.ui, "No " + extensions(view) + " files in this folder.");
  }
  ImGui::EndChild();
  if (enter) enter_folder(view, *enter);
  if (chosen_twice) accept(desk);
}

}  // namespace

void start_file_dialog(Desk& desk, Dialog use) {
  FileView& view = desk.view.file;
  view.use = use;
  const fs::path& path = desk.frame.document.path;
  if (!path.empty() && open_preset_row(desk) == nullptr) {
    view.folder = path.parent_path();
  } else if (view.folder.empty()) {
    std::error_code error;
    view.folder = fs::current_path(error);
  }
  view.name = use == Dialog::save_file ? path.filename().string() : "";
  if (use == Dialog::save_file && view.name.empty()) view.name = "session.json";
  if (use == Dialog::export_step) view.name = fmt::format("step-{}.md", desk.snapshot().step + 1);
  enter_folder(view, view.folder);
  view.focus_name = use_of(view).writes;
  desk.view.dialog = use;
}

void send_file(Desk& desk, const fs::path& path) {
  if (desk.view.file.use == Dialog::export_step) {
    desk.view.dialog = Dialog::none;
    send_export(desk, path);
  } else {
    send_save(desk, path);
  }
}

void draw_file_dialog(Desk& desk) {
  FileView& view = desk.view.file;
  const FileUse& use = use_of(view);
  heading(desk.ui, use.title);
  wrapped_text(desk.ui, view.folder.string());
  draw_list(desk);
  if (desk.view.dialog == Dialog::none) return;
  secondary_text(desk.ui, use.dialog == Dialog::export_step
                              ? "File name: .md, .tex or .csv decides the format"
                              : "File name");
  // A field takes the focus with its text selected: typing replaces it.
  if (std::exchange(view.focus_name, false)) ImGui::SetKeyboardFocusHere();
  if (const auto typed = text_field(desk.ui, "###File name", view.name, desk.ui.px(560))) {
    view.name = typed->text;
    if (typed->entered) accept(desk);
  }
  if (!view.error.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, to_imgui(desk.ui.palette.text));
    wrapped_text(desk.ui, view.error, false);
    ImGui::PopStyleColor();
  }
  if (button(desk.ui, use.accept, ButtonKind::primary)) accept(desk);
  ImGui::SameLine();
  if (button(desk.ui, "Cancel###Cancel file")) actions::escape(desk);
}

}  // namespace deltascope::ui
