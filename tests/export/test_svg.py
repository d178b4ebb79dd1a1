"""SVG: plain, complete, and the same picture that is painted."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from array import array
from base64 import b64decode
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.sample import sample
from vizapp import places
from vizapp.export import Fonts, Wish, faces, svg
from vizapp.paint import image
from vizapp.picture.shapes import Arc, Dots, Label, Layer, Line, Picture, Rect

NS = "{http://www.w3.org/2000/svg}"
KNOWN = {
    "svg", "title", "desc", "metadata", "style", "g", "rect", "path", "line", "text", "circle", "polygon",
}  # fmt: skip


def written(picture: Picture, fonts: Fonts = "none", size: tuple[int, int] | None = None, scale: float = 1.0) -> str:
    return svg.make(picture, Wish(size, scale, fonts=fonts)).decode()


def tree(picture: Picture, fonts: Fonts = "none") -> ET.Element:
    return ET.fromstring(written(picture, fonts))


def picture(*shapes: object, **given: object) -> Picture:
    return Picture(100, 50, "#FFFFFF", (Layer(shapes),), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("fonts", ["embed", "outlines", "none"])
def test_only_plain_elements_are_used(qapp: object, fonts: Fonts) -> None:
    assert {each.tag.removeprefix(NS) for each in tree(sample(), fonts).iter()} <= KNOWN


def test_no_colour_hides_in_css_and_none_is_rgba() -> None:
    text = written(sample(), "embed")
    assert "rgba" not in text
    assert not re.search(r"<style>[^<]*(fill|stroke|color)\b", text)
    assert not re.search(r'style="[^"]*(fill|stroke|color)\b', text)


def test_every_text_is_there_as_it_is_written() -> None:
    shown = sample()
    texts = [each.text for each in tree(shown).iter(f"{NS}text")]
    assert texts == [shape.text for shape in shown.shapes if isinstance(shape, Label)]


def test_title_and_description_come_first() -> None:
    root = tree(sample())
    assert [each.tag.removeprefix(NS) for each in root][:3] == ["title", "desc", "metadata"]
    assert root[1].text == "Le routeur réécrit l’adresse source & le port <40001>."
    assert json.loads(root[2].text or "") == sample().meta


def test_things_tell_what_they_are() -> None:
    titles = [each.findtext(f"{NS}title") for each in tree(sample()).iter(f"{NS}rect")]
    assert "Serveur, 192.168.1.50" in titles


def test_the_root_says_language_role_and_size() -> None:
    root = tree(sample())
    found = {name: root.get(name) for name in ("width", "height", "viewBox", "role", "lang")}
    assert found == {"width": "1280", "height": "800", "viewBox": "0 0 1280 800", "role": "img", "lang": "fr"}


def test_ids_are_unique_and_stable() -> None:
    ids = [each.get("id") for each in tree(sample()).iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {"host", "vm1", "router", "packet-31"} <= set(ids)
    assert written(sample()) == written(sample())


def test_an_odd_id_becomes_a_valid_one() -> None:
    shapes = Rect(0, 0, 5, 5, of="7 é.eth0"), Rect(9, 9, 5, 5), Rect(0, 0, 5, 5, of="7 é.eth0")
    ids = [each.get("id") for each in tree(picture(*shapes)).iter() if each.get("id")]
    assert ids == ["t-7--.eth0", "t-7--.eth0-2"]


def test_a_canvas_of_another_shape_centres_the_picture() -> None:
    root = ET.fromstring(written(picture(), size=(400, 400)))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("400", "400", "0 -25 100 100")
    ground = next(root.iter(f"{NS}rect"))
    assert (ground.get("y"), ground.get("height")) == ("-25", "100")


def test_a_transparent_one_has_no_ground() -> None:
    assert not list(ET.fromstring(svg.make(picture(), Wish(transparent=True))).iter(f"{NS}rect"))


def test_the_faces_used_are_embedded_and_no_other() -> None:
    shown = picture(Label(1, 9, "Où ?", 9, "#000000"), Label(1, 9, "x", 9, "#000000", 600, mono=True))
    style = tree(shown, "embed").findtext(f"{NS}style") or ""
    named = re.findall(r'font-family:"([^"]+)";font-weight:(\d+)', style)
    assert named == [("Inter", "400"), ("JetBrains Mono", "700")]
    assert all(len(b64decode(data)) > 500 for data in re.findall(r"base64,([^)]+)\)", style))


def test_without_fonttools_the_whole_shipped_face_is_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fontTools", None)
    faces.cut.cache_clear()
    whole = (places.resources() / "fonts" / "Inter-Bold.ttf").read_bytes()
    assert faces.cut("Inter-Bold", "only here") == ("font/ttf", "truetype", whole)


def test_outlined_text_is_still_named(qapp: object) -> None:
    root = tree(picture(Label(1, 9, "A & B", 9, "#000000")), "outlines")
    assert not list(root.iter(f"{NS}text"))
    assert [each.get("aria-label") for each in root.iter(f"{NS}path")] == ["A & B"]


def test_what_xml_cannot_say_is_left_out() -> None:
    root = tree(picture(Label(1, 9, "a\x00b\x1b<c>", 9, "#000000"), title="t\x07"))
    assert (root.findtext(f"{NS}title"), next(root.iter(f"{NS}text")).text) == ("t", "ab<c>")


def test_no_qt_is_needed() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from pathlib import Path\nfrom tests.sample import sample\nfrom vizapp.export import export\n"
        "export(sample(), Path(sys.argv[1]))"
    )
    target = Path(os.environ["HOME"]) / "a.svg"
    subprocess.run([sys.executable, "-c", code, str(target)], check=True, cwd=places.PACKAGE.parent, timeout=60)
    assert target.exists()


def test_a_small_picture_is_written_so() -> None:
    shown = picture(
        Rect(4, 4, 40, 20, fill="#DBE8FD", stroke="#2563EB", of="vm1", title="VM 1"),
        Label(24, 18.25, "VM 1", 13, "#1E3A8A", 600, anchor="middle", of="vm1"),
        Line(((44, 14), (60, 14), (60, 40)), "#94A3B8", 2, dash=(4, 3), corner=6),
        Line(((0, 45), (30, 45)), "#0F172A", 2, arrow=True, opacity=0.5),
        Arc(80, 25, 8, 0.25, "#D97706"),
        Label(50, 48, "40001", 12, "#64748B", mono=True, struck=True),
        Dots(array("d", (90.0,)), array("d", (5.0,)), 3, "#56B4E9"),
        title="Un < deux",
        lang="fr",
    )
    assert written(shown) == (Path(__file__).parent / "small.svg").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="rsvg-convert is not installed")
@pytest.mark.parametrize(("fonts", "close"), [("outlines", 0.5), ("none", 1.0)])
def test_a_reader_shows_what_we_paint(qapp: object, tmp_path: Path, fonts: Fonts, close: float) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{places.resources() / 'fonts'}</dir></fontconfig>")
    source, target = tmp_path / "a.svg", tmp_path / "a.png"
    # rsvg knows no embedded fonts: it is given ours, under the names they have there.
    source.write_text(written(sample(), fonts).replace("\"Inter, 'Inter", "\"'Inter").replace("'JetBrains Mono', ", ""))
    environment = os.environ | {"FONTCONFIG_FILE": str(config)}
    subprocess.run(["rsvg-convert", source, "-o", target], check=True, env=environment, timeout=60)
    read, painted = QImage(str(target)).convertToFormat(QImage.Format.Format_RGB32), image(sample())
    assert read.size() == painted.size()
    one, other = bytes(read.constBits() or b"")[::5], bytes(painted.constBits() or b"")[::5]
    assert sum(abs(x - y) for x, y in zip(one, other, strict=True)) / len(one) < close
