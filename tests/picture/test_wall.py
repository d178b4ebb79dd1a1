"""A container's own port, cabled to something in the container: the cable stays inside."""

from itertools import pairwise

import pytest

from tests.picture.stages import KINDS, scene, thing
from vizapp.picture.layout import layout
from vizapp.scene.model import Scene


def hosted(*inside: str, links: str) -> Scene:
    things = [thing("host", "host", inside=inside, ports="eth0 eth1")]
    things += [thing(name, "machine", within="host", ports="eth0 eth1") for name in inside]
    return scene("hosted", [*things, thing("out", "machine", ports="eth0")], links)


@pytest.mark.parametrize("links", ["vm.eth0 -- host.eth0", "host.eth0 -- vm.eth0"])
def test_it_ends_on_the_wall_and_runs_inside(links: str) -> None:
    stage = layout(hosted("vm", links=links), "en", (1000, 700), "explore", KINDS)
    host, (way,) = stage.boxes["host"].area, stage.ways.values()
    assert all(host.x <= x <= host.right and host.y <= y <= host.bottom for x, y in way.points)
    ends = (way.points[0], way.points[-1])
    assert sum(y == host.bottom for _, y in ends) == 1


def test_it_goes_round_what_stands_in_its_way() -> None:
    links = "one.eth0 -- two.eth0, two.eth1 -- three.eth0, one.eth1 -- host.eth0"
    stage = layout(hosted("one", "two", "three", links=links), "en", (1000, 700), "explore", KINDS)
    way, others = stage.ways["one.eth1--host.eth0"], [stage.boxes[name].area for name in ("two", "three")]
    for (ax, ay), (bx, by) in pairwise(way.points):
        middle = ((ax + bx) / 2, (ay + by) / 2)
        assert not any(area.holds(*middle) for area in others)


def test_outwards_it_leaves_the_container() -> None:
    links = "vm.eth0 -- host.eth0, host.eth1 -- out.eth0"
    stage = layout(hosted("vm", links=links), "en", (1000, 700), "explore", KINDS)
    host, way = stage.boxes["host"].area, stage.ways["host.eth1--out.eth0"]
    assert all(x >= host.right for x, _ in way.points)
