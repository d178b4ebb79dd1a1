import itertools
from dataclasses import replace

import pytest

from tests.picture.stages import BALANCED, KINDS, LAYERS, NAT, timeline
from vizapp.picture.backdrop import DIM
from vizapp.picture.colours import contrast
from vizapp.picture.compose import compose
from vizapp.picture.layout import layout
from vizapp.picture.shapes import Arc, Dots, Icon, Label, Line, Picture, Rect
from vizapp.picture.theme import THEMES
from vizapp.picture.view import View
from vizapp.protocols.ethernet import Ethernet
from vizapp.protocols.icmp import Icmp
from vizapp.protocols.ipv4 import Ipv4
from vizapp.protocols.tcp import Tcp
from vizapp.scene.model import Scene
from vizapp.sim.pace import Pace
from vizapp.sim.packet import Packet
from vizapp.sim.timeline import Event, Flight, Timeline

VIEW = View(followed=lambda _: False)
SYN = Packet(
    7,
    (
        Ethernet("52:54:00:aa:00:01", "52:54:00:aa:00:02"),
        Ipv4("192.168.1.15", "192.168.1.50", "tcp"),
        Tcp(43804, 80, "S"),
    ),
    "SYN",
    "router",
)


def picture(scene: Scene, run: Timeline, view: View = VIEW, show: float = 0.5, pace: Pace | None = None) -> Picture:
    stage = layout(scene, view.lang, view.size, view.level, KINDS)
    pace = pace or Pace(run.end, factor=1.0)
    return compose(scene, KINDS, run.at(pace.true(show)), stage, view, show, pace)


def texts(made: Picture) -> list[str]:
    return [shape.text for shape in made.shapes if isinstance(shape, Label)]


def flown(run: Timeline, outcome: str = "in_flight", reason: str | None = None, cause: int = 0) -> Timeline:
    """A run in which a SYN leaves the router at 0.4 s and would arrive at 0.6 s."""
    ended = 400_000_000 if outcome == "dropped" else None
    run.add_flight(Flight(9, SYN, cause, "router.wan--lan.p1", "router.wan", "lan.p1", 400_000_000, 600_000_000, "vm2",
                          ended, outcome, reason))  # fmt: skip
    return run


def test_what_did_not_change_is_the_same_layer() -> None:
    run = timeline(vm1__address="10.0.0.1")
    one, two = picture(NAT, run, show=0.2), picture(NAT, run, show=0.4)
    assert one.layers[0] is two.layers[0]
    assert one.layers[1] is two.layers[1]


def test_a_changed_value_leaves_the_boxes_alone() -> None:
    run = timeline(vm1__address="10.0.0.1")
    run.track("vm1", "address").put(300_000_000, "10.0.0.2")
    before, after = picture(NAT, run, show=0.2), picture(NAT, run, show=0.4)
    assert before.layers[0] is after.layers[0]
    assert ("10.0.0.1" in texts(before), "10.0.0.2" in texts(after)) == (True, True)


def test_a_value_moves_no_box() -> None:
    run = timeline()
    run.track("vm1", "address").put(300_000_000, "192.168.122.100")
    boxes = [[s for s in picture(NAT, run, show=t).layers[0].shapes if isinstance(s, Rect)] for t in (0.2, 0.4)]
    assert boxes[0] == boxes[1]


def test_composing_writes_nothing() -> None:
    run = flown(timeline(vm1__address="10.0.0.1"))
    before = run.at(500_000_000).freeze()
    picture(NAT, run)
    assert run.at(500_000_000).freeze() == before


def test_the_same_moment_gives_the_same_picture() -> None:
    run = flown(timeline(vm1__address="10.0.0.1"))
    assert picture(NAT, run) == picture(NAT, run)


def test_a_failed_thing_is_crossed_dashed_and_says_so() -> None:
    made = picture(BALANCED, timeline(web3__failed=True))
    box = next(s for s in made.shapes if isinstance(s, Rect) and s.of == "web3")
    assert box.dash
    assert any(isinstance(s, Icon) and s.name == "cross" and s.of == "web3" for s in made.shapes)
    assert any(text.startswith("down since") for text in texts(made))


