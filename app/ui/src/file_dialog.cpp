// Opens and saves documents: a path to type and a folder to click through.

#include "actions.hpp"
#include "dialogs.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace deltascope::ui {
namespace {

namespace fs = std::filesystem;

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
      } else if (entry->path().extension() == ".json") {
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
  const bool saves = desk.view.dialog == Dialog::save_file;
  if (view.name.empty()) {
    view.error = saves ? "Type a name for the file." : "Choose a file, or type its name.";
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
  if (saves && path.extension().empty()) path += ".json";
  const bool exists = fs::exists(path, error);
  if (!saves) {
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
  view.folder = path.parent_path();
  view.name = path.filename().string();
  if (exists) {
    desk.view.dialog = Dialog::overwrite;
    return;
  }
  send_save(desk, path);
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
    secondary_text(desk.ui, "No *.json files in this folder.");
  }
  ImGui::EndChild();
  if (enter) enter_folder(view, *enter);
  if (chosen_twice) accept(desk);
}

}  // namespace

void start_file_dialog(Desk& desk, Dialog dialog) {
  FileView& view = desk.view.file;
  const fs::path& path = desk.frame.document.path;
  if (!path.empty() && open_preset_row(desk) == nullptr) {
    view.folder = path.parent_path();
  } else if (view.folder.empty()) {
    std::error_code error;
    view.folder = fs::current_path(error);
  }
  view.name = dialog == Dialog::save_file ? path.filename().string() : "";
  if (dialog == Dialog::save_file && view.name.empty()) view.name = "session.json";
  enter_folder(view, view.folder);
  view.focus_name = dialog == Dialog::save_file;
  desk.view.dialog = dialog;
}

void draw_file_dialog(Desk& desk) {
  FileView& view = desk.view.file;
  const bool saves = desk.view.dialog == Dialog::save_file;
  heading(desk.ui, saves ? "Save the session" : "Open a session");
  wrapped_text(desk.ui, view.folder.string());
  draw_list(desk);
  if (desk.view.dialog == Dialog::none) return;
  secondary_text(desk.ui, "File name");
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
  if (button(desk.ui, saves ? "Save###Accept file" : "Open###Accept file", ButtonKind::primary)) {
    accept(desk);
  }
  ImGui::SameLine();
  if (button(desk.ui, "Cancel###Cancel file")) actions::escape(desk);
}

}  // namespace deltascope::ui
