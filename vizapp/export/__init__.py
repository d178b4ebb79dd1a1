"""Pictures and runs in files: the format follows the suffix, and a file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from vizapp import places
from vizapp.export.errors import ExportError
from vizapp.export.formats import FORMATS, Fonts, Format, Past, PictureFormat, RunFormat, Wish, format_of
from vizapp.picture.shapes import Picture

__all__ = [
    "FORMATS", "ExportError", "Fonts", "Format", "Past", "PictureFormat", "RunFormat", "Wish", "export", "export_run",
    "format_of", "numbered",
]  # fmt: skip


def export(
    pictures: Picture | Sequence[Picture],
    path: Path,
    *,
    size: tuple[int, int] | None = None,
    scale: float = 1.0,
    transparent: bool = False,
    fonts: Fonts = "embed",
    force: bool = False,
) -> tuple[Path, ...]:
    """Writes a picture, or one per step, and returns the files made. What cannot be raises ExportError.

    Several pictures become the pages of one file where the format has pages, else FILE-01, FILE-02 … An existing file
    is kept unless `force`; none is written when one of them would have to be kept.
    """
    form = format_of(path)
    if not isinstance(form, PictureFormat):
        raise ExportError("export.no-picture", 2, suffix=form.suffix)
    wish = Wish(size, scale, transparent, fonts)
    if isinstance(pictures, Picture):
        sheets = [([pictures], path)]
    elif form.many:
        sheets = [(list(pictures), path)]
    else:
        names = numbered(path, len(pictures))
        sheets = [([picture], name) for picture, name in zip(pictures, names, strict=True)]
    if not sheets or not sheets[0][0]:
        raise ExportError("export.nothing", 1, path=str(path))
    _keep([name for _, name in sheets], force)
    for shown, name in sheets:
        _write(name, form.make(shown, wish), force=force)
    return tuple(name for _, name in sheets)


def export_run(past: Past, path: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Writes a run up to a moment, and returns the file made. What cannot be raises ExportError; an existing file is
    kept unless `force`."""
    form = format_of(path)
    if not isinstance(form, RunFormat):
        raise ExportError("export.no-run", 2, suffix=form.suffix)
    _keep([path], force)
    _write(path, form.make(past), force=force)
    return (path,)


def numbered(path: Path, count: int) -> list[Path]:
    """FILE-01, FILE-02 …: with as many digits as sort well."""
    digits = max(2, len(str(count)))
    return [path.with_name(f"{path.stem}-{number:0{digits}}{path.suffix}") for number in range(1, count + 1)]


def _keep(paths: Sequence[Path], force: bool) -> None:
    for path in paths:
        if path.exists() and not force:
            raise ExportError("export.exists", path=str(path))


def _write(path: Path, content: bytes, *, force: bool) -> None:
    try:
        places.write_beside(path, content, force=force)
    except FileExistsError:
        raise ExportError("export.exists", path=str(path)) from None
    except OSError as error:
        reason = error.strerror or (os.strerror(error.errno) if error.errno else str(error))
        raise ExportError("export.failed", path=str(path), reason=reason) from error
    except ValueError:  # a NUL in it
        raise ExportError("export.no-name", 2, path=str(path).replace("\0", "\N{SYMBOL FOR NULL}")) from None
