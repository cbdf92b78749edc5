"""How long ``kit report`` takes from cold, and how large its page is: wall seconds, seconds of CPU, megabytes.

    python benchmarks/report.py [ARTICLE ...] [--times 3]

Each run is a new process into a new folder, as a user starts it; without an article it is the sample case. The bound is
30 s on an idle machine with two cores, the aim 20 s; the page is to stay under 3 MB. Runs that share the machine take
longer: look at the CPU seconds then.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Print one line for each article."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", metavar="ARTICLE")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    print(f"{'article':<32} {'wall s':>7} {'CPU s':>7} {'page MB':>8}  same bytes")
    for article in options.articles or [""]:
        runs = [measure(article) for _ in range(options.times)]
        wall, cpu = (statistics.median(run[i] for run in runs) for i in (0, 1))
        pages = {run[2] for run in runs}
        size = len(runs[0][2]) / 1e6
        name = Path(article).name or "the sample case"
        same = "–" if article else "yes" if len(pages) == 1 else "NO"  # an article's page says when it was collected
        print(f"{name:<32} {wall:7.1f} {cpu:7.1f} {size:8.2f}  {same}")


def measure(article: str) -> tuple[float, float, bytes]:
    """Wall seconds, CPU seconds of the command and its kernel, and the page."""
    with tempfile.TemporaryDirectory() as folder:
        given = [article, "--published", "2023-06-05"] if article else []
        command = [sys.executable, "-m", "kit.cli", "report", *given, "--out", f"{folder}/out"]
        before, started = spent(), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        wall = time.perf_counter() - started
        return wall, spent() - before, Path(folder, "out", "report.html").read_bytes()


def spent() -> float:
    """CPU seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
