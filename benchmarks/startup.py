"""Times what a user waits for: ``import kit``, ``kit --help`` and ``kit report`` on the sample case.

Each run is a new process. ``import kit`` is timed inside the process, so that the start of the interpreter, which is
shown on its own line, does not hide it; the other two are timed from outside, as a user feels them. The report is
run once, with ``--cold`` after dropping the operating system's file cache where the user may do so.

    python benchmarks/startup.py [--runs N] [--no-report] [--cold]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "notebooks" / "cases" / "sample"
IMPORT = "import time; t = time.perf_counter(); import kit; print(time.perf_counter() - t)"
# The console script of the interpreter in use, as pip wrote it: what `kit` on the command line costs.
COMMAND = Path(sys.executable).with_name("kit")
DROP_CACHES = Path("/proc/sys/vm/drop_caches")


def main(argv: list[str] | None = None) -> None:
    """Print one line per measurement: best and median of the runs, and the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15, help="runs of the short measurements (default: %(default)s)")
    parser.add_argument("--no-report", action="store_true", help="leave out `kit report`, which takes long")
    parser.add_argument("--cold", action="store_true", help="drop the file cache before the report (Linux, as root)")
    options = parser.parse_args(argv)
    if not COMMAND.exists():
        parser.error(f"{COMMAND} is missing: install the kit into this environment first (pip install -e .)")

    print(f"{'':24}{'best':>9}{'median':>9}{'target':>9}")
    show("python -c pass", [wall(sys.executable, "-c", "pass") for _ in range(options.runs)], None)
    show("import kit", [import_time() for _ in range(options.runs)], 0.1)
    show("kit --help", [wall(COMMAND, "--help") for _ in range(options.runs)], 0.5)
    if not options.no_report:
        if options.cold:
            drop_caches()
        show("kit report, sample", [report_time()], 30.0)


def show(label: str, seconds: list[float], target: float | None) -> None:
    """Print the best and the median of some times beside their target."""
    goal = "" if target is None else f"{target:.1f} s"
    print(f"{label:24}{min(seconds):7.3f} s{statistics.median(seconds):7.3f} s{goal:>9}", flush=True)


def import_time() -> float:
    """Return the seconds that ``import kit`` takes in a new interpreter, its start not counted."""
    return float(subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True).stdout)


def wall(*command: str | Path) -> float:
    """Return the wall time of a command that must succeed."""
    return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


def report_time() -> float:
    """Return the wall time of ``kit report`` on the sample case; its progress lines are shown as they come."""
    with tempfile.TemporaryDirectory() as folder:
        command = [COMMAND, "report", SAMPLE, "--out", Path(folder) / "out"]
        return timed(lambda: subprocess.run(command, stdout=sys.stderr, check=True))


def timed(action: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def drop_caches() -> None:
    """Empty the operating system's file cache, or say that it stays warm."""
    if not os.access(DROP_CACHES, os.W_OK):
        print("  the file cache stays warm: dropping it needs Linux and root", file=sys.stderr)
        return
    os.sync()
    DROP_CACHES.write_text("3\n", encoding="ascii")


if __name__ == "__main__":
    main()
