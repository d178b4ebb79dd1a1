"""The shipped faces inside an SVG, cut down to the characters it uses, as CSS that any browser reads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

from vizapp import places
from vizapp.picture import outline
from vizapp.picture.shapes import Label

FILES = {
    ("Inter", 400): "Inter-Regular", ("Inter", 500): "Inter-Medium", ("Inter", 600): "Inter-SemiBold",
    ("Inter", 700): "Inter-Bold", ("JetBrains Mono", 400): "JetBrainsMono-Regular",
    ("JetBrains Mono", 700): "JetBrainsMono-Bold",
}  # fmt: skip


def css(labels: Iterable[Label]) -> str:
    """An `@font-face` for each face that the labels use."""
    used: dict[tuple[str, int], set[str]] = {}
    for label in labels:
        face = outline.face(label)
        weights = [weight for family, weight in FILES if family == face.family]
        nearest = min(weights, key=lambda there: abs(there - face.weight))
        used.setdefault((face.family, nearest), set()).update(label.text)
    return "".join(_font_face(*face, "".join(sorted(used[face]))) for face in FILES if face in used)


def _font_face(family: str, weight: int, text: str) -> str:
    mime, name, content = cut(FILES[family, weight], text)
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f'src:url(data:{mime};base64,{b64encode(content).decode("ascii")}) format("{name}")}}'
    )


@lru_cache(maxsize=64)
def cut(file: str, text: str) -> tuple[str, str, bytes]:
    """MIME type, CSS name and bytes of a face with the characters of a text.

    Without fontTools the whole shipped face is taken: it is small already.
    """
    path = places.resources() / "fonts" / f"{file}.ttf"
    try:
        from fontTools import subset
    except ImportError:
        return "font/ttf", "truetype", path.read_bytes()
    options = subset.Options(
        flavor="woff",
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        name_IDs=[1, 2, 6],
    )
    made = BytesIO()
    with subset.load_font(str(path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        subset.save_font(font, made, options)
    return "font/woff", "woff", made.getvalue()
