import os
import sys
from pathlib import Path

import pytest

from vizapp import places


def test_shipped_folders_are_found() -> None:
    assert (places.resources() / "fonts" / "advances.json").is_file()
    assert places.shipped_scenes().is_dir()


def test_xdg_variables_say_where_the_users_things_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert places.user_scenes() == tmp_path / "vizapp" / "scenes"


@pytest.mark.skipif(sys.platform != "linux", reason="defaults differ by platform")
@pytest.mark.parametrize("value", ["", "relative/folder"])
def test_without_a_usable_variable_the_default_of_xdg_holds(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", value)
    monkeypatch.setenv("HOME", "/home/ada")
    assert places.config_dir() == Path("/home/ada/.config/vizapp")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    places.write_beside(tmp_path / "a.svg", b"<svg/>")
    assert (tmp_path / "a.svg").read_bytes() == b"<svg/>"
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        places.write_beside(target, b"new")
    assert target.read_bytes() == b"mine"


def test_force_replaces_an_existing_file(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"mine")
    places.write_beside(target, b"new", force=True)
    assert target.read_bytes() == b"new"


def test_a_writer_gets_a_path_with_the_same_suffix(tmp_path: Path) -> None:
    places.write_beside(tmp_path / "a.pdf", lambda path: path.write_text(path.suffix))
    assert (tmp_path / "a.pdf").read_text() == ".pdf"


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        places.write_beside(target, fail, force=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_missing_folder_is_made_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "settings.json"
    with pytest.raises(FileNotFoundError):
        places.write_beside(target, b"{}")
    places.write_beside(target, b"{}", parents=True)
    assert target.read_bytes() == b"{}"


def test_a_link_keeps_pointing_at_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    places.write_beside(tmp_path / "link.json", b"new", force=True)
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.svg"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a file"):
        places.write_beside(pipe, b"<svg/>", force=True)
    assert pipe.is_fifo()
