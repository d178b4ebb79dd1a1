"""How much painting costs, as ratios against the bare copy of a background image, measured in the same run.

    python -m bench.paint

1920x1080, 60 boxes with names, icons, addresses and links; the packets are pills, new
objects at every frame, at new places, as composing makes them.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter

from bench.table import Row, show
from vizapp.paint import Cache, fonts, paint
from vizapp.picture.packets import pill_look
from vizapp.picture.shapes import Dots, Icon, Label, Layer, Line, Picture, Pill, Rect, Shape
from vizapp.picture.theme import DAY

WIDTH, HEIGHT = 1920, 1080
NAMES = ("ARP", "DHCP", "ICMP", "SYN", "ACK", "HTTP GET", "VRRP", "DNS")
KINDS = ("arp", "dhcp", "icmp", "tcp", "tcp", "http", "vrrp", "dns")
BLIT = "blit"
FRAMES = 3
"""Few, so that shapes are in the processor's cache as those of a frame just composed are."""


def stage() -> tuple[Layer, Layer]:
    """60 boxes on a grid with icon, name and address, and the links between neighbours."""
    boxes: list[Shape] = []
    links: list[Shape] = []
    roles = tuple(DAY.roles.values())
    for number in range(60):
        role, x, y = roles[number % len(roles)], 30 + number % 10 * 189, 40 + number // 10 * 172
        boxes += [
            Rect(x, y, 150, 110, fill=role.fill, stroke=role.stroke, of=f"d{number}"),
            Icon(x + 64, y + 16, 22, "server", role.text),
            Label(x + 75, y + 62, f"web{number}", 16, role.text, 600, anchor="middle"),
            Label(x + 75, y + 86, f"192.168.1.{number}", 13, role.text, mono=True, anchor="middle"),
        ]
        corners = ((x + 150, y + 55), (x + 170, y + 55), (x + 170, y + 75), (x + 189, y + 75))
        links.append(Line(corners, DAY.link, 2, corner=8))
    return Layer(tuple(boxes)), Layer(tuple(links))


def packets(count: int, frame: int) -> Layer:
    """Pills at the places of a frame."""
    shapes: list[Shape] = []
    for number in range(count):
        kind = number % len(NAMES)
        x, y = 20 + (number * 37.3 + frame * 1.7) % 1800, 20 + (number * 91.7 + frame * 0.9) % 1030
        _, box, label = pill_look(NAMES[kind], 13, DAY.packet(KINDS[kind]), DAY.panel)
        shapes.append(Pill(x, y, box, label))
    return Layer(tuple(shapes))


def pictures(count: int) -> list[Picture]:
    """Frames that share their first layers, as those of a run do."""
    still = stage()
    return [Picture(WIDTH, HEIGHT, DAY.canvas, (*still, packets(count, frame))) for frame in range(FRAMES)]


def crowds(count: int) -> list[Picture]:
    """The same stage with a crowd of dots, as dense scenes show it."""
    still, frames = stage(), []
    for frame in range(FRAMES):
        xs = array("d", (20 + (number * 37.3 + frame * 1.7) % 1880 for number in range(count)))
        ys = array("d", (20 + (number * 91.7 + frame * 0.9) % 1040 for number in range(count)))
        layer = Layer((Dots(xs, ys, 4, DAY.packet("http"), ring=DAY.panel),))
        frames.append(Picture(WIDTH, HEIGHT, DAY.canvas, (*still, layer)))
    return frames


def repainted(shown: Sequence[Picture]) -> list[Picture]:
    """The same frames as if nothing stayed: every layer is a new object."""
    return [replace(picture, layers=tuple(replace(layer) for layer in picture.layers)) for picture in shown]


def compare(
    target: QImage, jobs: dict[str, Callable[[QPainter], object]], rounds: int = 24, times: int = 8
) -> dict[str, float]:
    """Seconds each job takes: the median of a burst, in the calmest of the bursts, which the jobs run in turn."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(median(burst(target, job, times)))
    return {name: min(times) for name, times in taken.items()}


def burst(target: QImage, job: Callable[[QPainter], object], times: int) -> list[float]:
    """The seconds of a few calls in a row, after one that warms up."""
    seconds = []
    with QPainter(target) as painter:
        job(painter)
        for _ in range(times):
            start = perf_counter()
            job(painter)
            seconds.append(perf_counter() - start)
    return seconds


def blit() -> Callable[[QPainter], object]:
    """The bare limit: a background copied to its place."""
    background = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    background.fill(0xFFF7F8FB)
    return lambda painter: painter.drawImage(0, 0, background)


def playing(shown: Sequence[Picture]) -> Callable[[QPainter], object]:
    """Paints one frame after the other with one cache."""
    frames, cache = cycle(shown), Cache()
    return lambda painter: paint(painter, next(frames), cache=cache)


def rows() -> Iterator[Row]:
    fonts.load()
    target = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    hundred, thousand = pictures(100), pictures(1000)
    budgets: dict[str, tuple[Callable[[QPainter], object], float | None]] = {
        "100 packets": (playing(hundred), 1.7),
        "1,000 packets, a crowd of dots": (playing(crowds(1000)), 5.0),
        "1,000 packets, each a named pill": (playing(thousand), 5.0),
        "10,000 packets, a crowd of dots": (playing(crowds(10_000)), None),
        "everything repainted, 100 packets": (playing(repainted(hundred)), 12.0),
        "the very first frame": (lambda painter: paint(painter, hundred[0], cache=Cache()), None),
    }
    times = compare(target, {BLIT: blit()} | {name: job for name, (job, _) in budgets.items()})
    for name, (_, budget) in budgets.items():
        said = f"{times[name] * 1e3:.2f} ms, bare blit {times[BLIT] * 1e3:.2f} ms"
        yield Row(f"paint: {name}", times[name] / times[BLIT], "×", budget, said=said)


if __name__ == "__main__":
    raise SystemExit(not show(rows()))
