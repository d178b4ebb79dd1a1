"""Settings are remembered, and survive what may happen to their file."""

import json

import pytest

from vizapp import places
from vizapp.window.settings import Preferences, Settings, sound


def test_a_change_is_remembered():
    Settings().set("theme", "night")
    assert Settings().now.theme == "night"


def test_a_change_is_told_once(qtbot):
    settings = Settings()
    told = []
    settings.changed.connect(told.append)
    settings.set("language", "fr")
    settings.set("language", "fr")
    assert told == ["language"]


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"", b"[" * 100_000])
def test_a_broken_file_is_set_aside_and_survived(content):
    path = places.config_dir() / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    settings = Settings()
    assert settings.now == Preferences()
    assert settings.set_aside is not None
    assert settings.set_aside.read_bytes() == content


def test_values_that_make_no_sense_stay_at_their_defaults():
    kept = sound({"theme": "pink", "language": 7, "text_scale": 40.0, "fog_lifted": True, "unknown": 1})
    assert kept == Preferences(fog_lifted=True)


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings = Settings(blocked / "settings.json")
    settings.set("theme", "night")
    assert settings.now.theme == "night"


def test_the_last_file_opened_comes_first_and_once(tmp_path):
    settings = Settings()
    for name in ("a", "b", "a"):
        settings.opened(tmp_path / name)
    assert settings.now.recent == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_a_chosen_language_is_spoken_and_an_unknown_one_is_english():
    settings = Settings()
    settings.set("language", "fr")
    assert settings.language == "fr"
    settings.path.write_text(json.dumps({"language": "xx"}))
    assert Settings(settings.path).now.language == "system"
