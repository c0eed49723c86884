# Tells CMake that it knows this system; there is nothing to add to what the toolchain file says.
