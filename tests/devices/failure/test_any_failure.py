"""What holds of every explanation, whatever was broken before."""

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.devices.failure.test_explain import SECOND, host_only
from vizapp.devices.failure.explain import explain
from vizapp.devices.failure.explanation import Explanation
from vizapp.picture import explained
from vizapp.scene.model import Scene
from vizapp.sim.timeline import Event
from vizapp.words import Words

IPS = st.sampled_from(["192.168.56.1", "192.168.56.10", "192.168.56.77", "192.168.1.60", "192.168.1.1", "8.8.8.8"])
PORTS = st.sampled_from(["vm1.eth0", "host.vb", "host.lan", "lan1.eth0", "gw.eth0"])
MACHINES = st.sampled_from(["vm1", "host", "lan1", "gw"])
CHANGES = st.one_of(
    st.builds("address {} {}/{}".format, PORTS, IPS, st.sampled_from([8, 16, 24, 30])),
    st.builds("address {} none".format, PORTS),
    st.builds("gateway {} {}".format, MACHINES, IPS | st.just("none")),
    st.builds("route {} 10.0.0.0/8 via {}".format, MACHINES, IPS),
    st.builds("shutdown {}".format, MACHINES),
    st.builds("set {}.forwarding {}".format, MACHINES, st.sampled_from(["true", "false"])),
    st.builds("fail {}".format, st.sampled_from(["sw", "vm1", "gw"])),
)
REQUESTS = st.builds("{} {} {}".format, st.sampled_from(["ping", "arp", "connect"]), MACHINES, IPS)


@settings(max_examples=25, deadline=None)
@given(st.lists(CHANGES, max_size=4), REQUESTS)
def test_whatever_is_broken_what_is_told_is_whole_and_known_from_its_outcome_on(changes, request):
    lab = host_only(*(f"{line} @ {n + 1}s" for n, line in enumerate(changes)), f"{request} @ 6s")
    tried = _asked(lab.timeline.events)
    found = None if tried is None else explain(lab.scene, lab.timeline, tried)
    if tried is None or found is None:
        reject()
    assert found.told
    assert tried.t <= found.stop.t <= found.outcome.t <= lab.timeline.end
    assert explain(lab.scene, lab.timeline, tried, found.outcome.t) is not None
    assert explain(lab.scene, lab.timeline, tried, found.outcome.t - 1) is None
    assert all(_whole(text) for language in ("en", "fr") for text in _texts(found, lab.scene, Words(language)))


def _asked(events: list[Event]) -> Event | None:
    return next((e for e in events if e.t >= 6 * SECOND and e.name.startswith("act.")), None)


def _texts(found: Explanation, scene: Scene, words: Words) -> list[str]:
    return [*explained.told(found, scene, words), explained.title(found, scene, words)]


def _whole(text: str) -> bool:
    return text.strip() != "" and "{" not in text and "explain." not in text and "reason." not in text