def test_links_of_a_failed_thing_are_dashed() -> None:
    made = picture(BALANCED, timeline(web3__failed=True))
    dashed = {s.of for s in made.shapes if isinstance(s, Line) and s.dash}
    assert dashed == {"lb.back--web3.eth0"}


def test_a_cut_cable_has_a_gap_with_a_mark() -> None:
    made = picture(BALANCED, timeline(**{"lb.back--web1.eth0__cut": True}))
    assert sum(isinstance(s, Line) and s.of == "lb.back--web1.eth0" for s in made.shapes) == 2
    assert any(isinstance(s, Icon) and s.name == "cut" for s in made.shapes)


def test_a_cable_that_loses_is_dashed_and_says_how_much() -> None:
    calm, ill = picture(BALANCED, timeline()), picture(BALANCED, timeline(**{"lb.back--web1.eth0__loss": 0.3}))
    assert {s.of for s in ill.shapes if isinstance(s, Line) and s.dash} == {"lb.back--web1.eth0"}
    assert set(texts(ill)) - set(texts(calm)) == {"30%"}


def test_delay_copies_and_partitions_are_signs_that_move_nothing() -> None:
    ills = {"lb.back--web1.eth0__delay": 50_000_000, "lb.back--web2.eth0__duplicate": 0.1, "web3__apart": ("lb",)}
    calm, ill = picture(BALANCED, timeline()), picture(BALANCED, timeline(**ills))
    places = [{(s.of, s.x, s.y) for s in made.layers[0].shapes if isinstance(s, Rect)} for made in (calm, ill)]
    assert places[0] == places[1]
    assert {s.name for s in ill.shapes if isinstance(s, Icon)} >= {"clock", "doubled", "wall"}


def test_programs_that_hang_are_said_on_a_face_that_has_no_room_for_it() -> None:
    made = picture(BALANCED, timeline(web1__impaired={"words": "show.hung"}, web1__hung=True))
    assert any(isinstance(s, Icon) and s.name == "hung" and s.of == "web1" for s in made.shapes)


def test_focus_dims_the_rest() -> None:
    made = picture(NAT, timeline(), replace(VIEW, focus=("router",)))
    boxes = {s.of: s.opacity for s in made.layers[0].shapes if isinstance(s, Rect)}
    assert (boxes["router"], boxes["hyp"], boxes["host"]) == (1.0, 1.0, 1.0)
    assert boxes["server"] == DIM


def test_a_packet_is_a_pill_with_its_name() -> None:
    made = picture(NAT, flown(timeline()))
    label = next(s for s in made.shapes if isinstance(s, Label) and s.text == "SYN")
    assert label.of == "packet:7"


def test_a_packet_is_on_its_cable() -> None:
    stage = layout(NAT, "en", VIEW.size, "explore", KINDS)
    made = picture(NAT, flown(timeline()))
    pill = next(s for s in made.shapes if isinstance(s, Rect) and s.of == "packet:7")
    x, y = stage.ways["router.wan--lan.p1"].at(0.5)
    assert (pill.x + pill.w / 2, pill.y + pill.h / 2) == pytest.approx((x, y), abs=2)


def test_a_followed_packet_opens_into_a_card() -> None:
    made = picture(NAT, flown(timeline()), replace(VIEW, followed=lambda _: True))
    assert {"TCP SYN", "192.168.1.15:43804", "192.168.1.50:80"} <= set(texts(made))


def rewritten() -> Timeline:
    """A run in which the router rewrote the SYN that it sends."""
    run = timeline()
    before = {"src": "192.168.122.101", "sport": 40001, "dst": "192.168.1.50", "dport": 80}
    after = before | {"src": "192.168.1.15", "sport": 43804}
    run.add_event(Event(8, 400_000_000, "nat.rewrite", "router", 0, "vm2", {"before": before, "after": after}))
    return flown(run, cause=8)


def test_what_was_rewritten_stands_struck_beside_the_new() -> None:
    made = picture(NAT, rewritten(), replace(VIEW, followed=lambda _: True))
    struck = [s.text for s in made.shapes if isinstance(s, Label) and s.struck]
    assert struck == ["192.168.122.101:40001"]


