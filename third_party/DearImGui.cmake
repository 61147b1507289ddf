# Dear ImGui as two targets: imgui::core (no window system) and imgui::backend (GLFW + OpenGL 3).
# Debian's archive holds everything, the linker takes what is used.
set(IMGUI_DIR "" CACHE PATH "A Dear ImGui source tree (1.86 to 1.92) instead of the system's; not tested by CI")

add_library(imgui_core INTERFACE)
add_library(imgui_backend INTERFACE)
add_library(imgui::core ALIAS imgui_core)
add_library(imgui::backend ALIAS imgui_backend)

if(IMGUI_DIR)
  add_library(
    imgui_tree STATIC
    ${IMGUI_DIR}/imgui.cpp ${IMGUI_DIR}/imgui_draw.cpp ${IMGUI_DIR}/imgui_tables.cpp
    ${IMGUI_DIR}/imgui_widgets.cpp ${IMGUI_DIR}/misc/freetype/imgui_freetype.cpp
    ${IMGUI_DIR}/misc/cpp/imgui_stdlib.cpp)
  target_include_directories(imgui_tree SYSTEM PUBLIC ${IMGUI_DIR} ${IMGUI_DIR}/misc/freetype
                                                      ${IMGUI_DIR}/misc/cpp)
  target_link_libraries(imgui_tree PUBLIC Freetype::Freetype)
  target_compile_definitions(imgui_tree PUBLIC IMGUI_ENABLE_FREETYPE)
  add_library(imgui_tree_backend STATIC ${IMGUI_DIR}/backends/imgui_impl_glfw.cpp
                                        ${IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(imgui_tree_backend SYSTEM PUBLIC ${IMGUI_DIR}/backends)
  target_link_libraries(imgui_tree_backend PUBLIC imgui_tree glfw ${CMAKE_DL_LIBS})
  target_link_libraries(imgui_core INTERFACE imgui_tree)
  target_link_libraries(imgui_backend INTERFACE imgui_tree_backend)
else()
  pkg_check_modules(IMGUI REQUIRED IMPORTED_TARGET imgui)
  # A static archive must come before what it needs.
  target_link_libraries(imgui_core INTERFACE PkgConfig::IMGUI Freetype::Freetype)
  target_link_libraries(imgui_backend INTERFACE imgui_core glfw ${CMAKE_DL_LIBS})
  target_include_directories(imgui_backend SYSTEM INTERFACE /usr/include/imgui/backends)
endif()
