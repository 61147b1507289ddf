# cmake --install puts programs, assets, man pages and a desktop entry in place.
set(assets ${PROJECT_SOURCE_DIR}/assets)
install(TARGETS deltascope deltascope-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${assets}/deltascope.png DESTINATION ${CMAKE_INSTALL_DATADIR}/deltascope)
if(EXISTS ${assets}/presets)
  install(DIRECTORY ${assets}/presets DESTINATION ${CMAKE_INSTALL_DATADIR}/deltascope)
endif()
install(FILES ${assets}/man/deltascope.1 ${PROJECT_BINARY_DIR}/app/cli/deltascope-cli.1
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${assets}/deltascope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${assets}/deltascope.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
