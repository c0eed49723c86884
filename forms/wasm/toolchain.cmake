# Compiles the browser rooms with clang for wasm32-wasi against Debian's ready-made libc++, which has
# neither exceptions nor threads. Packages: installers/packages.txt.
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})  # Platform/WASI.cmake
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang-19)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar-19 CACHE FILEPATH "")
set(CMAKE_RANLIB llvm-ranlib-19 CACHE FILEPATH "")
set(CMAKE_SYSROOT /usr)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Never the whole of /usr/include: that is glibc's. What consists of headers alone is linked into a
# folder of its own; the C libraries are built from their sources (libraries/CMakeLists.txt).
set(wasm_include ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${wasm_include})
foreach(header boost fast_float)
  if(EXISTS /usr/include/${header} AND NOT EXISTS ${wasm_include}/${header})
    file(CREATE_LINK /usr/include/${header} ${wasm_include}/${header} SYMBOLIC)
  endif()
endforeach()
set(CMAKE_C_FLAGS_INIT "-fno-stack-protector -ffunction-sections -fdata-sections")
# This libc++ has no mutex.
set(CMAKE_CXX_FLAGS_INIT
  "${CMAKE_C_FLAGS_INIT} -stdlib=libc++ -fno-exceptions -fno-threadsafe-statics")
string(APPEND CMAKE_CXX_FLAGS_INIT " -DBOOST_SYSTEM_DISABLE_THREADS -isystem ${wasm_include}")