def echoed(ident: int) -> Timeline:
    """A run in which the router rewrote the echo that it sends."""
    run = timeline()
    before = {"src": "192.168.122.101", "sport": 4301, "dst": "192.168.1.50", "dport": 0}
    after = before | {"src": "192.168.1.15", "sport": ident}
    details = {"before": before, "after": after, "proto": "icmp"}
    run.add_event(Event(8, 400_000_000, "nat.rewrite", "router", 0, "vm2", details))
    layers = (SYN.layers[0], Ipv4("192.168.1.15", "192.168.1.50", "icmp"), Icmp(8, id=ident))
    run.add_flight(Flight(9, Packet(7, layers, "ECHO", "router"), 8, "router.wan--lan.p1", "router.wan", "lan.p1",
                          400_000_000, 600_000_000, "vm2"))  # fmt: skip
    return run


def test_an_echo_has_an_identifier_and_no_ports() -> None:
    made = picture(NAT, echoed(4301), replace(VIEW, followed=lambda _: True))
    assert "192.168.1.15" in texts(made)
    assert not any("4301" in text or ":0" in text for text in texts(made))


def test_an_identifier_that_was_replaced_is_told() -> None:
    made = picture(NAT, echoed(58588), replace(VIEW, followed=lambda _: True))
    assert [s.text for s in made.shapes if isinstance(s, Label) and s.struck] == ["192.168.122.101", "4301"]
    assert "58588" in texts(made)


def test_a_masked_field_is_not_told() -> None:
    view = replace(VIEW, followed=lambda _: True, masked=("sport",))
    said = texts(picture(NAT, rewritten(), view))
    assert "192.168.1.15:?" in said
    assert not any("43804" in text for text in said)


def test_what_a_question_points_at_stands_out_before_it_is_rewritten() -> None:
    view = replace(VIEW, followed=lambda _: True, masked=("sport",))
    made = picture(NAT, flown(timeline()), view)
    assert "192.168.1.15:43804" in texts(made)
    assert any(isinstance(s, Rect) and s.fill == VIEW.theme.prediction.fill for s in made.shapes)


def test_a_followed_packet_rests_as_long_as_the_clock_stands_still() -> None:
    run = timeline()
    run.add_flight(Flight(9, SYN, 0, "router.wan--lan.p1", "router.wan", "lan.p1", 400_000_000, 600_000_000, "vm2",
                          600_000_000, "delivered"))  # fmt: skip
    pace = Pace(run.end, run.flights, [Event(10, 600_000_000, "nat.new", "lan", 9, "vm2", {})])
    assert pace.show_end(600_000_000) - pace.show(600_000_000) > 1.0
    view = replace(VIEW, followed=lambda _: True)
    assert "TCP SYN" in texts(picture(NAT, run, view, pace.show_end(600_000_000), pace))


def test_a_followed_packet_rests_at_the_door_it_reached() -> None:
    run = timeline()
    run.add_flight(Flight(9, SYN, 0, "router.wan--lan.p1", "router.wan", "lan.p1", 100_000_000, 400_000_000, "vm2",
                          400_000_000, "delivered"))  # fmt: skip
    view = replace(VIEW, followed=lambda _: True)
    pace = Pace(run.end, run.flights)
    reached = pace.show(400_000_000)
    assert "TCP SYN" in texts(picture(NAT, run, view, reached + 0.1, pace))
    assert "TCP SYN" not in texts(picture(NAT, run, view, reached + 0.4, pace))


def test_a_card_stays_inside_the_picture() -> None:
    for part in range(1, 20):
        made = picture(NAT, flown(timeline()), replace(VIEW, followed=lambda _: True), show=0.4 + part * 0.01)
        card = next(s for s in made.shapes if isinstance(s, Rect) and s.shadow)
        assert 0 <= card.x <= made.width - card.w
        assert 0 <= card.y <= made.height - card.h


def test_a_card_never_jumps() -> None:
    places = []
    for part in range(1, 40):
        made = picture(NAT, flown(timeline()), replace(VIEW, followed=lambda _: True), show=0.4 + part * 0.005)
        card = next(s for s in made.shapes if isinstance(s, Rect) and s.shadow)
        places.append((card.x, card.y))
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) < 30 for a, b in itertools.pairwise(places))


