"""The catalog knows every scene by its header, broken ones too, and survives its cache."""

import pytest

from tests.compare.conftest import MODES
from vizapp import places
from vizapp.scene.catalog import catalog, header, ordered


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "own"


def write(folder, name, **keys):
    folder.mkdir(exist_ok=True)
    keys = {"id": name, "title": name.title(), "stage": "{}"} | keys
    (folder / f"{name}.yaml").write_text("".join(f"{key}: {value}\n" for key, value in keys.items()))


def ids(folder):
    return [one.id for one in catalog([folder])]


def test_a_header_says_what_the_home_page_shows(tmp_path, nat):
    path = tmp_path / "nat.yaml"
    path.write_text(nat, encoding="utf-8")
    one = header(path)
    assert (one.id, one.chapter, one.level, one.minutes) == ("nat", "networking", 1, 8)
    assert (one.steps, one.questions, one.requires, one.broken) == (2, 1, ("bridged",), False)
    assert one.title("fr") == "Accès NAT (en réalité PAT)"


def test_the_header_of_a_comparison_counts_its_sides():
    one = header(MODES)
    assert (one.sides, one.broken) == (3, False)


def test_scenes_come_by_chapter_then_what_they_require_then_level(folder):
    write(folder, "z", chapter="networking", level=1)
    write(folder, "a", chapter="networking", level=1, requires="[z]")
    write(folder, "b", chapter="networking", level=2)
    write(folder, "c", chapter="architectures", level=3)
    write(folder, "d")
    assert ids(folder) == ["c", "z", "a", "b", "d"]


def test_side_ways_come_before_the_way_on_and_a_scene_after_all_that_it_requires(folder):
    write(folder, "start")
    write(folder, "on", requires="[start]")
    write(folder, "further", requires="[on]", level=3)
    write(folder, "side", requires="[start]", level=2)
    write(folder, "end", requires="[further, side, elsewhere]")
    assert ids(folder) == ["start", "side", "on", "further", "end"]


def test_scenes_that_require_each_other_are_listed_once(folder):
    write(folder, "a", requires="[b]")
    write(folder, "b", requires="[a]")
    assert sorted(ids(folder)) == ["a", "b"]


def test_a_broken_scene_is_listed_as_broken_and_the_others_work(folder):
    write(folder, "good")
    (folder / "bad.yaml").write_text("title: [")
    assert {one.id: one.broken for one in catalog([folder])} == {"bad": True, "good": False}


def test_a_changed_scene_is_read_again(folder):
    write(folder, "a", level=1)
    catalog([folder])
    write(folder, "a", level=12345)
    assert catalog([folder])[0].broken


def test_a_warm_catalog_reads_no_scene(folder, monkeypatch):
    write(folder, "a")
    cold = catalog([folder])
    monkeypatch.setattr("vizapp.scene.catalog.header", lambda *_, **__: pytest.fail("read again"))
    assert catalog([folder]) == cold


@pytest.mark.parametrize("rubbish", [b"", b"\xff", b"[]", b'{"format": 2, "scenes": 3}', b"[" * 100_000])
def test_a_corrupt_cache_is_survived(folder, rubbish):
    write(folder, "a")
    catalog([folder])
    (places.cache_dir() / "scenes.json").write_bytes(rubbish)
    assert ids(folder) == ["a"]


def test_a_cache_with_a_wrong_header_is_survived(folder):
    write(folder, "a")
    catalog([folder])
    path = places.cache_dir() / "scenes.json"
    path.write_text(path.read_text().replace('"level": 1', '"level": "x", "more": 1'))
    assert ids(folder) == ["a"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert catalog([tmp_path / "none"]) == []


def test_the_order_of_no_scenes_is_empty():
    assert ordered([]) == []
