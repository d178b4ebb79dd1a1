"""The names that a scene has: its things, ports, links and settings, for whatever refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vizapp.scene import units
from vizapp.scene.model import Link, Port, Scene, Setting, Thing
from vizapp.scene.vocabulary import Vocabulary


@dataclass(slots=True)
class Names:
    vocabulary: Vocabulary
    things: Mapping[str, Thing] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene, vocabulary: Vocabulary) -> Names:
        return cls(vocabulary, scene.things, {link.id: link for link in scene.links}, scene.settings)

    def ports(self) -> Iterator[Port]:
        return (port for thing in self.things.values() for port in thing.ports)

    def port_ids(self) -> list[str]:
        return [port.id for port in self.ports()]

    def hosts(self) -> list[str]:
        """The names by which DNS knows machines here: those of records, and what DHCP clients are called."""
        fields = [thing.fields for thing in self.things.values()]
        records = [name for each in fields for name in (each.get("dns") or {}).get("records") or ()]
        return [*records, *(each["hostname"] for each in fields if isinstance(each.get("hostname"), str))]

    def may_be_host(self, name: str) -> bool:
        """Whether a word is a name that one may ask DNS for: a known one, or any with a dot that names nothing here."""
        first = name.partition(".")[0]
        return name in self.hosts() or ("." in name and first not in self.things
                                        and units.HOST_NAME.fullmatch(name) is not None)  # fmt: skip

    def link(self, name: str) -> list[Link]:
        """The links that `name` may mean: an id, either way round, or an end (`router.wan`, `server`)."""
        if name in self.links:
            return [self.links[name]]
        a, _, b = name.partition("--")
        parts = [part.strip() for part in (a, b) if part.strip()]
        return [link for link in self.links.values() if parts and all(at_an_end(link, part) for part in parts)]

    def events(self) -> list[str]:
        """Every name that an event may have, those of acts included."""
        acts = [f"act.{verb}" for verb in self.vocabulary.verbs]
        return [*self.vocabulary.events, *acts, "act.void"]

    def fitting(self, name: str) -> list[str]:
        """The events that `name` means: itself, or all under it (`nat` for `nat.rewrite`)."""
        return [event for event in self.events() if fits(name, event)]

    def details(self, name: str) -> set[str] | None:
        """The first names of the details of those events; None when one of them does not say its own."""
        found: set[str] = set()
        for event in self.fitting(name):
            known = self.vocabulary.events.get(event)
            verb = self.vocabulary.verbs.get(event.removeprefix("act."))
            if event.startswith("act.") and verb is not None:
                found |= {"args", "value", *(option.name for option in verb.options)}
            elif known is None or not known.details:
                return None
            else:
                found |= {detail.partition(".")[0] for detail in known.details}
        return found


def fits(name: str, event: str) -> bool:
    """Whether an event of that name is meant by `name`."""
    return event == name or event.startswith(f"{name}.")


def at_an_end(link: Link, part: str) -> bool:
    """Whether `part` (a device or a port id) names an end of the link."""
    return any(part in (end, end.partition(".")[0]) for end in (link.a, link.b))