def test_a_dropped_frame_says_why() -> None:
    made = picture(NAT, flown(timeline(), "dropped", "link-cut"), show=0.6)
    assert "the cable is cut" in " ".join(texts(made))


def failed_then_restored() -> Timeline:
    run = timeline(server__failed=True)
    run.track("server", "failed").put(600_000_000, False)
    run.add_flight(Flight(9, SYN, 0, "server.eth0--lan.p2", "lan.p2", "server.eth0", 100_000_000, 400_000_000, "vm2",
                          400_000_000, "dropped", "device-failed"))  # fmt: skip
    return run


def test_a_sign_that_a_device_is_down_goes_when_that_is_restored() -> None:
    shown = ["the device is down" in texts(picture(NAT, failed_then_restored(), show=t)) for t in (0.5, 0.7)]
    assert shown == [True, False]


def test_a_sign_that_could_not_be_read_is_not_drawn() -> None:
    run = failed_then_restored()
    dim = picture(NAT, run, replace(VIEW, focus=("vm1",)), show=0.5)
    assert not any(shape.of == "packet:7" for shape in dim.shapes)


def dropped_by(device_port: str, link: str, src: str, reasons: tuple[str, ...]) -> Timeline:
    run = timeline()
    for number, reason in enumerate(reasons):
        run.add_flight(Flight(9 + number, SYN, 0, link, src, device_port, 100_000_000, 400_000_000, "vm2", 400_000_000,
                              "dropped", reason))  # fmt: skip
    return run


def test_what_a_device_dropped_hides_nothing_that_is_written_on_it() -> None:
    run = dropped_by("router.lan1", "vm1.eth0--router.lan1", "vm1.eth0", ("no-route",))
    made = picture(NAT, run)
    stage = layout(NAT, "en", VIEW.size, "explore", KINDS)
    sign = next(s for s in made.shapes if isinstance(s, Rect) and s.of == "packet:7")
    box = stage.boxes["router"].area
    assert not (sign.x < box.right and box.x < sign.x + sign.w and sign.y < box.bottom and box.y < sign.y + sign.h)


def test_two_reasons_at_one_device_stand_apart() -> None:
    run = dropped_by("router.lan1", "vm1.eth0--router.lan1", "vm1.eth0", ("no-route", "ttl-expired"))
    made = picture(NAT, run)
    one, two = [s for s in made.shapes if isinstance(s, Rect) and s.of == "packet:7" and s.title]
    assert one.y + one.h <= two.y or two.y + two.h <= one.y or one.x + one.w <= two.x or two.x + two.w <= one.x


def test_a_dropped_frame_is_gone_after_its_fall() -> None:
    run = flown(timeline(), "dropped", "link-cut")
    run.end = 10**10
    assert "SYN" not in texts(picture(NAT, run, show=4.0))


def test_a_crowd_is_one_shape_a_direction() -> None:
    run = timeline()
    there, back = run.crowd.route_of("lb.back", "web1.eth0"), run.crowd.route_of("web1.eth0", "lb.back")
    for number in range(50):
        run.crowd.add(there, 400_000_000 + number, 200_000_000, number)
        run.crowd.add(back, 400_000_000 + number, 200_000_000, number)
    dots = [s for s in picture(BALANCED, run).shapes if isinstance(s, Dots)]
    assert sorted(len(s.xs) for s in dots) == [50, 50]


def test_what_waits_has_a_ring_that_runs_down() -> None:
    run = timeline(vm1__boot=1_000_000_000)
    early, late = (
        [s.turn for s in picture(NAT, run, show=show).shapes if isinstance(s, Arc)][-1] for show in (0.2, 0.7)
    )
    assert (early, late) == (pytest.approx(0.8), pytest.approx(0.3))


def test_a_table_is_shown_beside_its_device_with_what_changed_marked() -> None:
    run = timeline()
    run.track("router", "nat").put(300_000_000, [{"inside": "192.168.122.101:40001", "outside": "192.168.1.15:43804"}])
    made = picture(NAT, run, replace(VIEW, table="router.nat"))
    assert "192.168.1.15:43804" in texts(made)
    assert any(isinstance(s, Rect) and s.fill == VIEW.theme.changed for s in made.shapes)


