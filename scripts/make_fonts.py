"""Cuts the shipped fonts down to what French and English need and writes their advance tables.

Give it a folder that holds the static TTFs of Inter and JetBrains Mono with their licence files, for example the
unpacked npm packages `@expo-google-fonts/inter` and `@expo-google-fonts/jetbrains-mono`:

    python scripts/make_fonts.py FOLDER

All layout features are left out (kerning, ligatures, `->` turned into an arrow, `1x1` into `1×1`), so a text is as wide
as the sum of its characters, in Qt as in a browser, and an address is shown as it is written. The families are renamed
to "Inter Vizapp" and "JetBrains Mono Vizapp".
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
FACES = {"Inter": (400, 500, 600, 700), "JetBrains Mono": (400, 700)}
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A
    (0x0391, 0x03C9),  # λ, µ and ρ of the queues
    (0x2000, 0x200B),  # spaces
    (0x2010, 0x2015),
    (0x2018, 0x2022),
    (0x2190, 0x2199),  # arrows
    (0x2500, 0x257F),  # box drawing
    (0x2080, 0x2089),
)
SINGLES = "ŠšŸˆ˜…‰′″‹›⁄€™⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ⇄⇅⇐⇒⇔↩↪↺↻−∅∆∏∑∕√∞≈≠≤≥⌘⏎■□▪▲△▶▸▼▽▾◀◆○●◦★☆✓✔✕✗✘\u202f\u2060"
NAMES = (1, 3, 4, 16)  # name records that tell family and full name
SPACES = (0x00A0, 0x2009, 0x202F)  # mapped to the plain space where a face lacks them


def wanted() -> set[int]:
    """The characters to keep, as code points."""
    return {code for first, last in RANGES for code in range(first, last + 1)} | {ord(char) for char in SINGLES}


def renamed(name: str) -> str:
    """A name of ours, so that Qt never takes another version of the font that the machine happens to have."""
    for family in FACES:
        joined = family.replace(" ", "")
        name = name.replace(family, f"{family} Vizapp") if family in name else name.replace(joined, f"{joined}Vizapp")
    return name


def cut(source: Path, target: Path) -> None:
    """Writes the part of a font that we ship."""
    font = TTFont(source)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: table.cmap[0x20] for code in SPACES if code not in table.cmap})
    for name in font["name"].names:
        if name.nameID in (1, 3, 4, 6, 16):
            ours = renamed(name.toUnicode())
            name.string = ours.replace(" ", "") if name.nameID == 6 else ours
    options = subset.Options(hinting=False, name_IDs=["*"], name_languages=["*"], notdef_outline=True)
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    rename(font)
    font.save(target)


def rename(font: TTFont) -> None:
    """Gives a cut face a family name of its own, so that an installed Inter of another version never stands in."""
    for record in font["name"].names:
        if record.nameID in NAMES and " Vizapp" not in str(record):
            text = str(record)
            for family in FACES:
                text = text.replace(family, f"{family} Vizapp")
            record.string = text


def metrics(path: Path) -> dict[str, Any]:
    """Sizes in font units: ascent and descent as Qt reads them, and the advance of every character."""
    font = TTFont(path)
    widths = font["hmtx"].metrics
    return {
        "units_per_em": font["head"].unitsPerEm,
        "ascent": font["hhea"].ascent,
        "descent": -font["hhea"].descent,
        "cap_height": font["OS/2"].sCapHeight,
        "x_height": font["OS/2"].sxHeight,
        "advances": {chr(code): widths[glyph][0] for code, glyph in sorted(font.getBestCmap().items())},
    }


def main(folder: Path) -> None:
    """Rewrites resources/fonts from the fonts found anywhere below a folder."""
    FONTS.mkdir(parents=True, exist_ok=True)
    tables = {}
    for family, weights in FACES.items():
        joined = family.replace(" ", "")
        for weight in weights:
            source = next(folder.rglob(f"{joined}_{weight}{WEIGHTS[weight]}.ttf"))
            target = FONTS / f"{joined}-{WEIGHTS[weight]}.ttf"
            cut(source, target)
            tables[f"{family} {weight}"] = metrics(target)
        shutil.copyfile(next(source.parents[1].glob("LICENSE_FONT")), FONTS / f"{joined}-OFL.txt")
    faces = (f"{json.dumps(face)}: {json.dumps(table, ensure_ascii=False)}" for face, table in tables.items())
    (FONTS / "advances.json").write_text("{\n" + ",\n".join(faces) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/make_fonts.py FOLDER")
    main(Path(sys.argv[1]))
