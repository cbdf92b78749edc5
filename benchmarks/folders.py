"""``kit extract`` over a folder of generated articles: speed, memory over time, and a run that is killed halfway.

    python benchmarks/folders.py [--articles 10000] [--jobs 2] [--no-kill] [--keep DIR]

Every few seconds a line says how many articles are done and what the command and its processes hold in memory (resident
set, MiB). The last lines compare the first tenth of the run with the last, and the files of an uninterrupted run with
those of one that was killed (SIGKILL) halfway and started again. Each article has words that no other has, so that a
vocabulary that grows would show. Linux, since it reads ``/proc``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = "ba dor kel mi nov ra sten tu vel wi zan lo per hu gar".split()
SAYS = ["said", "claimed", "stated on Monday", "told reporters", "insisted", "admitted", "noted"]
WHO = ["Governor", "Mayor", "Colonel", "Foreign Ministry spokeswoman", "police chief", "Defence Minister"]
BOUNDS = ["", "at least ", "more than ", "up to ", "about ", "nearly ", "some "]
THINGS = ["soldiers", "tanks", "houses", "people", "trucks", "drones", "schools", "million dollars"]
DID = ["were lost", "were damaged", "were destroyed", "were hit", "were evacuated", "were captured"]
WHEN = ["on Sunday", "yesterday", "last Thursday", "earlier this month", "on 3 June", "overnight"]
STEP = 5.0  # seconds between two lines


def make_article(seed: int, paragraphs: int = 8) -> str:
    """A made-up news article with claims, figures and dates; the same seed gives the same text."""
    chance = random.Random(seed)

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=3)).capitalize()

    town, speaker = name(), f"{chance.choice(WHO)} {name()} {name()}"
    texts = [f"Fighting near {town} goes on, {name()} says"]
    for _ in range(paragraphs):
        count, thing, did = chance.randint(2, 900), chance.choice(THINGS), chance.choice(DID)
        claim = f"{chance.choice(BOUNDS)}{count} {thing} {did} near {town} {chance.choice(WHEN)}"
        texts.append(
            chance.choice(
                [
                    f"{speaker} {chance.choice(SAYS)} that {claim}. Nobody in {name()} could confirm it.",
                    f"“We saw how {claim}”, {speaker} {chance.choice(SAYS)}, adding that {name()} might be next.",
                    f"According to {speaker}, {claim}. Residents of {name()} had left {chance.choice(WHEN)}.",
                    f"The road to {name()} stayed closed {chance.choice(WHEN)}, and the river rose in {name()}.",
                ]
            )
        )
    return "\n\n".join(texts) + "\n"


def write_articles(folder: Path, count: int, paragraphs: int = 8) -> None:
    """Write articles into a folder, a hundred to a subfolder; one in fifty is empty or no text."""
    for number in range(count):
        path = folder / f"{number // 100:04d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        bad = {20: b"", 45: b"\x00\x01\x02PK" * 40}.get(number % 50)
        path.write_bytes(make_article(number, paragraphs).encode() if bad is None else bad)


def digest_of(folder: Path) -> str:
    """One SHA-256 over the names and bytes of all files that a run left, in order."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main(argv: list[str] | None = None) -> None:
    """Make the articles, run, kill, run again, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--no-kill", action="store_true", help="leave out the run that is killed")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work here, and leave the files")
    options = parser.parse_args(argv)
    work = options.keep or Path(tempfile.mkdtemp(prefix="kit-folders-"))
    try:
        measure(work, options.articles, options.jobs, kill=not options.no_kill)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)


def measure(work: Path, articles: int, jobs: int, *, kill: bool) -> None:
    """Print the figures of an uninterrupted run, and whether one that was killed gives the same."""
    write_articles(work / "articles", articles)
    print(f"{articles:,} articles, {jobs} processes")
    print(f"{'seconds':>8}{'done':>9}   resident MiB, the command first")
    started = time.perf_counter()
    samples = list(watch(start(work, "whole", jobs), work / "whole", articles, show=True))
    seconds = time.perf_counter() - started
    print(f"{articles / seconds:.1f} articles a second, with starting and writing the tables")
    busy = [sample for done, sample in samples if done and len(sample) > 1]  # while articles are read
    tenth = max(1, len(busy) // 10)
    early, late = (max(map(sum, some)) for some in (busy[tenth : 2 * tenth] or busy[:1], busy[-tenth:]))
    print(f"all processes together: {early:.0f} MiB in the second tenth of the run, {late:.0f} MiB in the last")
    if not kill:
        return
    process = start(work, "killed", jobs)
    for done, _ in watch(process, work / "killed", articles, show=False):
        if done >= articles / 2:
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    print(f"killed after {finished(work / 'killed'):,} articles were in finished parts")
    subprocess.run(command(work, "killed", jobs), stdout=subprocess.DEVNULL, check=False)
    same = digest_of(work / "whole") == digest_of(work / "killed")
    print(f"the second run gives {'the same bytes' if same else 'OTHER BYTES'} as the uninterrupted one")


def command(work: Path, out: str, jobs: int) -> list[str]:
    """The command line."""
    options = ["--published", "2023-06-05", "--out", str(work / out), "--jobs", str(jobs)]
    return [sys.executable, "-m", "kit.cli", "extract", str(work / "articles"), *options]


def start(work: Path, out: str, jobs: int) -> subprocess.Popen[bytes]:
    """Start it."""
    return subprocess.Popen(command(work, out, jobs), stdout=subprocess.DEVNULL)


def watch(
    process: subprocess.Popen[bytes], out: Path, articles: int, *, show: bool
) -> Iterator[tuple[int, list[float]]]:
    """Articles in finished parts, and the memory of the command and its processes in MiB, until it ends."""
    started, last = time.perf_counter(), -STEP
    while process.poll() is None:
        now, done = time.perf_counter() - started, min(finished(out), articles)
        memory = [resident(pid) for pid in (process.pid, *children(process.pid))]
        if show and now - last >= STEP:
            print(f"{now:8.0f}{done:9,}   {' '.join(f'{size:.0f}' for size in memory)}", flush=True)
            last = now
        yield done, memory
        time.sleep(0.2)


def finished(out: Path) -> int:
    """Articles in finished parts; the last part may hold fewer than this says."""
    from kit.batch.parts import ARTICLES

    return ARTICLES * len(list((out / "parts").glob("[0-9]*.jsonl.gz")))


def children(pid: int) -> list[int]:
    """The processes that read articles."""
    try:
        found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return [one for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


def resident(pid: int) -> float:
    """Resident set in MiB; 0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


if __name__ == "__main__":
    main()