def test_a_show_says_its_caption_at_32_pixels_or_more() -> None:
    view = replace(VIEW, size=(1920, 1080), level="show", caption="Port already taken: the router gives another one.")
    label = next(s for s in picture(NAT, timeline(), view).shapes if isinstance(s, Label) and s.text == view.caption)
    assert label.size >= 32


def test_nothing_in_a_show_is_smaller_than_24_pixels() -> None:
    view = replace(VIEW, size=(1920, 1080), level="show", caption="One sentence.", followed=lambda _: True)
    for scene in (NAT, BALANCED, LAYERS):
        made = picture(scene, flown(timeline(vm1__address="192.168.122.100")), view)
        assert [s.text for s in made.shapes if isinstance(s, Label) and s.size < 22] == []


def test_a_thumbnail_has_no_text() -> None:
    view = replace(VIEW, size=(440, 300), level="thumbnail")
    assert texts(picture(NAT, flown(timeline(vm1__address="10.0.0.1")), view)) == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_names_can_be_read_on_their_boxes(theme: object) -> None:
    from vizapp.picture.theme import Theme

    assert isinstance(theme, Theme)
    assert [name for name, role in theme.roles.items() if contrast(role.text, role.fill) < 4.5] == []


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_names_can_be_read_on_pills(theme: object) -> None:
    from vizapp.picture.colours import upon
    from vizapp.picture.theme import Theme

    assert isinstance(theme, Theme)
    assert [n for n, colour in theme.packets.items() if contrast(upon(colour), colour) < 3.5] == []


def test_a_language_changes_the_words() -> None:
    french = texts(picture(NAT, timeline(), replace(VIEW, lang="fr")))
    assert "Routeur virtuel" in french
    assert "Virtual router" not in french


def ignored(reason: str) -> tuple[Timeline, Pace]:
    """A run in which a SYN reaches the switch, which ignores it while the clock stands still."""
    run = timeline()
    run.add_flight(Flight(9, SYN, 0, "router.wan--lan.p1", "router.wan", "lan.p1", 400_000_000, 600_000_000, "vm2",
                          600_000_000, "ignored", reason))  # fmt: skip
    return run, Pace(run.end, run.flights, [Event(10, 600_000_000, "nic.filtered", "lan", 9, "vm2", {})])


def test_a_frame_that_a_card_leaves_out_says_why_while_the_clock_stands_still() -> None:
    run, pace = ignored("not-my-mac")
    said = texts(picture(NAT, run, replace(VIEW, followed=lambda _: True), pace.show_end(600_000_000), pace))
    assert {"SYN", "the destination MAC is not its own"} <= set(said)
    assert "TCP SYN" not in said


def test_a_frame_that_the_system_ignores_rests_at_its_door_while_the_clock_stands_still() -> None:
    run, pace = ignored("otherhost")
    assert "TCP SYN" in texts(
        picture(NAT, run, replace(VIEW, followed=lambda _: True), pace.show_end(600_000_000), pace)
    )


def test_of_the_copies_of_a_packet_the_one_that_one_looks_at_opens() -> None:
    run = timeline()
    for number, port in enumerate(("lan.p2--server.eth0", "lan.p3--pc.eth0")):
        link = f"{port.partition('--')[2]}--{port.partition('--')[0]}"
        run.add_flight(Flight(number, SYN, 0, link, *port.split("--"), 400_000_000, 600_000_000, "vm2"))
    for focus in ("server", "pc"):
        made = picture(NAT, run, replace(VIEW, followed=lambda _: True, focus=(focus, "lan")))
        lines = [s for s in made.shapes if isinstance(s, Line) and s.stroke == VIEW.theme.accent]
        assert [str(line.of).partition(".")[0] for line in lines] == [focus]


@pytest.mark.parametrize(("busy", "drawn"), [((2, 4), 4), ((4, 4), 4), ((7, 4), 7), ((40, 4), 10)])
def test_a_load_draws_its_cores_and_who_waits_but_no_free_place_beyond(busy: tuple[int, int], drawn: int) -> None:
    rects = [shape for shape in picture(BALANCED, timeline(web1__busy=busy)).shapes if isinstance(shape, Rect)]
    cells = [rect for rect in rects if rect.of == "web1" and rect.h < 30 and rect.w < 60]
    assert len(cells) == drawn
