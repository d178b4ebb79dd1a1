"""VNC (RFB): the server says its version first; then both agree on how the viewer proves who it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part

PORT = 5900
VERSION = b"RFB 003.008\n"
NOTHING = 1  # security type: None
CONTENTS = {"version": VERSION, "security": bytes((1, NOTHING)), "choice": bytes((NOTHING,)), "result": bytes(4)}
SOURCES = {"version": "RFC 6143 § 7.1.1", "security": "RFC 6143 § 7.1.2", "choice": "RFC 6143 § 7.1.2",
           "result": "RFC 6143 § 7.1.3"}  # fmt: skip
PARTS = {
    "version": (("version", 0, 96),), "security": (("security_count", 0, 8), ("security_types", 8, 8)),
    "choice": (("security_type", 0, 8),), "result": (("security_result", 0, 32),),
}  # fmt: skip
PILLS = {"version": "RFB 3.8", "security": "SECURITY", "choice": "CHOICE", "result": "OK"}


@dataclass(frozen=True, slots=True)
class Vnc(Message):
    """step: version (of either side), security (what the server offers), choice (of the viewer), result (accepted)."""

    step: str = "version"

    protocol: ClassVar[str] = "vnc"
    title: ClassVar[str] = "VNC (RFB)"
    source: ClassVar[str] = "RFC 6143"

    @property
    def pill(self) -> str:
        return PILLS[self.step]

    def fields(self) -> dict[str, Any]:
        return {"step": self.step}

    def content(self) -> bytes:
        return CONTENTS[self.step]

    def places(self) -> Sequence[Part]:
        form = "text" if self.step == "version" else "number"
        return tuple(Part(name, at, bits, SOURCES[self.step], form) for name, at, bits in PARTS[self.step])

    @classmethod
    def read(cls, data: bytes) -> tuple[Vnc, str | None, bytes]:
        """Which step it is shows in its length."""
        steps = {len(content): step for step, content in CONTENTS.items()}
        step = steps.get(len(data))
        return cls(step or "version"), None, b"" if step else data
