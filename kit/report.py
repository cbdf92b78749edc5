"""Run the notebooks of a case headless and leave a report that opens without a network.

In: a case and an output folder. Out: ``report.html`` (one page, charts inside), the executed notebooks, and
the tables as CSV. Two runs on the same case give the same bytes: no clock, no random ids, no paths.

The notebooks run one after the other in one kernel, which forgets everything in between: starting four and importing
the same packages in each would take twice the time.
"""

from __future__ import annotations

import asyncio
import os
import re
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
from kit.policies import LITERAL
from kit.workspace import NOTEBOOKS, PACKAGE, shipped_notebooks

CELL_SECONDS = 300
FORGET = "get_ipython().reset(new_session=True)"
_STYLE = re.compile(r"<style>.*?</style>\s*", re.DOTALL)
_EMPTY = re.compile(r'\n<div class="kit-out">\s*</div>')


class ReportError(WorkFailed):
    """A notebook that did not run to its end."""


@dataclass(frozen=True)
class Report:
    """What a run left behind."""

    page: Path
    notebooks: tuple[Path, ...]
    tables: tuple[Path, ...]


def write_report(
    case: Case, out: str | Path, *, policy: str = LITERAL, progress: Callable[[str], None] | None = None
) -> Report:
    """Run the notebooks on a case and write the report into ``out``.

    Args:
        case: the case; its reading is frozen first, so that no notebook has to make it.
        out: a folder, made if needed; files of an earlier run are replaced.
        policy: how charts read numbers that are words (:func:`kit.policies.policy_names`).
        progress: gets one line per step; by default nothing is printed.

    Raises:
        ReportError: a cell failed. The notebook as far as it ran is in ``out``.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    view, events = case.view(), case.store().read()
    executed = run_notebooks(NOTEBOOKS, case, out, progress or (lambda line: None), policy=policy)
    page = out / "report.html"
    page.write_text(to_page(executed[-1], title=case.article.title or case.name), encoding="utf-8", newline="\n")
    tables = write_tables(view.machine, view.decisions, events, out / "tables")
    return Report(page, tuple(out / f"{name}.ipynb" for name in NOTEBOOKS), tuple(tables))


def run_notebooks(
    names: tuple[str, ...], case: Case, out: Path, progress: Callable[[str], None], *, policy: str = LITERAL
) -> list[NotebookNode]:
    """Execute notebooks on a case and write them with their outputs into ``out``.

    Raises:
        ReportError: a notebook failed; those behind it did not run.
    """
    with tempfile.TemporaryDirectory(prefix="kit-", dir=_short_folder()) as scratch:
        environment = {
            **os.environ,
            "KIT_CASE": str(case.folder.resolve()),
            "KIT_POLICY": policy,
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
    resources["kit_sections"] = _sections(notebook)
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    return _styles_in_head(page)


def _sections(notebook: NotebookNode) -> list[tuple[str, str]]:
    """(id, heading) of each section of a page, ids as nbconvert makes them."""
    headings = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    names = [line.removeprefix("## ").strip() for line in headings if line.startswith("## ")]
    return [(name.replace(" ", "-"), name) for name in names]


def _styles_in_head(page: str) -> str:
    """Move the style sheets of the outputs, once each, into the head: HTML allows them nowhere else.

    Text of the article cannot pass for one: it is escaped wherever it stands.
    """
    head, body_tag, body = page.partition("<body>")
    sheets = dict.fromkeys(_STYLE.findall(body))
    return head.replace("</head>", "".join(sheets) + "</head>", 1) + body_tag + _EMPTY.sub("", _STYLE.sub("", body))


async def _run_all(
    names: tuple[str, ...], out: Path, scratch: Path, environment: dict[str, str], progress: Callable[[str], None]
) -> list[NotebookNode]:
    folder = shipped_notebooks()
    notebooks = [nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in names]
    client = NotebookClient(
        notebooks[0],
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
        config=_kernel_config(scratch / "kernel.json"),
    )
    started = time.perf_counter()
    async with client.async_setup_kernel(env=environment):
        for name, notebook in zip(names, notebooks, strict=True):
            await _run(client, notebook, name, out)
            progress(f"{name:<10} {time.perf_counter() - started:5.1f} s")
            started = time.perf_counter()
    return notebooks


async def _run(client: NotebookClient, notebook: NotebookNode, name: str, out: Path) -> None:
    """Run one notebook in a kernel that knows nothing of those before it."""
    path, failure = out / f"{name}.ipynb", None
    try:
        client.nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FORGET)])
        await client.async_execute_cell(client.nb.cells[0], 0, store_history=False)
        client.nb = notebook
        for index, cell in enumerate(notebook.cells):
            await client.async_execute_cell(cell, index)
    except Exception as error:  # a failed cell, a dead kernel, a time-out: each is this notebook's failure
        failure = error
    nbformat.write(notebook, path)
    if failure is not None:
        cell = isinstance(failure, CellExecutionError)
        reason = f"{failure.ename}: {failure.evalue}" if cell else f"{type(failure).__name__}: {failure}"
        raise ReportError(f"{name}.ipynb stopped: {reason}. The notebook as far as it ran: {path}") from failure


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
