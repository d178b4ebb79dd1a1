from tests.picture.stages import KINDS, NAT, timeline
from tests.picture.test_compose import VIEW, flown, picture
from vizapp.picture.layout import layout
from vizapp.picture.pick import pick


def test_the_innermost_box_is_picked() -> None:
    made, stage = picture(NAT, timeline()), layout(NAT, "en", VIEW.size, "explore", KINDS)
    assert pick(made, *stage.boxes["vm1"].area.middle) == "vm1"


def test_a_container_is_picked_beside_what_it_holds() -> None:
    made, stage = picture(NAT, timeline()), layout(NAT, "en", VIEW.size, "explore", KINDS)
    assert pick(made, stage.boxes["hyp"].area.x + 4, stage.boxes["hyp"].area.y + 4) == "hyp"


def test_a_cable_is_picked_on_it() -> None:
    made, stage = picture(NAT, timeline()), layout(NAT, "en", VIEW.size, "explore", KINDS)
    way = stage.ways["pc.eth0--lan.p3"]
    assert pick(made, *way.at(0.5)) == way.id


def test_a_packet_is_picked_before_its_cable() -> None:
    made, stage = picture(NAT, flown(timeline())), layout(NAT, "en", VIEW.size, "explore", KINDS)
    assert pick(made, *stage.ways["router.wan--lan.p1"].at(0.5)) == "packet:7"


def test_nothing_is_picked_on_the_empty_canvas() -> None:
    assert pick(picture(NAT, timeline()), 3, 3) is None
