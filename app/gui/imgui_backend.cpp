#include "imgui_backend.hpp"

#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <utility>

namespace deltascope::gui {
namespace {

// The back end has just told Dear ImGui where the real pointer is; a script's says otherwise.
void move_pointer(const ScriptedPointer& pointer) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(pointer.position.x, pointer.position.y);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, pointer.left);
  io.AddMouseButtonEvent(ImGuiMouseButton_Right, pointer.right);
  if (pointer.wheel != 0.0F) io.AddMouseWheelEvent(0.0F, pointer.wheel);
#else
  io.MousePos = ImVec2(pointer.position.x, pointer.position.y);
  io.MouseDown[ImGuiMouseButton_Left] = pointer.left;
  io.MouseDown[ImGuiMouseButton_Right] = pointer.right;
  io.MouseWheel += pointer.wheel;
#endif
}

struct EditKey {
  ui::Key key;
  int of_imgui;
};
constexpr std::array edit_keys{
    EditKey{ui::Key::enter, ImGuiKey_Enter},
    EditKey{ui::Key::escape, ImGuiKey_Escape},
    EditKey{ui::Key::backspace, ImGuiKey_Backspace},
    EditKey{ui::Key::tab, ImGuiKey_Tab},
};

void set_key(int key, bool down) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(static_cast<ImGuiKey>(key), down);
#else
  io.KeysDown[io.KeyMap[key]] = down;
#endif
}

}  // namespace

ImGuiBackend::ImGuiBackend(GLFWwindow* window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  // Deltascope keeps its own preferences; Dear ImGui's file would land in the working folder.
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

ImGuiBackend::~ImGuiBackend() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
}

void ImGuiBackend::upload_fonts() {
  // From 1.92 on the back end follows the atlas by itself.
#if IMGUI_VERSION_NUM < 19200
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

void ImGuiBackend::new_frame(const std::optional<ScriptedPointer>& pointer) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  if (pointer) move_pointer(*pointer);
  if (held_) set_key(*held_, false);
  held_ = std::exchange(pressed_, std::nullopt);
  if (held_) set_key(*held_, true);
  ImGui::NewFrame();
}

void ImGuiBackend::render(int width_px, int height_px) {
  ImGui::Render();
  glViewport(0, 0, width_px, height_px);
  glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void ImGuiBackend::type(const std::string& utf8) {
  ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str());
}

void ImGuiBackend::press(ui::Key key) {
  const auto* row = std::find_if(edit_keys.begin(), edit_keys.end(),
                                 [&](const EditKey& r) { return r.key == key; });
  if (row != edit_keys.end()) pressed_ = row->of_imgui;
}

}  // namespace deltascope::gui
