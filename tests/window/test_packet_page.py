"""The page of a packet: its stops, what each made of it, what changed there, and nothing of what comes later."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.window.network import network, packet
from tests.window.toy import session as toy
from vizapp.picture.theme import DAY, NIGHT
from vizapp.window.packet_page import PacketPage
from vizapp.words import Words

EN, FR = Words("en"), Words("fr")


def page_of(qtbot, session, name="SYN", words=EN, size=(420, 760)):
    """The page of a packet at the end of the run."""
    page = PacketPage(session, words, DAY)
    qtbot.addWidget(page)
    page.set_words(words)
    page.set_theme(DAY)
    page.resize(*size)
    page.show()
    session.seek(session.length)
    assert page.put(packet(session, name))
    session.moved.connect(lambda: page.put(page.number))
    return page


def rows(page):
    nodes = page.frame.fields.fields.nodes()
    return {f"{node.section.protocol}.{node.field.name}": node for node in nodes if node.field}


def test_it_tells_the_stop_where_the_packet_is(qtbot):
    page = page_of(qtbot, network())
    assert page.stop.device == "server"
    assert page.ends.text() == "VM 1 → Server"
    assert "4 / 4" in page.place.text()


def test_a_stop_is_gone_to_at_the_moment_it_was_over(qtbot):
    session = network()
    page = page_of(qtbot, session)
    page.go(1)
    assert page.stop.device == "router"
    assert session.t == page.stop.moment == page.stop.left[0].departs
    assert not session.playing


def test_what_the_router_changed_is_old_and_new(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    told = page.frame.fields.fields.told(rows(page)["ipv4.src"])
    assert told == "source: 172.16.0.5 (before: 10.0.0.11)"
    assert page.frame.fields.fields.told(rows(page)["ipv4.dst"]) == "destination: 172.16.0.9"


def test_the_reason_stands_in_words(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    assert page.why.headline.text() == "Route 172.16.0.0/24 (out by wan): straight to 172.16.0.9. TTL 64 → 63."
    assert page.why.rewritten.text() == "Router rewrites 10.0.0.11:40001 as 172.16.0.5:40001."


def test_where_it_died_says_why_in_red(qtbot):
    page = page_of(qtbot, network(), "ECHO")
    assert page.why.headline.text() == "No route to 192.0.2.1: dropped."
    assert DAY.role("failed").text in page.why.headline.styleSheet()


def test_stops_to_come_are_not_told(qtbot):
    session = network()
    page = PacketPage(session, EN, DAY)
    qtbot.addWidget(page)
    hop = next(f for f in session.run.timeline.flights if f.packet.id == packet(session, "SYN"))
    session.seek_true(hop.departs + 1)
    assert page.put(hop.packet.id)
    assert [stop.device for stop in page.strip.shown.trail.stops] == ["vm1"]
    assert "172.16.0.5" not in " ".join(map(page.frame.fields.fields.told, page.frame.fields.fields.nodes()))


def test_stops_seen_once_stay_reachable_after_going_back(qtbot):
    session = network()
    page = page_of(qtbot, session)
    page.go(0)
    assert len(page.strip.shown.trail.stops) == 4
    page.go(3)
    assert page.stop.device == "server"


def test_before_its_moment_there_is_no_page(qtbot):
    session = network()
    page = PacketPage(session, EN, DAY)
    qtbot.addWidget(page)
    assert not page.put(packet(session, "SYN"))


def test_it_stays_on_the_branch_that_was_chosen(qtbot):
    session = network("arp router server @ 1s")
    page = page_of(qtbot, session, "ARP request")
    assert page.stop.device == "server"
    ignored = next(stop for stop in page.strip.shown.trail.stops if stop.device == "other")
    page.go(ignored.number)
    assert (page.stop.device, page.stop.outcome) == ("other", "ignored")
    session.seek(session.length)
    assert page.stop.device == "other"


def test_the_buttons_go_from_stop_to_stop(qtbot):
    page = page_of(qtbot, network())
    page.back.click()
    assert page.stop.device == "sw"
    page.forward.click()
    assert page.stop.device == "server"
    assert not page.forward.isEnabled()


def test_the_bytes_are_those_that_went_out_or_came_in(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    assert page.frame.bytes.data[26:30] == bytes((172, 16, 0, 5))
    page.frame.sides["in"].click()
    assert page.frame.bytes.data[26:30] == bytes((10, 0, 0, 11))
    assert not page.frame.bytes.changed


def test_a_side_asked_for_once_is_kept_from_stop_to_stop(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.frame.show_side(out=False)
    page.go(2)
    assert page.frame.sides["in"].isChecked()


def test_changed_bytes_are_marked(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    marked = {byte for span in page.frame.bytes.changed for byte in range(span.first, span.last + 1)}
    assert {22, 26, 27, 28, 29} <= marked  # TTL and source address
    assert 30 not in marked


def test_pointing_at_a_field_lights_its_bytes(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.frame.fields.pointed.emit(rows(page)["tcp.sport"])
    assert (page.frame.bytes.lit.first, page.frame.bytes.lit.last) == (34, 35)
    assert "port of the sender · RFC 9293" in page.frame.meaning.text()


def test_pointing_at_a_byte_lights_its_field(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.frame.bytes.pointed.emit(8 * 35)
    assert page.frame.fields.row.lit is rows(page)["tcp.sport"]


def test_half_a_byte_is_a_field_of_its_own(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.frame.bytes.pointed.emit(8 * 14 + 4)
    assert (page.frame.bytes.lit.at, page.frame.bytes.lit.bits) == (116, 4)
    assert "IPv4 · 5 · ···· 0101" in page.frame.meaning.text()


def test_a_field_that_has_no_row_lights_its_layer_until_all_are_shown(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.frame.bytes.pointed.emit(8 * 14)
    assert page.frame.fields.row.lit.field is None
    page.whole.click()
    page.frame.bytes.pointed.emit(8 * 14)
    assert page.frame.fields.row.lit is rows(page)["ipv4.version"]


def test_a_folded_layer_stays_folded_from_packet_to_packet(qtbot):
    session = network()
    page = page_of(qtbot, session)
    tcp = next(node for node in page.frame.fields.fields.layers if node.section.protocol == "tcp")
    page.frame.fields.collapse(page.frame.fields.fields.index_of(tcp))
    page.put(packet(session, "SYN·ACK"))
    tcp = next(node for node in page.frame.fields.fields.layers if node.section.protocol == "tcp")
    assert not page.frame.fields.isExpanded(page.frame.fields.fields.index_of(tcp))


def test_answers_and_causes_lead_to_other_packets(qtbot):
    session = network()
    page = page_of(qtbot, session)
    assert f'href="packet:{packet(session, "SYN·ACK")}"' in page.why.others.text()
    page.why.others.linkActivated.emit(f"packet:{packet(session, 'SYN·ACK')}")
    assert session.selected == f"packet:{packet(session, 'SYN·ACK')}"
    page.put(packet(session, "SYN·ACK"))
    page.go(0)
    assert "Because of" in page.why.others.text()


def test_an_icmp_error_shows_the_packet_that_it_quotes(qtbot):
    page = page_of(qtbot, network(), "UNREACHABLE")
    quoted = [node for node in page.frame.fields.fields.layers if node.section.quoted]
    assert [page.frame.fields.fields.name(node) for node in quoted] == ["IPv4, quoted", "ICMP, quoted"]


def test_steps_behind_the_headline_are_folded_at_first(qtbot):
    page = page_of(qtbot, network())
    assert page.why.steps.isHidden()
    page.why.more.click()
    assert not page.why.steps.isHidden()
    assert "The destination MAC is its own" in page.why.steps.text()


def test_the_same_moment_is_not_told_twice(qtbot, monkeypatch):
    page = page_of(qtbot, network())
    calls = []
    monkeypatch.setattr(page.frame.fields, "put", calls.append)
    page.put(page.number)
    assert calls == []


def test_language_and_theme_change_at_once(qtbot):
    page = page_of(qtbot, network())
    page.go(1)
    page.set_words(FR)
    page.set_theme(NIGHT)
    page.put(page.number)
    assert page.why.headline.text().startswith("Route 172.16.0.0/24 (sortie wan)")
    assert page.frame.fields.fields.told(rows(page)["ipv4.ttl"]) == "TTL\u00a0: 63 (avant\u00a0: 64)"


def test_a_packet_without_bytes_has_fields_alone(qtbot):
    session = toy()
    page = page_of(qtbot, session)
    assert rows(page)
    assert page.frame.bytes.data == b""
    assert page.frame.hex.isHidden()


def test_a_field_is_copied_as_it_is_told(qtbot):
    page = page_of(qtbot, network())
    page.frame.fields.setCurrentIndex(page.frame.fields.fields.index_of(rows(page)["tcp.dport"]))
    qtbot.keyClick(page.frame.fields, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "destination port: 80"


@pytest.mark.parametrize("width", [320, 420, 700])
def test_no_value_is_cut_at_any_width(qtbot, width):
    page = page_of(qtbot, network(), size=(width, 700))
    page.go(1)
    for node in page.frame.fields.fields.nodes():
        if node.field is not None:
            for text, _, _ in page.frame.fields.row.values(node):
                assert "".join(page.frame.fields.row.lines(text)).replace(" ", "") == text.replace(" ", "")


def test_where_there_is_room_in_and_out_stand_side_by_side(qtbot):
    page = page_of(qtbot, network(), size=(700, 700))
    page.go(1)
    assert page.frame.fields.row.columns.left is not None
    page.resize(330, 700)
    assert page.frame.fields.row.columns.left is None


def test_where_a_value_has_no_room_beside_its_name_it_stands_below(qtbot):
    page = page_of(qtbot, network(), size=(250, 700))
    page.setStyleSheet("* { font-size: 15px; }")
    page.go(1)
    row = page.frame.fields.row
    assert row.columns.stacked
    assert row.lines("52:54:00:aa:00:10") == ["52:54:00:aa:00:10"]


def test_ports_are_named_where_there_is_room(qtbot):
    page = page_of(qtbot, network(), size=(420, 700))
    page.setStyleSheet("* { font-size: 15px; }")
    page.go(1)
    assert page.frame.sides["out"].text() == "Out · wan"
    page.resize(230, 700)
    assert page.frame.sides["out"].text() == "Out"
    assert page.frame.sides["out"].toolTip() == "Out · wan"
