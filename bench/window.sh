#!/usr/bin/env bash
# Start, memory and idling of the real window, on a display of its own: window.sh PROGRAM
set -euo pipefail

script=$(mktemp)
trap 'rm -f "$script"' EXIT

# What is measured, with a display at hand.
first_frame() {
  local start=$EPOCHREALTIME line milliseconds
  # From before the program is loaded to the moment its first frame has been handed over.
  while read -r line; do
    milliseconds=$(((${EPOCHREALTIME/./} - ${start/./}) / 1000))
    printf '  %d ms after exec, of these since main(): %s s\n' "$milliseconds" "${line#* }"
  done < <("$1" --script "$script")
}

memory() {
  "$1" --script "$script" >/dev/null &
  sleep 3
  sed -n 's/^\(VmRSS\|VmHWM\|RssAnon\|RssFile\):\s*/  \1 /p' "/proc/$!/status"
  wait
}

if [[ ${2:-} == --on-display ]]; then
  printf '%-45s %s\n' 'start to first frame' '(aim: at most 0.3 s)'
  printf 'report-start\n' >"$script"
  for _ in 1 2 3 4 5; do first_frame "$1"; done

  printf '%-45s %s\n' 'memory after 3 s, with software OpenGL' '(aim: VmRSS at most 200 MB)'
  printf 'wait-seconds 4\n' >"$script"
  memory "$1"

  printf '%-45s %s\n' 'paused window' '(aim: no frames)'
  printf 'wait-seconds 2\nreport-load 5\n' >"$script"
  "$1" --script "$script"
else
  xvfb-run -a -s '-screen 0 1920x1200x24 -noreset' "$0" "$1" --on-display
fi
