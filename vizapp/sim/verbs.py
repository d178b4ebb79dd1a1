"""The verbs and events that every scene has, whatever its devices: the world itself carries them out."""

from vizapp.scene.vocabulary import Event, Verb

VERBS: tuple[Verb, ...] = (
    Verb("fail", ("thing",), "The thing crashes, with all that is inside it.", example="fail web3 @ 8s",
         family="break"),
    Verb("restore", ("thing",), "The failed thing works again, started afresh.", example="restore web3 @ 18s",
         family="repair"),
    Verb("cut", ("link",), "The cable is cut: what is on it is lost.", example="cut server.eth0 -- lan @ 4s",
         family="break"),
    Verb("mend", ("link",), "The cut cable carries frames again.", example="mend server.eth0 -- lan @ 9s",
         family="repair"),
    Verb("loss", ("link", "percent"), "The cable loses that share of what sets off on it from now on, at random; `0%` "
         "ends it.", example="loss server.eth0 -- lan 30% @ 4s", family="break"),
    Verb("delay", ("link", "duration"), "The cable takes that much longer, each way; `0s` ends it.",
         example="delay server.eth0 -- lan 50ms @ 4s", family="break"),
    Verb("duplicate", ("link", "percent"), "That share of what sets off on the cable is followed by a copy; `0%` ends "
         "it.", example="duplicate server.eth0 -- lan 10% @ 4s", family="break"),
    Verb("partition", ("thing", "thing"), "Whatever one of the two made (or something inside it) is lost as it reaches "
         "the other, whatever its way; all else passes.", asks=False,
         example="partition web1 web2 @ 4s", family="break"),
    Verb("heal", ("thing", "thing"), "The two reach each other again.", asks=False, example="heal web1 web2 @ 9s",
         family="repair"),
    Verb("set", ("setting",), "A setting, or a live field `device.field`, has another value from then on.",
         example="set algorithm leastconn @ 5s"),
    Verb("send", ("value", "thing", "address"), "Another way to write `ping A B`, `http A B`, `arp A B` …",
         example="send ping vm1 server @ 2s", values=("ping", "http", "connect", "ssh", "rdp", "vnc", "arp")),
)  # fmt: skip

EVENTS: tuple[Event, ...] = (
    *(Event(f"act.{verb.name}", f"`{verb.name}` was done, by the script or by a person.", ("args",)) for verb in VERBS),
    Event("act.void", "An act could do nothing: `reason` says why.", ("act", "reason")),
    Event("thing.enters", "A thing comes to stand: a setting that it depends on has another value (`stands`)."),
    Event("thing.leaves", "A thing stands no more; what was on its cables is lost."),
    Event("runaway.events", "Too many events for one run: the run stopped."),
    Event("runaway.instant", "Too much happened in one instant: the run stopped."),
    Event("runaway.storm", "Frames were looping: the run stopped."),
    Event("runaway.flights", "Too many frames at once, or for one run: the run stopped."),
    Event("runaway.requests", "Too many requests at once, or for one run: the run stopped."),
)
