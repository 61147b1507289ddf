#!/usr/bin/env bash
# Start and idling of the real window, on a display of its own: window.sh PROGRAM
set -euo pipefail
program=$1
script=$(mktemp)
trap 'rm -f "$script"' EXIT

on_display() { xvfb-run -a -s '-screen 0 1920x1200x24 -noreset' "$program" --script "$script"; }

printf '%-45s %s\n' 'start to first frame' '(aim: below 0.4 s)'
printf 'report-start\n' >"$script"
for _ in 1 2 3; do on_display; done

printf '%-45s %s\n' 'paused window' '(aim: no frames)'
printf 'wait-seconds 2\nreport-load 5\n' >"$script"
on_display
