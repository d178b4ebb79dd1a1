"""pcapng: the frames of a run as Wireshark reads them, an interface for each port, in true time.

Form: draft-ietf-opsawg-pcapng, sections 3 (blocks, options) and 4 (section header, interface description, enhanced
packet). Written in one go from front to back, little-endian everywhere, so that the same run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct
from struct import pack as struct
from typing import cast

from vizapp import __version__
from vizapp.devices.balancing.hosted import Hosted
from vizapp.devices.net.nic import classify, mac_of
from vizapp.devices.net.node import Node
from vizapp.export import capture
from vizapp.export.capture import Sighting
from vizapp.export.formats import Past
from vizapp.picture import sentences
from vizapp.protocols import Ethernet, wire
from vizapp.protocols.header import Header
from vizapp.run import Run
from vizapp.scene.model import Port
from vizapp.words import Words

SECTION, INTERFACE, PACKET = 0x0A0D0D0A, 1, 6  # types of blocks
MAGIC, VERSION, UNKNOWN_LENGTH = 0x1A2B3C4D, (1, 0), -1
ETHERNET = 1  # link type
COMMENT = 1  # option of every block
APPLICATION = 4  # option of a section
NAME, DESCRIPTION, MAC, RESOLUTION = 2, 3, 6, 9  # options of an interface
FLAGS, PACKET_ID = 2, 5  # options of a packet
NANOSECONDS = b"\x09"  # 10⁻⁹ s
INBOUND, OUTBOUND = 1, 2
RECEPTION = {"host": 1, "multicast": 2, "broadcast": 3, "otherhost": 4}
LONGEST = 0xFFFF  # bytes of an option's value

HEAD = Struct("<IIIII")  # of a packet: interface, time in two halves, bytes here, bytes there
MARKS = Struct("<HHIHHQ")  # its two options of fixed size

Option = tuple[int, bytes]


def make(past: Past) -> bytes:
    """The file's bytes. ExportError when the scene has no frames or a port is unknown."""
    return b"".join(blocks(past))


def blocks(past: Past) -> Iterator[bytes]:
    """The file, block by block."""
    run, words = past.run, past.words
    ports = capture.chosen(run, past.ports)
    title = words("capture.title", title=words.text(run.scene.title), scene=run.scene.id, seed=run.seed)
    yield _section(title)
    for port in ports:
        yield _interface(run, port, words)
    yield from _packets(past, ports)


def _packets(past: Past, ports: Sequence[Port]) -> Iterator[bytes]:
    """Port by port, each in order of time: a conversation is whole before the next port tells it again, so that whoever
    analyses conversations takes none of its frames for a repetition of what was said just now."""
    run, places = past.run, {port.id: place for place, port in enumerate(ports)}
    seen = list(capture.sightings(run.scene, run.timeline, places, past.t))
    said = capture.comments(run, seen, places, past.t, past.words)
    macs = {port.id: _mac(run, port) or "" for port in ports}
    frames: dict[int, bytes] = {}  # by their headers, which all hops of a frame share
    heard: dict[str, list[int]] = {port: [] for port in places}
    for index, each in enumerate(seen):
        heard[each.port].append(index)
    for port, indices in heard.items():
        place, mac = places[port], macs[port]
        for index in indices:
            each = seen[index]
            layers = each.flight.packet.layers
            frame = frames.get(id(layers))
            if frame is None:
                frame = frames[id(layers)] = wire.pack(cast(Sequence[Header], layers))
            yield _packet(place, each, frame, _flags(each, mac), said.get(index, ()))


def _flags(seen: Sighting, mac: str) -> int:
    """Direction and, for what comes in, to whom it is addressed. mac: of the port; a switch's has none."""
    if not seen.inbound:
        return OUTBOUND
    frame = seen.flight.packet.layers[0]
    assert isinstance(frame, Ethernet)
    return INBOUND | RECEPTION[classify(mac, frame.eth_dst)] << 2


def _mac(run: Run, port: Port) -> str | None:
    """The MAC of a port that has one."""
    behaviour = run.kinds[run.scene.things[port.device].kind].behaviour
    machine = behaviour is not None and issubclass(behaviour, (Node, Hosted))
    return mac_of(port) if machine or port.mac else None


# blocks


def _section(comment: str) -> bytes:
    fixed = struct("<IHHq", MAGIC, *VERSION, UNKNOWN_LENGTH)
    return _block(SECTION, fixed, [(COMMENT, _text(comment)), (APPLICATION, _text(f"vizapp {__version__}"))])


def _interface(run: Run, port: Port, words: Words) -> bytes:
    mac = _mac(run, port)
    options = [(NAME, _text(port.id)), (DESCRIPTION, _text(_described(run, port, words)))]
    options += [(MAC, bytes.fromhex(mac.replace(":", "")))] if mac else []
    return _block(INTERFACE, struct("<HHI", ETHERNET, 0, 0), [*options, (RESOLUTION, NANOSECONDS)])


def _described(run: Run, port: Port, words: Words) -> str:
    """`VM 1, port eth0, cable to Virtual router`."""
    peers = [sentences.name(run.scene, words, peer) for peer in capture.peers(run.scene, port)]
    device = sentences.name(run.scene, words, port.device)
    key = "capture.port" if peers else "capture.bare-port"
    return words(key, device=device, port=port.name, peers=words.join(peers))


def _packet(interface: int, seen: Sighting, frame: bytes, flags: int, said: Sequence[str]) -> bytes:
    t, size = seen.t, len(frame)
    body = HEAD.pack(interface, t >> 32, t & 0xFFFFFFFF, size, size) + _padded(frame)
    marks = MARKS.pack(FLAGS, 4, flags, PACKET_ID, 8, seen.flight.packet.id)
    return _block(PACKET, body + marks, [(COMMENT, _text(text)) for text in said])


def _block(kind: int, body: bytes, options: Sequence[Option]) -> bytes:
    """body: the fixed part, perhaps with options behind it. An option of code 0 ends them."""
    if options:
        body += b"".join(struct("<HH", code, len(value)) + _padded(value) for code, value in options)
    size = len(body) + 16
    return struct("<II", kind, size) + body + struct("<II", 0, size)


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 4)


def _text(text: str) -> bytes:
    """UTF-8; what is too long for an option ends after a whole letter."""
    return text.encode()[:LONGEST].decode(errors="ignore").encode()
