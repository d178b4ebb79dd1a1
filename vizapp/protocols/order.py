"""An order to a program that runs others, and its answer: what a management interface says, as JSON.

In GNS3, for example, it is `POST /v2/projects/{project_id}/nodes/{node_id}/start` (GNS3 server API).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vizapp.protocols.header import Message, Part

START, STOP = "start", "stop"
ACTIONS = (START, STOP)


@dataclass(frozen=True, slots=True)
class Order(Message):
    """action: `start` or `stop`; node: the id of what it is about; answer: what came of it, once it was carried out."""

    action: str
    node: str
    answer: str | None = None

    protocol: ClassVar[str] = "order"
    title: ClassVar[str] = "JSON"
    source: ClassVar[str] = "RFC 8259"

    @property
    def pill(self) -> str:
        return (self.answer or self.action).upper()

    def fields(self) -> dict[str, Any]:
        fields = {"action": self.action, "node": self.node}
        return fields if self.answer is None else {**fields, "answer": self.answer}

    def content(self) -> bytes:
        return json.dumps(self.fields()).encode()

    def places(self) -> Sequence[Part]:
        return (Part("json", 0, 8 * len(self.content()), self.source, "text"),)
