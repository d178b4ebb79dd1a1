"""Acts in sentences: things, cables, ports and settings are said by their names, never by their ids."""

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.picture.sentences import fill, sentence
from vizapp.run import Run
from vizapp.scene.model import Act
from vizapp.scene.reader import read
from vizapp.sim.timeline import Event
from vizapp.words import words


def told(scene_id: str, act: Act, lang: str = "en") -> str:
    scene = read(places.shipped_scenes() / f"{scene_id}.yaml", VOCABULARY).scene
    assert scene is not None
    run = Run(scene, VOCABULARY.kinds, acts=[act]).complete()
    event = next(e for e in run.timeline.events if e.name == f"act.{act.verb}" and e.details["args"] == list(act.args))
    return sentence(event, scene, words(lang))


@pytest.mark.parametrize(("act", "said"), [
    (Act("set", ("router-input",), {"value": "drop"}), "Setting “What is addressed to the router itself”: dropped"),
    (Act("cut", ("card.cable--lan.p1",)), "Cable cut: Physical card – Switch"),
    (Act("loss", ("card.cable--lan.p1", "12.5%")), "Loss on a cable: Physical card – Switch, 12.5%"),
    (Act("delay", ("card.cable--lan.p1", "50ms")), "Delay on a cable: Physical card – Switch, 50 ms"),
    (Act("connect", ("lan1", "router:8080")), "Connection asked for: LAN machine → Virtual router, port 8080"),
    (Act("http", ("vm1", "server")), "Page asked for: VM 1 → Server"),
    (Act("address", ("vm1.eth0", "192.168.122.9/24")), "New address: VM 1 (eth0) → 192.168.122.9/24"),
    (Act("set", ("router.forward",), {"value": "stateful"}),
     "Setting “Virtual router, packets passing through”: stateful filter"),
])  # fmt: skip
def test_an_act_is_said_by_names(act, said):
    assert told("nat", act) == said


def test_a_duration_is_said_as_the_language_writes_it():
    act = Act("set", ("inter",), {"value": 1_500_000_000})
    assert told("load-balancing", act, "fr").endswith(": 1,5\u00a0s")


def test_an_instruction_is_said_as_manuals_write_it():
    scene = read(places.shipped_scenes() / "hardware-assisted.yaml", VOCABULARY).scene
    timeline = Run(scene, VOCABULARY.kinds).complete().timeline
    event = next(e for e in timeline.events if e.name == "cpu.executes" and e.details["instruction"] == "MOV-CR3")
    assert sentence(event, scene, words("en")) == "Processor executes MOV CR3 itself"


def test_a_port_is_called_by_its_own_name_though_a_thing_bears_the_same():
    scene = read(places.shipped_scenes() / "nat.yaml", VOCABULARY).scene
    details = {"mac": "02:00:00:aa:00:60", "port": "lan", "from": "lan1"}
    event = Event(1, 0, "switch.learned", "lan", 0, "lan", details)
    assert sentence(event, scene, words("en")).startswith("Switch learns: 02:00:00:aa:00:60 is behind port lan,")


def test_a_text_says_a_field_as_the_setting_that_it_follows():
    scene = read(places.shipped_scenes() / "load-balancing.yaml", VOCABULARY).scene
    assert scene is not None
    run = Run(scene, VOCABULARY.kinds, acts=[Act("set", ("weight1",), {"value": 5}, at=10)]).complete()
    assert [fill("{web1.weight}", run.timeline.at(t), scene, words("en")) for t in (0, 10**9)] == ["2", "5"]
