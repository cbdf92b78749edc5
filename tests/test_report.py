"""The notebooks run headless, and the page that they leave."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kit.cases import create_case
from kit.report import ReportError, run_notebooks, write_report
from kit.workspace import sample_case

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
NOTEBOOKS = ("01_read.ipynb", "02_tag.ipynb", "03_chart.ipynb", "04_report.ipynb")
HOSTILE = """<script>document.title = "caught"</script>: Quill

Mayor Ada Quill said that <img src=x onerror="document.title='caught'"> the river took 12 houses & $1 million.

The end.
"""


def kit_report(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kit.cli", "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, timeout=600, check=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the sample case, from the command line."""
    folder = tmp_path_factory.mktemp("report")
    done = kit_report(cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [name for name in NOTEBOOKS if name.removesuffix(".ipynb") not in done.stderr] == []
    return folder / "report-sample"


class Page(HTMLParser):
    """Collects what a page would load, and the targets of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.files: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        if tag == "a":
            self.links.append(given.get("href") or "")
        elif tag in ("script", "link", "iframe", "object", "embed"):
            self.loads.append(tag)
        elif tag in ("img", "source", "video", "audio"):
            self.images.append(given)
            self.files += [given.get("src") or given.get("srcset") or ""]


def test_the_page_loads_nothing_and_its_images_are_inside_and_described(sample: Path):
    page = Page((sample / "report.html").read_text(encoding="utf-8"))
    assert page.loads == []
    assert page.images
    assert all(file.startswith("data:image/png;base64,") for file in page.files)
    described = [image["alt"] or "" for image in page.images if "src" in image]  # a <source> takes the alt of its <img>
    assert any("more than 250 personnel" in alt for alt in described)
    assert all(len(alt) > 40 for alt in described)
    assert (sample / "report.html").stat().st_size < 3_000_000
    assert all(link.startswith("#") for link in page.links)


def test_every_link_of_the_page_leads_to_a_mark_in_the_article(sample: Path):
    page = Page((sample / "report.html").read_text(encoding="utf-8"))
    targets = {link.removeprefix("#") for link in page.links}
    assert sum(target.startswith("m-") for target in targets) > 10
    assert targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_shows_claims_figures_marks_and_method_but_no_code(sample: Path):
    html = (sample / "report.html").read_text(encoding="utf-8")
    for words in (
        "Who claims what",
        "Konashenkov",
        "more than 250 personnel",
        "<mark",
        "page furniture",
        "SHA-256",
        "sample analyst",
        "literal reading",
        "What was not decided",
        "Everything on this page rests on one article",
    ):
        assert words in html
    assert "open_case" not in html
    assert "not independently confirmed" in html


def test_the_report_comes_with_its_notebooks_and_tables(sample: Path):
    for name in NOTEBOOKS:
        outputs = json.dumps(json.loads((sample / name).read_text(encoding="utf-8")))
        assert '"output_type": "error"' not in outputs
        assert "widget-view+json" not in outputs
    tables = {path.name for path in (sample / "tables").iterdir()}
    assert tables == {f"{name}.csv" for name in ("claims", "quantities", "dates", "sources", "annotations")}


def test_two_runs_are_byte_identical_and_name_no_path(sample: Path, tmp_path: Path):
    again = tmp_path / "elsewhere"
    assert kit_report("--out", again, cwd=tmp_path).returncode == 0
    names = sorted(path.relative_to(sample) for path in sample.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (sample / name).read_bytes() == (again / name).read_bytes(), name
    assert str(ROOT) not in (sample / "report.html").read_text(encoding="utf-8")


def test_an_article_of_ones_own_gets_a_case_and_hostile_text_stays_text(tmp_path: Path):
    article = tmp_path / "flood.txt"
    article.write_text(HOSTILE, encoding="utf-8")
    done = kit_report(article, "--published", "2023-06-05", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert not re.search(r"<img[^>]*onerror", html)
    assert "&lt;script&gt;" in html
    assert (tmp_path / "out" / "case" / "article.txt").read_bytes() == article.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "It rained.\n",
        "“" * 50,
        "الجيش قال إن 16 دبابة دمرت.\n",
        "No figures: Quill\n\nQuill said it rained.\n\nThe end.\n",
    ],
)
def test_an_article_without_claims_or_figures_still_gives_a_readable_report(tmp_path: Path, text: str):
    report = write_report(create_case(tmp_path / "case", text.encode()), tmp_path / "out")
    html = report.page.read_text(encoding="utf-8")
    assert "How this was made" in html
    assert "No claim is independently confirmed" in html or "Nobody is cited" in html
    page = Page(html)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_the_policy_for_vague_numbers_is_chosen_by_name_and_printed(tmp_path: Path):
    text = "Dozens of soldiers were killed, Mayor Ada Quill said.\n"
    case = create_case(tmp_path / "case", text.encode())
    html = write_report(case, tmp_path / "out", policy="ACLED").page.read_text(encoding="utf-8")
    assert "charts follow the ACLED" in html and "literal reading" not in html
    wrong = kit_report("--policy", "ours", "--out", tmp_path / "no", cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "choose one of literal, ACLED" in wrong.stderr and not (tmp_path / "no").exists()


def test_a_notebook_knows_nothing_of_the_one_before_it(tmp_path: Path):
    case = create_case(tmp_path / "case", "It rained.")
    done = run_notebooks(("01_read", "03_chart", "03_chart"), case, tmp_path, lambda line: None)
    counts = [[cell.execution_count for cell in one.cells if cell.cell_type == "code"] for one in done]
    assert counts[1] == counts[2] == list(range(1, len(counts[1]) + 1))
    assert [cell.outputs for cell in done[1].cells if cell.cell_type == "code"] == [
        cell.outputs for cell in done[2].cells if cell.cell_type == "code"
    ]


def test_a_torn_log_and_a_missing_date_are_told_on_the_page_and_stop_nothing(tmp_path: Path):
    case = create_case(tmp_path / "case", "It rained yesterday. Quill said 16 tanks were lost.")
    (tmp_path / "case" / "annotations.jsonl").write_text('{"schema": 1, "id": "e12', encoding="utf-8")
    html = write_report(case, tmp_path / "out").page.read_text(encoding="utf-8")
    assert "No publication date" in html
    assert "annotations.jsonl, line 1" in html


def test_a_report_runs_where_temporary_files_have_a_long_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    deep = tmp_path / ("scratch" * 12)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    case = create_case(tmp_path / "case", "It rained.")
    assert len(run_notebooks(("01_read",), case, tmp_path, lambda line: None)) == 1


def test_a_notebook_that_fails_is_kept_as_far_as_it_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    case = create_case(tmp_path / "case", "It rained.")
    (tmp_path / "case" / "analysis.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReportError, match=r"01_read\.ipynb stopped: CaseError"):
        run_notebooks(("01_read",), case, tmp_path, lambda line: None)
    assert (tmp_path / "01_read.ipynb").exists()


@pytest.mark.parametrize("name", ["02_tag", "03_chart"])
def test_plain_nbconvert_leaves_a_page_that_reads_without_a_network(tmp_path: Path, name: str):
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--execute",
        "--to",
        "html",
        "--output-dir",
        str(tmp_path),
        f"notebooks/{name}.ipynb",
    ]
    environment = {key: value for key, value in os.environ.items() if key != "KIT_CASE"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    html = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    assert "more than 250 personnel" in html
    assert ("<mark" in html) if name == "02_tag" else ("data:image/png;base64," in html)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of shared articles beside this checkout")
def test_the_real_article_gets_its_report(tmp_path: Path):
    article = SHARED / "articles" / "milley.txt"
    done = kit_report(article, "--published", "2023-06-05", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert html.count("<mark") > 30
    assert "more than 250 personnel" in html


def test_the_sample_case_is_not_touched_by_a_report(sample: Path):
    assert {path.name for path in sample_case().iterdir()} == {
        "article.txt",
        "case.toml",
        "analysis.json",
        "annotations.jsonl",
    }
