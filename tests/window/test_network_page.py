"""The network settings of a machine: as they stand at the clock, judged as one types, changed by acts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.hunted import FAULT, GOAL, scene
from vizapp.devices import VOCABULARY
from vizapp.picture.theme import DAY
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.window.deeds import has_settings
from vizapp.window.network_page import NetworkPage
from vizapp.window.session import Session
from vizapp.words import Words


@pytest.fixture
def page(qtbot):
    session = Session(Run(scene(GOAL, FAULT), VOCABULARY.kinds).complete())
    session.seek(session.length)
    made = NetworkPage(session, Words("en"), DAY)
    qtbot.addWidget(made)
    made.put("vm1")
    made.show()
    return made


def settle(page):
    page.session.run.complete()
    page.refresh()


def done(page):
    return [str(act).partition(" @")[0] for act in page.session.run.acts]


def write(field, text):
    """Type a text in place of what stands there."""
    QApplication.processEvents()
    field.field.setFocus()
    field.field.selectAll()
    QTest.keyClicks(field.field, text) if text else QTest.keyClick(field.field, Qt.Key.Key_Delete)


def told(field):
    return [label.text() for label in field.remarks if label.isVisible()]


def test_it_shows_what_holds_at_the_clock(page):
    assert page.cards[0].address.field.text() == "192.168.56.10/24"
    assert page.cards[0].mac.text().startswith("02:00:")
    assert page.gateway.field.text() == "192.168.56.1"


def test_an_address_is_given_with_enter_and_keeps_the_gateway_that_fits(page):
    write(page.cards[0].address, "192.168.56.20/24")
    assert told(page.cards[0].address) == [
        "Network 192.168.56.0/24: room for 254 machines, broadcast 192.168.56.255.",
        "The gateway 192.168.56.1 is kept.",
    ]
    QTest.keyClick(page.cards[0].address.field, Qt.Key.Key_Return)
    settle(page)
    assert done(page) == ["address vm1.eth0 192.168.56.20/24 gateway=192.168.56.1"]
    assert page.gateway.field.text() == "192.168.56.1"


@pytest.mark.parametrize("text", ["192.168.56", "192.168.56.300/24", "192.168.56.20", "192.168.56.0/24", "hello"])
def test_what_is_no_address_is_told_and_not_done(page, text):
    write(page.cards[0].address, text)
    assert told(page.cards[0].address)
    assert "`" not in "".join(told(page.cards[0].address))
    assert not page.cards[0].address.button.isEnabled()
    QTest.keyClick(page.cards[0].address.field, Qt.Key.Key_Return)
    assert done(page) == []


def test_esc_takes_back_what_was_typed(page):
    write(page.cards[0].address, "10.0.0.1/8")
    QTest.keyClick(page.cards[0].address.field, Qt.Key.Key_Escape)
    assert page.cards[0].address.field.text() == "192.168.56.10/24"
    assert told(page.cards[0].address) == []


def test_what_one_is_typing_is_not_overwritten_by_the_clock(page):
    write(page.gateway, "192.168.56.7")
    page.session.seek(0.0)
    page.refresh()
    assert page.gateway.field.text() == "192.168.56.7"


def test_dhcp_is_asked_at_once(page):
    page.cards[0].source.setCurrentIndex(1)
    page.cards[0].source.activated.emit(1)
    settle(page)
    assert done(page) == ["address vm1.eth0 dhcp"]
    assert page.session.playing


def test_a_gateway_is_changed_or_taken_away(page):
    write(page.gateway, "")
    page.gateway.button.click()
    settle(page)
    write(page.gateway, "192.168.56.9")
    assert told(page.gateway) == ["No machine has 192.168.56.9."]
    page.gateway.button.click()
    assert done(page) == ["gateway vm1 none", "gateway vm1 192.168.56.9"]


def test_a_gateway_elsewhere_is_refused_in_words(page):
    write(page.gateway, "10.0.0.1")
    assert told(page.gateway)[0].startswith("A gateway must be on one of its networks")
    assert not page.gateway.button.isEnabled()


def test_routes_are_added_and_removed(page):
    write(page.new_route, "10.0.0.0/8 via 192.168.56.1")
    page.new_route.button.click()
    settle(page)
    assert page.new_route.field.text() == ""
    assert done(page) == ["route vm1 10.0.0.0/8 via 192.168.56.1"]
    page._remove_route("10.0.0.0/8 via 192.168.56.1")
    settle(page)
    rows = [way.to for way in page.tables.routes("vm1")]
    assert rows == ["192.168.56.0/24", "default"]


def test_a_live_field_is_a_switch_and_can_be_undone(page):
    page.put("host")
    forwards = next(each for each in page.live if each.field.name == "forwarding")
    assert forwards.switch.isChecked()
    forwards.switch.click()
    settle(page)
    assert done(page) == ["set host.forwarding value=False"]
    page.session.undo()
    settle(page)
    assert forwards.switch.isChecked()


def test_a_hidden_fault_shows_in_the_tables_but_others_are_not_asked(page):
    page.session.begin(0)
    page.put("host")
    settle(page)
    assert not next(each for each in page.live if each.field.name == "forwarding").switch.isChecked()
    page.put("vm1")
    write(page.cards[0].address, "192.168.1.60/24")  # which lan1 has
    assert not any("lan1" in text for text in told(page.cards[0].address))


def test_a_machine_that_is_off_takes_nothing(page):
    page.session.do(Act("shutdown", ("vm1",)))
    settle(page)
    assert page.state.isVisible()
    assert not page.body.isEnabled()


def test_it_speaks_the_language_that_is_chosen(page):
    page.set_words(Words("fr"))
    assert page.cards[0].source.itemText(1) == "Adresse reçue par DHCP"
    write(page.cards[0].address, "192.168.56.0/24")
    assert told(page.cards[0].address) == ["C’est l’adresse du réseau ou de sa diffusion, pas celle d’une machine"]


def test_only_what_has_cards_or_live_fields_has_settings(page):
    things = page.session.run.scene.things
    assert [has_settings(page.session, things[name]) for name in ("vm1", "host", "lan1")] == [True] * 3
