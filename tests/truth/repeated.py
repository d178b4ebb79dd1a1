"""The crash that was recorded several times, each at its own moment of the advert interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.truth.failover import MS, Failover, played
from vizapp.devices import VOCABULARY
from vizapp.scene.model import Act
from vizapp.sim.simulate import simulate


@dataclass(frozen=True)
class Repeat:
    """phase: from the last advert to the kill; recorded, ours: from the kill to the take-over. All in ms."""

    phase: float
    recorded: float
    ours: float


def repeats() -> list[Repeat]:
    """What was measured each time, and what our run of the same makes of it."""
    run = played("E_vrrp_crash_repeats")
    return [_repeat(run, each["kill_after_last_advert_ms"], each["kill_to_takeover_s"] * 1000)
            for each in run.found["measured"]["repeats"]]  # fmt: skip


def _repeat(run: Failover, phase: float, recorded: float) -> Repeat:
    advert = next(f.departs for f in run.timeline.flights if f.src == "lb1.eth0" and f.packet.has("vrrp"))
    kill = advert + 2_000 * MS + round(phase * MS)
    acts = (Act("kill", ("lb1", "keepalived"), at=kill), Act("cut", (run.scene.links[1].id,), at=kill))
    scene = replace(run.scene, script=tuple(act for act in run.scene.script if act.at < advert))
    timeline = simulate(scene, VOCABULARY.kinds, seed=1, acts=acts)
    taken = next(e.t for e in timeline.events if e.name == "vrrp.active" and e.device == "lb2")
    return Repeat(phase, recorded, (taken - kill) / MS)

