# Compiles the browser rooms with clang for wasm32-wasi against Debian's ready-made libc++, which has
# neither exceptions nor threads. Packages: installers/packages-ci.txt.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar-19 CACHE FILEPATH "")
set(CMAKE_RANLIB llvm-ranlib-19 CACHE FILEPATH "")
set(CMAKE_SYSROOT /usr)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Never the whole of /usr/include: that is glibc's. Single headers are linked into a folder of their own.
set(wasm_include ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${wasm_include})
foreach(header expat.h expat_external.h pcre2.h utf8proc.h fast_float)
  if(EXISTS /usr/include/${header} AND NOT EXISTS ${wasm_include}/${header})
    file(CREATE_LINK /usr/include/${header} ${wasm_include}/${header} SYMBOLIC)
  endif()
endforeach()
set(CMAKE_CXX_FLAGS_INIT
  "-stdlib=libc++ -fno-exceptions -fno-stack-protector -isystem ${wasm_include}")
