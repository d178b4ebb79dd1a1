"""SSH: both sides first say what they are, in one line each; what follows is agreed upon and encrypted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part

PORT = 22
VERSION = "SSH-2.0"
SOFTWARE = "OpenSSH_9.2p1"  # of the recordings' Debian


@dataclass(frozen=True, slots=True)
class Ssh(Message):
    """An identification string, `SSH-2.0-software`, with CR and LF behind it."""

    software: str = SOFTWARE

    protocol: ClassVar[str] = "ssh"
    title: ClassVar[str] = "SSH"
    source: ClassVar[str] = "RFC 4253 § 4.2"

    @property
    def pill(self) -> str:
        return VERSION

    def fields(self) -> dict[str, Any]:
        return {"version": VERSION, "software": self.software}

    def content(self) -> bytes:
        return f"{VERSION}-{self.software}\r\n".encode()

    def places(self) -> Sequence[Part]:
        first, rest = len(VERSION) * 8, len(self.software.encode()) * 8
        return (Part("version", 0, first, "RFC 4253 § 4.2", "text"),
                Part("software", first + 8, rest, "RFC 4253 § 4.2", "text"))  # fmt: skip

    @classmethod
    def read(cls, data: bytes) -> tuple[Ssh, str | None, bytes]:
        return cls(data.decode("utf-8", "replace").strip().removeprefix(f"{VERSION}-")), None, b""
