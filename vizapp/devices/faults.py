"""The faults of programs, which every kind that runs some has: one way to say it, and to show it."""

from __future__ import annotations

from vizapp.scene.vocabulary import Event, Field, Show, Verb
from vizapp.sim import frame
from vizapp.sim.behaviour import Behaviour

HANG = Verb("hang", ("thing",), "Its programs stand still; its kernel still answers ARP and ping, and accepts "
            "connections.", example="hang web2 @ 5s", when=("hung", False), family="break")  # fmt: skip
RESUME = Verb("resume", ("thing",), "The hung programs go on where they had stopped.", example="resume web2 @ 9s",
              when=("hung", True), family="repair")  # fmt: skip
SLOW = Verb("slow", ("thing",), "All work takes its programs longer; `factor=1` ends it.", (
    Field("factor", "number", "How many times longer.", 4.0, minimum=0.1, maximum=1000),
), "slow web2 factor=4 @ 5s", family="break")  # fmt: skip

BADGES = (
    Show(frame.IMPAIRED, "badge", "show.impaired", longest="program.slow.longest"),
    Show(frame.HUNG, "text", "show.hung", face=False),
    Show(frame.SLOW, "text", "show.slow", face=False),
)
VERBS = (HANG, RESUME, SLOW)
EVENTS = tuple(Event(f"act.{verb.name}", f"`{verb.name}` was done.", ("args",)) for verb in VERBS)


def say(device: Behaviour, hung: bool, slowness: float) -> None:
    """Record how its programs are; one badge says it: of what stands still, how slow it is does not matter."""
    slow = {"words": "program.slow", "factor": slowness, "tone": "warn"} if slowness != 1 else ""
    device.show(frame.HUNG, hung)
    device.show(frame.SLOW, slow)
    device.show(frame.IMPAIRED, {"words": "show.hung", "tone": "warn"} if hung else slow)
