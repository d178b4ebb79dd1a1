"""How a value is said."""

import pytest

from vizapp.picture.said import text
from vizapp.scene.vocabulary import Show
from vizapp.words import Words

STATE = Show("vrrp-state", "text", "show.vrrp-state")


@pytest.mark.parametrize(("lang", "said"), [("fr", "SECOURS (BACKUP)"), ("en", "STANDBY (BACKUP)")])
def test_a_mere_word_is_said_as_the_language_says_it(lang: str, said: str) -> None:
    assert text(STATE, "backup", Words(lang)) == said


def test_a_word_that_no_language_knows_is_said_as_it_is() -> None:
    assert text(STATE, "asleep", Words("fr")) == "asleep"
