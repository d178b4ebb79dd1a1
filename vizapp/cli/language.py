"""In which language the command line answers."""

from __future__ import annotations

import locale
import os
from argparse import Namespace

from vizapp.words import Words


def language() -> str:
    """The language of the environment: French where it says so, else English."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    return "fr" if (said or locale.getlocale()[0] or "").lower().startswith("fr") else "en"


def words_of(arguments: Namespace) -> Words:
    return Words(arguments.lang or language())
