"""HTTP/1.0: a request and its response, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part

REASONS = {
    200: "OK", 400: "Bad Request", 404: "Not Found", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Http(Message):
    """A request (method and path) or a response (status and body)."""

    method: str | None = None
    path: str | None = None
    status: int | None = None
    body: str = ""

    protocol: ClassVar[str] = "http"
    title: ClassVar[str] = "HTTP"
    source: ClassVar[str] = "RFC 1945"

    def fields(self) -> dict[str, Any]:
        if self.status is not None:
            return {"status": self.status}
        return {"method": self.method, "path": self.path}

    @property
    def pill(self) -> str:
        return f"{self.method} {self.path}" if self.status is None else f"HTTP {self.status}"

    def content(self) -> bytes:
        if self.status is None:
            return f"{self.method} {self.path} HTTP/1.0\r\n\r\n".encode()
        body = self.body.encode()
        reason = REASONS.get(self.status, "")
        return f"HTTP/1.0 {self.status} {reason}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def places(self) -> Sequence[Part]:
        first = self.content().split(b"\r\n")[0].split(b" ", 2)
        names = ("version", "status", "reason") if self.status is not None else ("method", "path", "version")
        section = "RFC 1945 § 6.1" if self.status is not None else "RFC 1945 § 5.1"
        parts, at = [], 0
        for name, word in zip(names, first, strict=False):
            parts.append(Part(name, at * 8, len(word) * 8, section, "text"))
            at += len(word) + 1
        head = len(self.content()) - len(self.body.encode())
        if self.body:
            parts.append(Part("body", head * 8, len(self.body.encode()) * 8, "RFC 1945 § 7.2", "text"))
        return parts

    @classmethod
    def read(cls, data: bytes) -> tuple[Http, str | None, bytes]:
        head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        words = head.split("\r\n")[0].split(" ")
        if words[0].startswith("HTTP/"):
            return cls(status=int(words[1]), body=body), None, b""
        return cls(words[0], words[1] if len(words) > 1 else ""), None, b""
