# What every target of the project shares: language level, warnings, sanitizers.
# Target-scoped on purpose: nothing here touches global flags.
add_library(deltascope_options INTERFACE)
target_compile_features(deltascope_options INTERFACE cxx_std_20)
target_compile_options(
  deltascope_options
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -ffp-contract=off
            $<$<BOOL:${DELTASCOPE_WERROR}>:-Werror>
            # g++ 12 warns about std::string's own operator+ (GCC bug 105651).
            $<$<CXX_COMPILER_ID:GNU>:$<$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>:-Wno-restrict>>)
# -ffp-contract=off: a fused multiply-add rounds once instead of twice, so that the same source
# would give other bits on other machines.
if(DELTASCOPE_SANITIZE)
  target_compile_options(deltascope_options INTERFACE -fsanitize=${DELTASCOPE_SANITIZE}
                                                     -fno-sanitize-recover=all
                                                     -fno-omit-frame-pointer -g)
  target_link_options(deltascope_options INTERFACE -fsanitize=${DELTASCOPE_SANITIZE})
endif()

# deltascope_add_library(core SOURCES a.cpp … LINK …): the target deltascope_core with the alias deltascope::core.
function(deltascope_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;LINK_PRIVATE")
  add_library(deltascope_${name} STATIC ${arg_SOURCES})
  add_library(deltascope::${name} ALIAS deltascope_${name})
  target_link_libraries(
    deltascope_${name}
    PUBLIC ${arg_LINK}
    PRIVATE $<BUILD_INTERFACE:deltascope_options> ${arg_LINK_PRIVATE})
  target_compile_features(deltascope_${name} PUBLIC cxx_std_20)
endfunction()

# deltascope_add_test(name SOURCES … LINK … PROPERTIES …): one GoogleTest program, every TEST a test of
# ctest with these properties.
function(deltascope_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;PROPERTIES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock_main deltascope_options)
  target_compile_definitions(${name} PRIVATE DELTASCOPE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  # One ctest run covers several build trees: a test under a sanitizer says so in its name.
  set(prefix "")
  if(DELTASCOPE_SANITIZE)
    string(REPLACE "," "+" prefix "${DELTASCOPE_SANITIZE}: ")
  endif()
  gtest_discover_tests(${name} TEST_PREFIX "${prefix}" DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT 300 ${arg_PROPERTIES})
endfunction()
