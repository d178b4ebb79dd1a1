"""Writing out what a thing is to do: names, ids and addresses; wrong ones are told in words while one types."""

from dataclasses import replace

import pytest

from tests.hunted import GOAL, scene
from vizapp.devices import VOCABULARY
from vizapp.run import Run
from vizapp.scene.model import Act, Text
from vizapp.window.session import Session
from vizapp.window.wish_dialog import WishDialog
from vizapp.words import Words


@pytest.fixture
def ask(qtbot):
    made = scene(GOAL)
    things = {**made.things, "lan1": replace(made.things["lan1"], label=Text(en="LAN machine", fr="Poste du réseau"))}
    session = Session(Run(replace(made, things=things), VOCABULARY.kinds).complete())
    session.seek(session.length)

    def dialog(verb: str = "ping", lang: str = "en") -> WishDialog:
        found = WishDialog(session, Words(lang), verb, "vm1", None)
        qtbot.addWidget(found)
        return found

    return dialog


@pytest.mark.parametrize(
    ("typed", "args", "options"),
    [
        ("lan1", ("vm1", "lan1"), {}),
        ("lan machine", ("vm1", "lan1"), {}),
        ("192.168.1.77", ("vm1", "192.168.1.77"), {}),
        ("LAN machine count=3", ("vm1", "lan1"), {"count": 3}),
        ("host.lan", ("vm1", "host.lan"), {}),
    ],
)
def test_what_is_typed_becomes_an_act(ask, typed, args, options):
    dialog = ask()
    dialog.field.setText(typed)
    assert dialog.read() == Act("ping", args, options, place=dialog.read().place)
    assert dialog.go.isEnabled()


@pytest.mark.parametrize("typed", ["192.168.1.777", "nobody here", "lan1 count=none", "lan1 port=3"])
def test_what_is_wrong_is_told_while_one_types(ask, typed):
    dialog = ask()
    dialog.field.setText(typed)
    assert dialog.wrong.text()
    assert not dialog.go.isEnabled()


def test_an_empty_field_is_neither_wrong_nor_done(ask):
    dialog = ask()
    assert (dialog.wrong.text(), dialog.go.isEnabled()) == ("", False)


def test_it_is_done_and_played(ask):
    dialog = ask(lang="fr")
    dialog.field.setText("Poste du réseau")
    dialog.accept()
    assert [act.args for act in dialog.session.run.acts] == [("vm1", "lan1")]
    assert dialog.session.playing


def test_a_name_to_resolve_is_typed_too(ask):
    dialog = ask("resolve")
    dialog.field.setText("www.example.org")
    assert dialog.read().args == ("vm1", "www.example.org")
