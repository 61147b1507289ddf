# cmake --install puts programs, assets, man pages and a desktop entry in place.
