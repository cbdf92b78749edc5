"""``kit lab`` and ``kit report``: the notebooks on an article or a case, in a browser or headless."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kit.cli.cases import facts_of, say
from kit.cli.errors import CommandError

if TYPE_CHECKING:
    from kit.cases import Case


def run_lab(options: argparse.Namespace) -> int:
    """Open JupyterLab on the first notebook, on the case that was asked for."""
    from kit.workspace import NOTEBOOKS, cases_folder, working_notebooks

    notebooks = working_notebooks()
    if options.target is None:
        case = _own_sample(cases_folder() / "my-sample", options)
    else:
        case = _open_or_create(options, cases_folder() / _stem(options.target))
    environment = {**os.environ, "KIT_CASE": str(case.folder.resolve())}
    say(f"case: {case.folder}")
    say(f"notebooks: {notebooks}")
    command = [sys.executable, "-m", "jupyterlab", str(notebooks / f"{NOTEBOOKS[0]}.ipynb")]
    command += ["--no-browser"] if options.no_browser else []
    command += [f"--ServerApp.port={options.port}"] if options.port else []
    command += options.jupyter
    if os.name == "posix":  # become JupyterLab, so that signals reach it and no server is left behind
        os.execve(command[0], command, environment)
    import subprocess  # late: `kit --help` is to be quick

    return subprocess.run(command, env=environment, check=False).returncode


def run_report(options: argparse.Namespace) -> int:
    """Run the notebooks headless and say where the page is."""
    from kit.policies import policy_names
    from kit.report import print_progress, write_report
    from kit.workspace import SAMPLE, sample_case

    if options.policy not in policy_names():
        raise CommandError(f"--policy {options.policy}: choose one of {', '.join(policy_names())}")
    target = options.target or sample_case()
    out = options.out or Path(f"report-{SAMPLE if options.target is None else _stem(target)}")
    if out.exists() and not out.is_dir():
        raise CommandError(f"{out} is a file: name a folder with --out")
    if (out / "case.toml").exists():
        raise CommandError(f"{out} is a case: name another folder with --out")
    if target.is_file() and out.resolve() in target.resolve().parents:
        raise CommandError(f"{target} lies inside {out} and could be overwritten: name another folder with --out")
    options.target = target
    case = _open_or_create(options, out / "case")
    print_progress(f"reading    {case.article.title or case.name}")
    report = write_report(case, out, policy=options.policy, progress=print_progress)
    sys.stdout.write(f"{report.page}\n")
    return 0


def _open_or_create(options: argparse.Namespace, folder: Path) -> Case:
    """The case that the target is or names, or a new one of the article that it is."""
    from kit.cases import create_case, open_case
    from kit.workspace import cases_folder

    target: Path = options.target
    named = cases_folder() / target
    existing = target if target.is_dir() else named if not target.exists() and named.is_dir() else None
    if existing is not None:
        _refuse_facts(options, existing)
        return open_case(existing)
    if not target.exists():
        raise CommandError(f"{target}: no such article or case")
    return create_case(folder, target, **facts_of(options))


def _own_sample(folder: Path, options: argparse.Namespace) -> Case:
    """The user's own copy of the sample case: trying things out changes nothing that came with the kit."""
    from kit.cases import open_case
    from kit.workspace import sample_case

    _refuse_facts(options, folder)
    if not folder.exists():
        shutil.copytree(sample_case(), folder, ignore=shutil.ignore_patterns("*.lock"))
    return open_case(folder)


def _refuse_facts(options: argparse.Namespace, case: Path) -> None:
    given = [f"--{name}" for name, value in facts_of(options).items() if value]
    if given:
        raise CommandError(f"{' and '.join(given)}: {case} has its own case.toml, change it there")


def _stem(target: Path) -> str:
    return target.resolve().stem if target.is_file() else target.resolve().name
