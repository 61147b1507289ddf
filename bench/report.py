#!/usr/bin/env python3
"""Puts the results of the benchmarks of one run into one table.

report.py FOLDER: reads FOLDER/*_bench.json (Google Benchmark's own format) and FOLDER/window.txt if it is
there; prints the table and writes what it is made of to FOLDER/summary.json.
"""

import json
import math
import pathlib
import sys

# name, what it is, unit, seconds in that unit
WORKLOADS = [
    ("W1", "O/X 2-2-3-2 sigmoid, one sample a step", "ns/step", 1e-9),
    ("W2", "spiral 2-8⁶-1 tanh, batches of 10", "µs/epoch", 1e-6),
    ("W3", "100,000 points, 2-64-64-2, one thread", "ms/step", 1e-3),
    ("W3t", "the same on all cores", "ms/step", 1e-3),
    ("W4", "512×512 grid of 2-8-8-8-2, 26 maps, double", "ms/grid", 1e-3),
    ("W4f", "the same in float", "ms/grid", 1e-3),
    ("W5", "Levenberg–Marquardt, 20 × 23", "µs/trial", 1e-6),
    ("W5b", "Levenberg–Marquardt, 400 × 354", "ms/trial", 1e-3),
]
SWEEPS = [
    ("points", "2-64-64-2", lambda n: n),
    ("width", "2-w-w-2, 10,000 points", lambda w: w * (w + 6) + 2),
    ("depth", "of 16, 1,000 points", lambda d: 48 + (d - 1) * 272 + 34),
]


def read(folder):
    """Each benchmark's numbers by its name, without what was said about how to repeat it."""
    results = {}
    for file in sorted(folder.glob("*_bench.json")):
        for entry in json.loads(file.read_text())["benchmarks"]:
            if entry.get("run_type") == "aggregate" and entry.get("aggregate_name") != "median":
                continue
            name = "/".join(p for p in entry["run_name"].split("/")
                            if not p.startswith(("min_time:", "repeats:", "iterations:", "manual_time",
                                                 "real_time")))
            results[name] = entry
    return results


def exponent(points):
    """The slope of log time against log size, by least squares."""
    x = [math.log(size) for size, _ in points]
    y = [math.log(time) for _, time in points]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def figure(value):
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def machine(results, summary):
    rows = [(name.removeprefix("machine/"), entry["figure"]) for name, entry in results.items()
            if name.startswith("machine/")]
    if not rows:
        return
    print("\nThis machine, in this run")
    for name, value in rows:
        print(f"  {name:<44}{figure(value):>10}")
        summary.setdefault("machine", {})[name] = value


def workloads(results, summary):
    peak = results.get("machine/multiply-adds in double, GFLOP/s", {}).get("figure")
    print(f"\n{'Workload':<52}{'textbook':>10}{'kernels':>10}  {'unit':<9}{'gain':>6}{'of peak':>9}")
    for key, title, unit, scale in WORKLOADS:
        row = {}
        for column, arithmetic in (("textbook", "textbook"), ("kernels", "automatic")):
            entry = results.get(f"{key}/{arithmetic}")
            if entry:
                row[column] = entry["seconds_per_unit"]
                row["flops"] = entry.get("flops_per_unit")
        if "kernels" not in row:
            continue
        textbook = figure(row["textbook"] / scale) if "textbook" in row else ""
        gain = f"{row['textbook'] / row['kernels']:.1f}" if "textbook" in row else ""
        share = f"{row['flops'] / row['kernels'] / peak / 1e9:.1%}" if peak and row["flops"] else ""
        print(f"{key:<4} {title:<47}{textbook:>10}{figure(row['kernels'] / scale):>10}  {unit:<9}"
              f"{gain:>6}{share:>9}")
        summary.setdefault("workloads", {})[key] = row


def sweeps(results, summary):
    for name, title, size in SWEEPS:
        found = sorted((int(key.split("/")[1]), entry) for key, entry in results.items()
                       if key.startswith(name + "/") and key.endswith("/automatic"))
        if len(found) < 2:
            continue
        print(f"\nA step along {name} ({title})")
        for at, entry in found:
            time = entry["seconds_per_unit"]
            print(f"  {at:>9,} {time * 1e6:>12,.1f} µs {entry['parameters']:>9,.0f} parameters"
                  f" {entry['flops_per_unit'] / time / 1e9:>8.1f} GFLOP/s")
        slope = exponent([(size(at), entry["seconds_per_unit"]) for at, entry in found])
        print(f"  time grows as multiplications to the power of {slope:.2f}")
        summary.setdefault("sweeps", {})[name] = {
            "seconds": {at: entry["seconds_per_unit"] for at, entry in found}, "exponent": slope}


def others(results, summary):
    """What has no table of its own: one line each, in the unit it was measured in."""
    known = {key for key, *_ in WORKLOADS} | {name for name, *_ in SWEEPS} | {"machine"}
    rows = [(name, entry) for name, entry in results.items() if name.split("/")[0] not in known]
    if rows:
        print(f"\n{'Everything else':<60}{'time':>14}")
    for name, entry in rows:
        print(f"  {name:<58}{figure(entry['cpu_time']):>10} {entry['time_unit']}")
        summary.setdefault("others", {})[name] = {key: value for key, value in entry.items()
                                                  if isinstance(value, (int, float))}


def main():
    if len(sys.argv) != 2 or not pathlib.Path(sys.argv[1]).is_dir():
        sys.exit("usage: report.py FOLDER: the folder with the results of ./dev bench")
    folder = pathlib.Path(sys.argv[1])
    results = read(folder)
    if not results:
        sys.exit(f"report.py: {folder} holds no *_bench.json: run ./dev bench")
    summary = {}
    machine(results, summary)
    workloads(results, summary)
    sweeps(results, summary)
    others(results, summary)
    window = folder / "window.txt"
    if window.exists():
        print("\nThe window\n" + window.read_text().rstrip())
        summary["window"] = window.read_text().splitlines()
    (folder / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    print(f"\nAll of it as JSON: {folder / 'summary.json'}")


if __name__ == "__main__":
    main()
