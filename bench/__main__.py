"""All measures in one table, each beside its budget: `make bench`. The exit status says whether all are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import agenda, balancing, capture, frame, memory, nat, paint, series, start
from bench.table import Row, show

ALL = (start, memory, nat, paint, frame, capture, series, agenda, balancing)


def rows() -> Iterator[Row]:
    """Every measure, as soon as it is taken; those with processes of their own first, while this one is small."""
    for module in ALL:
        yield from module.rows()


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
