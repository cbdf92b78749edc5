"""A real JupyterLab and a real Chromium for the tests that need them; both skip, with a reason, where there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jupyterlab", reason="the browser tests need JupyterLab")
playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need the Python package playwright")

REPOSITORY = Path(__file__).parents[1]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG = 60_000  # milliseconds: a kernel on a small machine takes its time to start


@contextmanager
def jupyterlab(folder: Path, home: Path, *, theme: str = "JupyterLab Light", app: str = "jupyterlab") -> Iterator[str]:
    """A JupyterLab of our own on a free loopback port, without news, updates or a look at other people's settings.

    ``app="notebook"`` starts Notebook 7 instead.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}), encoding="utf-8")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    places = {name: str(home / name.lower()) for name in names}
    places |= {"IPYTHONDIR": str(home / "ipython"), "JUPYTERLAB_SETTINGS_DIR": str(home / "settings")}
    places |= {"JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"), "PYTHONPATH": str(REPOSITORY)}
    places |= {"KIT_ANNOTATOR": "tester", "KIT_CASE": "cases/sample"}
    command = [sys.executable, "-m", app, "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    name = "LabApp" if app == "jupyterlab" else "JupyterNotebookApp"
    command += ["--LabApp.news_url=", "--LabApp.extension_manager=readonly", "--allow-root"]
    command += [f"--{name}.expose_app_in_browser=True"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with open(home / "server.log", "wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | places, cwd=folder)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(server, url, home / "server.log")
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/api", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(timeout=0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@contextmanager
def browser_page(**options: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page of Debian's Chromium (or Playwright's own) that cannot leave this machine, and what it asked for."""
    with playwright.sync_playwright() as run:
        found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
        path = next(filter(None, [os.environ.get("KIT_CHROMIUM"), *found]), run.chromium.executable_path)
        if not Path(path).exists():
            pytest.skip("no Chromium: install it, or name one in KIT_CHROMIUM")
        browser = run.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        try:
            context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
            asked: list[str] = []
            context.on("request", lambda request: asked.append(request.url))
            context.route(lambda url: not is_local(url), lambda route: route.abort())
            page = context.new_page()
            page.set_default_timeout(LONG)
            yield page, asked
        finally:
            browser.close()


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:"))


def run_notebook(page: Any, url: str, notebook: str, *, at: str = "lab/tree") -> None:
    """Open the notebook and run all of it; ``at="notebooks"`` is where Notebook 7 has it."""
    fresh = "?reset" if at.startswith("lab") else ""  # JupyterLab would open again what an earlier page had open
    page.goto(f"{url}/{at}/{notebook}{fresh}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    # Told to run before it has heard of the kernel it started, JupyterLab asks for one and then starts a second.
    page.wait_for_function(
        """async () => {
            const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
            await context?.ready;
            const kernel = context?.session?.kernel;
            return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
        }"""
    )
    command(page, "notebook:run-all-cells")


def command(page: Any, name: str) -> None:
    """Run one of JupyterLab's own commands, as its menus do."""
    page.evaluate("name => window.jupyterapp.commands.execute(name)", name)
