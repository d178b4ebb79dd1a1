"""Words are found by key, filled with values, and read from the cache when it is fresh."""

import pytest

from vizapp import places
from vizapp.words import Words, store


@pytest.fixture
def own_words(tmp_path, monkeypatch):
    """Two small words files in place of the shipped ones."""
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "en.yaml").write_text(
        "a:\n  hello: 'Hello {name}'\n  yes: 'yes'\n  only: here\n  n: {one: '{n} box', other: '{n} boxes'}\n"
        "common: {and: and, no: 'no'}\n"
    )
    (folder / "fr.yaml").write_text(
        "a:\n  hello: 'Bonjour {name}'\n  yes: 'oui'\n  n: {one: '{n} boîte', other: '{n} boîtes'}\n"
    )
    monkeypatch.setattr(store, "folder", lambda: folder)
    for cached in (store.load, store.languages):
        cached.cache_clear()
    yield folder
    for cached in (store.load, store.languages):
        cached.cache_clear()


def test_a_key_says_its_text_in_the_language(own_words):
    assert Words("fr")("a.hello", name="Ada") == "Bonjour Ada"


def test_a_key_missing_in_one_language_falls_back_to_english(own_words):
    assert Words("fr")("a.only") == "here"


def test_a_key_that_is_nowhere_says_itself(own_words):
    assert Words("fr")("a.none") == "a.none"


def test_keys_such_as_yes_and_no_stay_texts(own_words):
    assert Words("en")("a.yes") == "yes"


def test_an_unknown_language_is_english(own_words):
    assert Words("xx").lang == "en"


def test_zero_is_singular_in_french_and_plural_in_english(own_words):
    assert Words("fr")("a.n", n=0) == "0 boîte"
    assert Words("en")("a.n", n=0) == "0 boxes"


def test_a_missing_value_leaves_the_placeholder_for_all_to_see(own_words):
    assert Words("en")("a.hello") == "Hello {name}"


def test_pseudo_languages_lengthen_and_turn(own_words):
    assert Words.pseudo("doubled")("a.yes") == "yes yes"
    assert Words.pseudo("rtl")("a.yes") == "\u202eyes\u202c"


def test_a_scene_text_falls_back_to_the_language_that_is_there(own_words):
    assert Words("fr").text({"en": "Host"}) == "Host"
    assert Words("fr").text(None) == ""


@pytest.mark.parametrize(("template", "value", "said"), [
    ("{v}", 40001, "40001"), ("{v:number}", 40001, "40\u202f001"), ("{v}", 2.5, "2,5"), ("{v:.2}", 2.5, "2,50"),
    ("{v:duration}", 3_600_000_000, "3,6\u00a0s"), ("{v:clock}", 1_311_000_000, "1,311\u00a0s"),
    ("{v:percent}", 0.5, "50\u00a0%"), ("{v:size}", 2048, "2\u00a0Kio"), ("{v:rate}", 120.0, "120/s"),
    ("{v}", {"words": "a.hello", "name": "Ada"}, "Bonjour Ada"), ("{v}", {"fr": "oui", "en": "yes"}, "oui"),
    ("{v}", ["a", "b"], "a common.et b"), ("{v}", None, ""), ("{v:nonsense}", 3, "3"), ("{v:duration}", "soon", "soon"),
])  # fmt: skip
def test_a_value_is_said_as_its_placeholder_asks(own_words, template, value, said):
    assert Words("fr").fill(template, {"v": value}) == said.replace("common.et", "and")


def test_a_second_start_parses_no_yaml(own_words, monkeypatch):
    store.load("fr")
    store.load.cache_clear()
    monkeypatch.setattr(store, "parse", lambda _: pytest.fail("parsed again"))
    assert store.load("fr")["a.yes"] == "oui"


def test_a_changed_file_is_parsed_again(own_words):
    store.load("fr")
    store.load.cache_clear()
    (own_words / "fr.yaml").write_text("a: {yes: ouais}\n")
    assert store.load("fr") == {"a.yes": "ouais"}


@pytest.mark.parametrize("rubbish", [b"", b"\xff\x00", b"[]", b'{"stamp": 1}', b"[" * 100_000])
def test_a_corrupt_cache_is_survived(own_words, rubbish):
    store.load("fr")
    store.load.cache_clear()
    (places.cache_dir() / "words-fr.json").write_bytes(rubbish)
    assert store.load("fr")["a.yes"] == "oui"
