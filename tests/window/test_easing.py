"""A stage eases into another layout where its structure changed, and into none where it was resized."""

from tests.picture.stages import KINDS, LAYERS
from vizapp.picture.layout import layout
from vizapp.picture.motion import EASE
from vizapp.picture.shown import shown
from vizapp.window.easing import Easing


def laid(*folded, size=(1060.0, 750.0)):
    return layout(shown(LAYERS, frozenset(), folded), "en", size, "explore", KINDS)


def test_a_change_of_structure_takes_its_time():
    easing = Easing()
    assert easing.of(laid(), 0.0) is None
    before, part = easing.of(laid("kernel"), 5.0)
    assert (before, part) == (laid(), 0.0)
    assert easing.of(laid("kernel"), 5.0 + EASE / 2)[1] == 0.5
    assert easing.under_way
    assert easing.of(laid("kernel"), 5.0 + EASE) is None
    assert not easing.under_way


def test_another_size_is_there_at_once():
    easing = Easing()
    easing.of(laid(), 0.0)
    assert easing.of(laid(size=(800.0, 600.0)), 1.0) is None
