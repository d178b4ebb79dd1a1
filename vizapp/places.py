"""Where things lie: what is shipped, what is the user's, and how a file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

NAME = "vizapp"
PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """A folder that is shipped: inside the package when installed from a wheel, else at the top of the sources."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def resources() -> Path:
    """The folder of fonts, icons and words."""
    return shipped("resources")


def shipped_scenes() -> Path:
    """The folder of the scenes that come with the program."""
    return shipped("scenes")


def config_dir() -> Path:
    """Where settings are kept."""
    return user_dir("XDG_CONFIG_HOME", ".config", windows="APPDATA", macos="Library/Application Support")


def data_dir() -> Path:
    """Where the user's own things are kept: scenes, progress."""
    return user_dir("XDG_DATA_HOME", ".local/share", windows="APPDATA", macos="Library/Application Support")


def cache_dir() -> Path:
    """Where what can be computed again is kept: indexes, thumbnails."""
    return user_dir("XDG_CACHE_HOME", ".cache", windows="LOCALAPPDATA", macos="Library/Caches")


def state_dir() -> Path:
    """Where logs and the last session are kept."""
    return user_dir("XDG_STATE_HOME", ".local/state", windows="LOCALAPPDATA", macos="Library/Application Support")


def user_scenes() -> Path:
    """The folder of the user's own scenes; it may not exist yet."""
    return data_dir() / "scenes"


def user_dir(variable: str, home: str, *, windows: str, macos: str) -> Path:
    """Our folder by the XDG base directory rules; without the variable, where the platform keeps such things.

    A relative value is ignored, as the XDG specification asks.
    """
    given = Path(os.environ.get(variable, ""))
    if given.is_absolute():
        return given / NAME
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or Path.home()) / NAME
    return Path.home() / (macos if sys.platform == "darwin" else home) / NAME


def write_beside(
    path: Path, content: bytes | Callable[[Path], object], *, force: bool = False, parents: bool = False
) -> None:
    """Writes a file whole or not at all: beside it first, then renamed into its place.

    content: the bytes, or what writes them to the path it is given (which keeps the suffix). An existing file is kept
    (FileExistsError) unless `force`; `parents` makes the folders above. OSError when the disk says no.
    """
    target = Path(os.path.realpath(path))
    if not force and target.exists():
        raise FileExistsError(17, os.strerror(17), str(path))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a file", str(path))  # a device or a pipe is never replaced by a file
    if parents:
        target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.stem[:80]}-{os.urandom(4).hex()}{target.suffix}")
    try:
        if callable(content):
            content(beside)
        else:
            beside.write_bytes(content)
        _settle(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Waits until the bytes are on the disk, so that a power cut cannot leave an empty file under the new name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
