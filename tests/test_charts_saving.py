"""Charts as images and files: alt text, and the same bytes each time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from charted import MORE_THAN_250, TANKS, table

from kit.charts import ChartImage, alt_text, as_image, plot_quantities, save_chart

DATA = table(MORE_THAN_250, TANKS)
SVG = "{http://www.w3.org/2000/svg}"


def test_an_image_has_escaped_alt_text_and_the_same_bytes_each_time() -> None:
    data = table(MORE_THAN_250)
    one, two = (as_image(plot_quantities(data), alt='"><script>') for _ in range(2))
    assert isinstance(one, ChartImage) and one == two
    assert b"Software" not in one.png and b"matplotlib" not in one.png
    page = one._repr_html_()
    assert page.startswith("<figure") and 'alt="&quot;&gt;&lt;script&gt;"' in page
    assert 'src="data:image/png;base64,' in page and "<script>" not in page
    with pytest.raises(ValueError, match="alt text"):
        as_image(plot_quantities(data), alt=" ")


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_a_saved_chart_has_the_same_bytes_each_time_and_no_date(tmp_path: Path, ending: str) -> None:
    alt = alt_text(DATA)
    (one,), (two,) = (save_chart(plot_quantities(DATA), tmp_path / f"{name}{ending}", alt=alt) for name in "ab")
    written = one.read_bytes()
    assert written == two.read_bytes() and len(written) > 5000
    assert b"dc:date" not in written and b"matplotlib" not in written.split(b"-->")[-1].lower()
    assert b"more than 250 personnel" in written


def test_an_svg_is_valid_xml_with_a_title_and_a_description(tmp_path: Path) -> None:
    (path,) = save_chart(plot_quantities(DATA).figure, tmp_path / "losses.SVG", alt='a "quoted" <alt>')
    root = ET.parse(path).getroot()
    assert root.tag == f"{SVG}svg" and root.findtext(f"{SVG}title", "").startswith("Colonel Ana Reyes")
    assert any(element.text == 'a "quoted" <alt>' for element in root.iter())


def test_a_path_without_an_ending_is_saved_as_both(tmp_path: Path) -> None:
    assert save_chart(plot_quantities(DATA), tmp_path / "losses") == [tmp_path / "losses.png", tmp_path / "losses.svg"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["losses.png", "losses.svg"]


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.png or \.svg"):
        save_chart(plot_quantities(DATA), tmp_path / "losses.pdf")
    assert not list(tmp_path.iterdir())
