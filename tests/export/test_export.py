"""Files: the format follows the suffix; a file is written whole or not at all, and none is lost."""

import errno
import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.sample import sample
from vizapp import places
from vizapp.export import FORMATS, ExportError, PictureFormat, export, numbered
from vizapp.picture.shapes import Label, Layer, Picture, Rect
from vizapp.words import Words

pytestmark = pytest.mark.usefixtures("qapp")
DRAWN = [form.suffix for form in FORMATS if isinstance(form, PictureFormat)]
SMALL = Picture(
    100,
    50,
    "#00FF00",
    (Layer((Rect(0, 0, 20, 20, radius=0, fill="#0000FF"), Label(30, 30, "Où ?", 14, "#000000"))),),
    title="Accès « NAT »",
    description="Une phrase",
    lang="fr",
    meta={"scene": "nat", "at": "3.3"},
)


@pytest.mark.parametrize("suffix", DRAWN)
def test_every_format_writes_a_file_and_leaves_no_other(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"a{suffix}"
    assert export(SMALL, target) == (target,)
    assert [each.name for each in tmp_path.iterdir()] == [target.name]
    assert target.stat().st_size > 100


@pytest.mark.parametrize("suffix", DRAWN)
def test_an_existing_file_is_kept_unless_forced(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"a{suffix}"
    target.write_text("mine")
    with pytest.raises(ExportError) as error:
        export(SMALL, target)
    assert (error.value.key, error.value.status, target.read_text()) == ("export.exists", 3, "mine")
    export(SMALL, target, force=True)
    assert target.stat().st_size > 100


def test_no_step_is_written_when_one_of_them_exists(tmp_path: Path) -> None:
    (tmp_path / "a-02.svg").write_text("mine")
    with pytest.raises(ExportError):
        export([SMALL, SMALL], tmp_path / "a.svg")
    assert [each.name for each in tmp_path.iterdir()] == ["a-02.svg"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError) as error:
        export(SMALL, tmp_path / "a.svg")
    assert (error.value.key, error.value.status) == ("export.failed", 3)


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "a.svg"
    target.write_text("mine")
    monkeypatch.setattr(places, "_settle", full)
    with pytest.raises(ExportError) as error:
        export(SMALL, target, force=True)
    assert error.value.values["reason"] == os.strerror(errno.ENOSPC)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.svg", "mine")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        export(SMALL, tmp_path / "nowhere" / "a.svg")
    assert (error.value.key, error.value.status) == ("export.failed", 3)


@pytest.mark.parametrize(("name", "key"), [
    ("a.docx", "export.unknown-suffix"), ("a", "export.no-suffix"), ("a.pcapng", "export.no-picture"),
    ("a\0.svg", "export.no-name"),
])  # fmt: skip
def test_an_unknown_format_is_a_wrong_wish(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(ExportError) as error:
        export(SMALL, tmp_path / name)
    assert (error.value.key, error.value.status) == (key, 2)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_failure_has_its_words(tmp_path: Path, lang: str) -> None:
    with pytest.raises(ExportError) as error:
        export(SMALL, tmp_path / "a.docx")
    said = Words(lang)(error.value.key, **error.value.values)
    assert ".docx" in said
    assert "{" not in said


def test_no_picture_is_no_file(tmp_path: Path) -> None:
    for suffix in (".svg", ".pdf"):
        with pytest.raises(ExportError):
            export([], tmp_path / f"a{suffix}")
    assert not list(tmp_path.iterdir())


def test_steps_are_numbered_where_a_file_holds_one_picture(tmp_path: Path) -> None:
    made = export([SMALL, SMALL], tmp_path / "nat.png")
    assert [each.name for each in made] == ["nat-01.png", "nat-02.png"]
    assert numbered(Path("a.png"), 120)[0].name == "a-001.png"


@pytest.mark.parametrize(
    ("given", "size"), [({}, (100, 50)), ({"scale": 2.5}, (250, 125)), ({"size": (300, 200)}, (300, 200))]
)
def test_a_png_has_the_size_asked_for(tmp_path: Path, given: dict[str, object], size: tuple[int, int]) -> None:
    (path,) = export(SMALL, tmp_path / "a.png", **given)  # type: ignore[arg-type]
    made = QImage(str(path))
    assert (made.width(), made.height()) == size


def test_a_png_is_fitted_and_centred(tmp_path: Path) -> None:
    (path,) = export(SMALL, tmp_path / "a.png", size=(100, 100))
    made = QImage(str(path))
    assert [made.pixelColor(5, y).name() for y in (10, 30, 60, 90)] == ["#00ff00", "#0000ff", "#00ff00", "#00ff00"]


def test_a_png_can_be_transparent(tmp_path: Path) -> None:
    (path,) = export(SMALL, tmp_path / "a.png", transparent=True)
    assert (QImage(str(path)).pixelColor(90, 5).alpha(), QImage(str(path)).pixelColor(5, 5).alpha()) == (0, 255)


def test_a_png_says_what_it_shows(tmp_path: Path) -> None:
    (path,) = export(SMALL, tmp_path / "a.png")
    made = QImage(str(path))
    assert {key: made.text(key) for key in ("Title", "Description", "scene", "at")} == {
        "Title": "Accès « NAT »", "Description": "Une phrase", "scene": "nat", "at": "3.3",
    }  # fmt: skip


def test_too_many_pixels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        export(SMALL, tmp_path / "a.png", scale=1e6)
    assert error.value.key == "export.too-large"


def test_a_pdf_is_vector_with_its_fonts(tmp_path: Path) -> None:
    (path,) = export(sample(), tmp_path / "a.pdf")
    content = path.read_bytes()
    assert content.count(b"/FontFile2") == 5
    assert b"/Subtype /Image" not in content


def test_a_pdf_has_a_page_per_picture_in_its_shape(tmp_path: Path) -> None:
    (path,) = export([SMALL, sample()], tmp_path / "a.pdf")
    content = path.read_bytes()
    assert content.count(b"/Type /Page\n") == 2
    assert b"/MediaBox [0 0 75 37.5" in content or b"/MediaBox [0 0 75.0" in content
    assert b"/MediaBox [0 0 960 600" in content or b"/MediaBox [0 0 960.0" in content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_text_of_a_pdf_can_be_searched(tmp_path: Path) -> None:
    (path,) = export(sample(), tmp_path / "a.pdf")
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    for label in (shape for shape in sample().shapes if isinstance(shape, Label)):
        assert label.text in said


def test_a_pdf_draws_paths_and_not_pixels(tmp_path: Path) -> None:
    (path,) = export(SMALL, tmp_path / "a.pdf")
    streams = path.read_bytes().split(b"stream\n")[1:]
    drawn = b"".join(zlib.decompressobj().decompress(each) for each in streams if each[:1] == b"\x78")
    assert b"BT" in drawn
    assert b" re" in drawn
