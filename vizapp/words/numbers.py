"""How each language writes numbers, durations, sizes and shares, with their spaces that never break."""

from __future__ import annotations

NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

MICROSECOND = 1_000
MILLISECOND = 1_000_000
SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def plural(n: object, lang: str) -> str:
    """`one` or `other`: French is singular below 2 (0 and 1 alike), English for 1 alone."""
    if not isinstance(n, (int, float)):
        return "other"
    return "one" if (abs(n) < 2 if lang == "fr" else n == 1) else "other"


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """`1,234.5` in English, `1 234,5` in French. Without `decimals`: up to three, none that says nothing."""
    text = f"{abs(value):,.{3 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if lang == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return MINUS + text if negative else text


def duration(ns: int, lang: str) -> str:
    """A length of time in the unit that suits it: `200 µs`, `3.6 s`, `5 min 40 s`, `1 h 5 min`, `2 d 3 h`."""
    size = abs(ns)
    for unit, length in (("ns", 1), ("µs", MICROSECOND), ("ms", MILLISECOND), ("s", SECOND)):
        larger = MINUTE if unit == "s" else length * 1000
        if size < larger:
            return number(round(ns / length, 3 if unit == "s" else 2), lang) + NBSP + unit
    day = "j" if lang == "fr" else "d"
    for big, length, small, part in (("min", MINUTE, "s", SECOND), ("h", HOUR, "min", MINUTE), (day, DAY, "h", HOUR)):
        whole, rest = divmod(round(size / part) * part, length)
        if size < _next(length) or length == DAY:
            tail = f"{NBSP}{rest // part}{NBSP}{small}" if rest else ""
            return f"{MINUS if ns < 0 else ''}{number(whole, lang, 0)}{NBSP}{big}{tail}"
    raise AssertionError("a duration always has a unit")


def _next(length: int) -> int:
    return HOUR if length == MINUTE else DAY


def clock(ns: int, lang: str, decimals: int = 3) -> str:
    """The time on the clock: true seconds, always with the same number of decimals."""
    return number(ns / SECOND, lang, decimals) + NBSP + "s"


def percent(ratio: float, lang: str, decimals: int | None = None) -> str:
    """A share: `12.5%` in English, `12,5 %` in French. Without `decimals`: at most one."""
    value = round(ratio * 100, 1) if decimals is None else ratio * 100
    return number(value, lang, decimals) + (NBSP + "%" if lang == "fr" else "%")


def size(count: int, lang: str) -> str:
    """Bytes in the unit that suits them, by powers of 1024: `1.5 GiB`, in French `1,5 Gio`."""
    letter = "o" if lang == "fr" else "B"
    value: float = count
    for unit in ("", "Ki", "Mi", "Gi"):
        if abs(value) < 1024:
            return number(round(value, 1), lang) + NBSP + unit + letter
        value /= 1024
    return number(round(value, 1), lang) + NBSP + "Ti" + letter


def rate(per_second: float, lang: str) -> str:
    """So many a second: `120/s`."""
    return number(per_second, lang) + "/s"
