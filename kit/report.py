"""Run the notebooks of a case headless and leave a report that opens without a network.

In: a case and an output folder. Out: ``report.html`` (one page, figures inside), the executed notebooks, and
the tables as CSV. Two runs on the same case give the same bytes: no clock, no random ids, no paths.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

import kit
from kit.cases import Case
from kit.errors import WorkFailed
from kit.exports import write_tables
from kit.workspace import NOTEBOOKS, PACKAGE, shipped_notebooks

CELL_SECONDS = 300
AT_ONCE = 2


class ReportError(WorkFailed):
    """A notebook that did not run to its end."""


@dataclass(frozen=True)
class Report:
    """What a run left behind."""

    page: Path
    notebooks: tuple[Path, ...]
    tables: tuple[Path, ...]


def write_report(case: Case, out: str | Path, *, progress: Callable[[str], None] | None = None) -> Report:
    """Run the notebooks on a case and write the report into ``out``.

    Args:
        case: the case; its reading is frozen first, so that no notebook has to make it.
        out: a folder, made if needed; files of an earlier run are replaced.
        progress: gets one line per step; by default nothing is printed.

    Raises:
        ReportError: a cell failed. The notebook as far as it ran is in ``out``.
    """
    say = progress or (lambda line: None)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    analysis, store = case.analysis, case.store()
    executed = run_notebooks(NOTEBOOKS, case, out, say)
    page = out / "report.html"
    page.write_text(to_page(executed[-1], title=case.article.title or case.name), encoding="utf-8", newline="\n")
    tables = write_tables(analysis, store.current(), store.read(), out / "tables")
    return Report(page, tuple(out / f"{name}.ipynb" for name in NOTEBOOKS), tuple(tables))


def run_notebooks(names: tuple[str, ...], case: Case, out: Path, progress: Callable[[str], None]) -> list[NotebookNode]:
    """Execute notebooks on a case, two at a time, and write them with their outputs into ``out``."""
    with tempfile.TemporaryDirectory(prefix="kit-", dir=_short_folder()) as scratch:
        environment = {
            **os.environ,
            "KIT_CASE": str(case.folder.resolve()),
            "IPYTHONDIR": scratch,  # the user's startup files must not change a report
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # or the debugger complains about frozen modules
        }
        return asyncio.run(_run_all(names, out, Path(scratch), environment, progress))


def to_page(notebook: NotebookNode, *, title: str) -> str:
    """One self-contained HTML page of an executed notebook, without its code."""
    exporter = HTMLExporter(
        template_name="kit_report",
        extra_template_basedirs=[str(PACKAGE / "templates")],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        mathjax_url="",
        require_js_url="",
        jquery_url="",
    )
    resources = {"kit_title": title, "kit_generator": f"analyst-notebook-kit {kit.__version__}"}
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    return page


async def _run_all(
    names: tuple[str, ...], out: Path, scratch: Path, environment: dict[str, str], progress: Callable[[str], None]
) -> list[NotebookNode]:
    free = asyncio.Semaphore(AT_ONCE)

    async def run(name: str) -> NotebookNode:
        async with free:
            return await _run(name, out, scratch, environment, progress)

    done = await asyncio.gather(*(run(name) for name in names), return_exceptions=True)
    for result in done:
        if isinstance(result, BaseException):
            raise result
    return list(done)


async def _run(
    name: str, out: Path, scratch: Path, environment: dict[str, str], progress: Callable[[str], None]
) -> NotebookNode:
    folder = shipped_notebooks()
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
        config=_kernel_config(scratch / f"{name}.json"),
    )
    started = time.perf_counter()
    failure = None
    try:
        await client.async_execute(env=environment)
    except Exception as error:  # a failed cell, a dead kernel, a time-out: each is this notebook's failure
        failure = error
    path = out / f"{name}.ipynb"
    nbformat.write(notebook, path)
    if failure is not None:
        cell = isinstance(failure, CellExecutionError)
        reason = f"{failure.ename}: {failure.evalue}" if cell else f"{type(failure).__name__}: {failure}"
        raise ReportError(f"{name}.ipynb stopped: {reason}. The notebook as far as it ran: {path}") from failure
    progress(f"{name:<10} {time.perf_counter() - started:5.1f} s")
    return notebook


def _short_folder() -> str | None:
    """Where sockets can live: their paths may have about 100 characters, and a cluster's TMPDIR may be longer."""
    return "/tmp" if len(tempfile.gettempdir()) > 60 and os.path.isdir("/tmp") else None


def _kernel_config(connection_file: Path) -> Config:
    """Talk to the kernel through files that only this user can open; Windows has no such sockets, it uses TCP."""
    if os.name == "nt":
        return Config()
    return Config({"ConnectionFileMixin": {"transport": "ipc", "connection_file": str(connection_file)}})


def print_progress(line: str) -> None:
    """A line of progress on standard error."""
    print(line, file=sys.stderr, flush=True)
