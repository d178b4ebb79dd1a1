"""Pictures kept as text. When a change is meant: `VIZAPP_GOLDEN=write pytest tests/picture/test_golden.py`, then read
the difference."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.picture.stages import BALANCED, LAYERS, NAT, timeline
from tests.picture.test_compose import VIEW, flown, picture
from vizapp.picture.golden import golden
from vizapp.picture.shapes import Picture
from vizapp.picture.theme import NIGHT

HERE = Path(__file__).parent / "golden"


def nat_followed() -> Picture:
    run = flown(timeline(vm1__address="192.168.122.100", router__dhcp="DHCP"))
    return picture(NAT, run, replace(VIEW, lang="fr", followed=lambda _: True))


def balanced_failed() -> Picture:
    run = timeline(web1__busy=(6, 8), web2__busy=(3, 4), web3__failed=True)
    return picture(BALANCED, run, replace(VIEW, theme=NIGHT))


def layers_shown() -> Picture:
    view = replace(VIEW, lang="fr", size=(1920, 1080), level="show", caption="Une phrase.", focus=("vmm",))
    return picture(LAYERS, timeline(vmm__exits=1), view)


@pytest.mark.parametrize("make", [nat_followed, balanced_failed, layers_shown], ids=lambda make: make.__name__)
def test_a_picture_is_as_it_was(make: object) -> None:
    file = HERE / f"{make.__name__}.txt"  # type: ignore[attr-defined]
    text = golden(make())  # type: ignore[operator]
    if os.environ.get("VIZAPP_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
