"""The words of the command line and their help."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, NoReturn

from vizapp import __version__
from vizapp.cli import commands

LANGUAGES = ("fr", "en")
THEMES = ("day", "night", "print", "contrast")

EPILOG = """\
A first word that is no command is a scene (an id or a path): `vizapp nat`.
A time may carry its unit: 4.2s, 200ms. An act is written as in a scene: 'fail web3 @ 4.2s'.

exit status: 0 fine · 1 the input is wrong (scene, setting, target) · 2 wrong usage · 3 the wish failed (disk, codec)
"""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    top = Parser(prog="vizapp", description="Shows how virtualization works.", epilog=EPILOG,
                 formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    top.add_argument("--version", action="version", version=f"vizapp {__version__}")
    subs = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for add in COMMANDS.values():
        add(subs)
    return top


if TYPE_CHECKING:
    Subs = argparse._SubParsersAction[Parser]


def _open(subs: Subs) -> None:
    command = subs.add_parser("open", help="open the window, on a scene if one is named")
    command.add_argument("scene", nargs="?", metavar="SCENE", help="a scene's id or the path of a YAML file")
    _beside(command)
    _lang(command)
    command.add_argument("--theme", choices=THEMES)
    command.set_defaults(call=commands.open_window, present=False)


def _present(subs: Subs) -> None:
    command = subs.add_parser("present", help="open the window and start the show")
    command.add_argument("scene", metavar="SCENE")
    _beside(command)
    _lang(command)
    command.add_argument("--theme", choices=THEMES)
    command.set_defaults(call=commands.open_window, present=True)


def _list(subs: Subs) -> None:
    command = subs.add_parser("list", help="the scenes there are")
    command.add_argument("--json", action="store_true", help="an array of {id, chapter, title, steps, minutes}")
    _lang(command)
    command.set_defaults(call=commands.list_scenes)


def _check(subs: Subs) -> None:
    command = subs.add_parser("check", help="problems and failed expectations of scenes")
    command.add_argument("paths", nargs="*", metavar="PATH", help="files, folders or ids; none: the shipped scenes")
    _lang(command)
    command.set_defaults(call=commands.check)


def _schema(subs: Subs) -> None:
    command = subs.add_parser("schema", help="the JSON schema of a scene, for editors")
    command.set_defaults(call=commands.schema)


def _simulate(subs: Subs) -> None:
    command = subs.add_parser("simulate", help="run a scene and print what happened")
    _run(command)
    command.add_argument("--explain", action="store_true", help="tell why what was tried failed (not with --json)")
    command.add_argument("--json", action="store_true", help="one object: flights, changes, events (true seconds)")
    command.set_defaults(call=commands.simulate_scene)


def _describe(subs: Subs) -> None:
    command = subs.add_parser("describe", help="a moment in sentences, or the journey of a packet up to it")
    _run(command)
    _moment(command)
    command.add_argument("--packet", metavar="PACKET", help="instead of the moment, the journey of that packet: its "
                         "number, or as `follow` names it ('syn of vm1'): the first such one")  # fmt: skip
    _why(command)
    command.add_argument("--sources", action="store_true", help="and where what the step says comes from")
    command.set_defaults(call=commands.describe)


def _compare(subs: Subs) -> None:
    command = subs.add_parser("compare", help="what the difference is between stacks, under the same acts")
    command.add_argument("scene", metavar="SCENE", help="a scene's id or the path of a YAML file")
    command.add_argument("beside", nargs="+", metavar="SCENE[,NAME=VALUE]",
                         help="those that it is compared with, or the same at other settings (NAME=VALUE)")  # fmt: skip
    command.add_argument("--json", action="store_true", help="one object: sides, rows that differ, what is the same")
    _lang(command)
    command.set_defaults(call=commands.compare, difference=True, settings=[], acts=[], until=None, seed=None,
                         whatif=None)  # fmt: skip


def _export(subs: Subs) -> None:
    command = subs.add_parser("export", help="a moment, a step or all steps as PNG, SVG or PDF; a capture, a table")
    _run(command)
    _moment(command).add_argument("--all-steps", action="store_true", help="a page, or FILE-01, FILE-02 …, per step")
    command.add_argument("-o", "--output", required=True, metavar="FILE", help="the format follows the suffix")
    command.add_argument("--interface", dest="interfaces", action="append", default=[], metavar="PORT",
                         help="of a .pcapng: vm1.eth0, or vm1 for all its ports (default: every port)")  # fmt: skip
    command.add_argument("--charts", nargs="?", const="", metavar="NAME,…", help="with its charts below: those of the "
                         "scene, or these series (rate, response, queue, share, errors, availability, outage)")
    command.add_argument("--charts-only", action="store_true", help="the charts without the stage")
    command.add_argument("--theme", choices=THEMES, default="day")
    command.add_argument("--size", default="1920x1080", metavar="WxH", help="of the picture (default 1920x1080)")
    command.add_argument("--scale", type=_scale, default=1.0, help="pixels per unit, for PNG (default 1)")
    command.add_argument("--level", choices=("explore", "show", "thumbnail"), default="explore",
                         help="how much is told: `show` has the caption and sizes for the last row")  # fmt: skip
    command.add_argument("--fold", dest="folded", action="append", default=[], metavar="THING",
                         help="a layer or a container drawn as a thin band (instead of what the step folds)")
    command.add_argument("--zoom", dest="entered", metavar="THING",
                         help="a thing alone, with its inside and its table, and bands for what cables join it to")
    _why(command)
    command.add_argument("--sources", action="store_true", help="with the sources of the moment below")
    command.add_argument("--transparent", action="store_true", help="no background (PNG, SVG)")
    command.add_argument("--fonts", choices=("embed", "outlines", "none"), default="embed", help="in an SVG")
    command.add_argument("--force", action="store_true", help="replace an existing file")
    command.set_defaults(call=commands.export_scene)


def _run(command: argparse.ArgumentParser) -> None:
    command.add_argument("scene", metavar="SCENE", help="a scene's id or the path of a YAML file")
    _beside(command)
    command.add_argument("--seed", type=int, help="instead of the scene's own")
    command.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE")
    command.add_argument("--what-if", dest="whatif", metavar="'OLD => NEW'",
                         help="side by side with the run in which NEW is done instead of OLD (`none`: nothing), or as "
                         "well: 'fail web3 => hang web3'")  # fmt: skip
    command.add_argument("--do", dest="acts", action="append", default=[], metavar="ACT", help="'fail web3 @ 4.2s'")
    command.add_argument("--until", metavar="TIME", help="how far to simulate, in true time")
    _lang(command)


def _beside(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--with",
        dest="beside",
        action="append",
        default=[],
        metavar="SCENE[,NAME=VALUE]",
        help="side by side with that scene, or with the same one at other settings (NAME=VALUE)",
    )
    command.add_argument("--difference", action="store_true", help="stacks side by side under the same acts; "
                         "described, or exported without a moment: the answer to what the difference is")  # fmt: skip


def _moment(command: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    moment = command.add_mutually_exclusive_group()
    moment.add_argument("--step", type=int, metavar="N", help="the moment of step N (from 1)")
    moment.add_argument("--at", metavar="TIME", help="a moment in true time (default: the end)")
    moment.add_argument("--question", type=int, metavar="N", help="instead of a moment, question N (from 1)")
    command.add_argument("--reveal", action="store_true", help="with its answer")
    return moment


def _why(command: argparse.ArgumentParser) -> None:
    command.add_argument("--why", nargs="?", const="", metavar="EVENT", help="why something happened: the event of the "
                         "step, or the last one of that name (`balancer.down at lb`) up to the moment")  # fmt: skip


def _scale(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


_scale.__name__ = "scale"  # argparse says: invalid scale value


def _lang(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default=None, help="default: that of the environment")


COMMANDS = {
    "open": _open, "list": _list, "check": _check, "schema": _schema, "simulate": _simulate, "describe": _describe,
    "compare": _compare, "export": _export, "present": _present,
}  # fmt: skip
