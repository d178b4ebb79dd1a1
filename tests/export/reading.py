"""pcapng read by the letter of its draft, and what tshark has to say of a file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple

import pytest

from vizapp import places
from vizapp.devices import VOCABULARY
from vizapp.export import Past, capture, pcapng
from vizapp.run import Run
from vizapp.scene.catalog import scene_files
from vizapp.scene.reader import read
from vizapp.words import Words

needs_tshark = pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")
SUMS = [f"{each}.check_checksum:TRUE" for each in ("ip", "tcp", "udp")]
COUNTED = re.compile(r"\s*(\d+)\s+(\S.*?)\s{2,}(\S+)\s+(\S.*)")

Options = dict[int, list[bytes]]


class Packet(NamedTuple):
    interface: str
    t: int
    data: bytes
    flags: int
    number: int
    comments: list[str]


class Recording(NamedTuple):
    """section, interfaces: their options; an interface by its name."""

    section: Options
    interfaces: dict[str, Options]
    packets: list[Packet]


def blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body of each block; both its lengths must agree and nothing may be left over."""
    at = 0
    while at < len(data):
        kind, size = unpack_from("<II", data, at)
        assert size % 4 == 0
        assert unpack_from("<I", data, at + size - 4) == (size,)
        yield kind, data[at + 8 : at + size - 4]
        at += size
    assert at == len(data)


def options(data: bytes) -> Options:
    found: Options = {}
    while data:
        code, size = unpack_from("<HH", data)
        if code == 0:
            assert (size, len(data)) == (0, 4)
            break
        found.setdefault(code, []).append(data[4 : 4 + size])
        data = data[4 + -(-size // 4) * 4 :]
    return found


def recording(data: bytes) -> Recording:
    """The whole file, of one section whose interfaces come first."""
    (kind, section), *others = blocks(data)
    assert (kind, unpack_from("<IHH", section)) == (0x0A0D0D0A, (0x1A2B3C4D, 1, 0))
    interfaces, packets = [], []
    for kind, body in others:
        if kind == 1:
            assert unpack_from("<H", body) == (1,)  # Ethernet
            interfaces.append(options(body[8:]))
        else:
            assert kind == 6
            packets.append(_packet(body, [each[2][0].decode() for each in interfaces]))
    return Recording(options(section[16:]), {each[2][0].decode(): each for each in interfaces}, packets)


def _packet(body: bytes, names: list[str]) -> Packet:
    place, high, low, held, sent = unpack_from("<IIIII", body)
    assert held == sent
    rest = options(body[20 + -(-held // 4) * 4 :])
    (flags,), (number,) = unpack_from("<I", rest[2][0]), unpack_from("<Q", rest[5][0])
    comments = [each.decode() for each in rest.get(1, [])]
    return Packet(names[place], high << 32 | low, body[20 : 20 + held], flags, number, comments)


def run_of(text: str) -> Run:
    """The run of a scene as it is written, or of a file."""
    reading = read(Path(text) if text.endswith(".yaml") else text, VOCABULARY)
    assert reading.scene is not None, reading.problems
    return Run(reading.scene, VOCABULARY.kinds).complete()


def networks() -> list[str]:
    """The shipped scenes in which frames go about; of comparisons, each side is one of them."""
    every = {path: read(path, VOCABULARY).scene for path in scene_files(places.shipped_scenes())}
    alone = {path: scene for path, scene in every.items() if scene is not None and not scene.sides}
    return [str(path) for path, scene in alone.items() if capture.ports(Run(scene, VOCABULARY.kinds))]


def captured(run: Run, *ports: str, t: int | None = None, lang: str = "en") -> bytes:
    return pcapng.make(Past(run, run.timeline.end if t is None else t, Words(lang), ports))


def tshark(file: Path, *more: str) -> str:
    """What it prints; sums are checked, and it must read the file to its end."""
    asked = [part for each in SUMS for part in ("-o", each)]
    done = subprocess.run(["tshark", "-n", "-r", file, *asked, *more], capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def experts(file: Path) -> dict[str, Counter[str]]:
    """What its experts say, counted: by severity (`Errors`, `Warns`, `Notes`; chats are left out) and summary."""
    found: dict[str, Counter[str]] = {}
    severity = ""
    for line in tshark(file, "-q", "-z", "expert").splitlines():
        if heading := re.fullmatch(r"(\w+) \(\d+\)", line):
            severity = heading.group(1)
        elif (row := COUNTED.fullmatch(line)) and severity != "Chats":
            found.setdefault(severity, Counter())[f"{row.group(3)}: {row.group(4)}"] += int(row.group(1))
    return found
