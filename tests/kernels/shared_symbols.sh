#!/usr/bin/env bash
# shared_symbols.sh OBJECT…: of those in kernels/, each may define one symbol for others, its table.
set -euo pipefail
checked=0
for object in "$@"; do
  case $object in
    */kernels/avx*.o | */kernels/portable*.o) ;;
    *) continue ;;
  esac
  checked=$((checked + 1))
  # Capital letters: seen by other files; u, v, w: weak or unique; U: used, not defined.
  found=$(nm --defined-only --format=posix "$object" | awk '$2 ~ /^[A-Tuv-wV-Z]$/ {print $1}')
  if [[ $(wc -l <<<"$found") -ne 1 || $found != *_kernelsE ]]; then
    printf '%s defines for others:\n%s\n' "$object" "$found" >&2
    exit 1
  fi
done
((checked > 0)) || { echo "no object file of a kernel given" >&2; exit 1; }
