"""A fault as an act begins, grades or ends it, in a few words: for flags on charts and on the time line."""

from __future__ import annotations

from vizapp.picture import sentences
from vizapp.scene.model import Act, Scene
from vizapp.words import Words

NOTHING = {"loss": "0%", "delay": "0s", "duplicate": "0%", "slow": "1"}  # the degree that ends each
ENDS = {"fail": "restore", "hang": "resume", "cut": "mend", "partition": "heal",
        "kill": "start", "stop": "start"}  # the verb that ends the others


def degree(act: Act) -> str:
    """The degree of an act, as it is written; nothing for one that has none."""
    if act.verb not in NOTHING:
        return ""
    if act.verb != "slow":
        return act.args[1]
    factor = act.options.get("factor", 4.0)
    return f"{factor:g}" if isinstance(factor, (int, float)) else ""


def ends(act: Act) -> bool:
    """Whether an act repairs: it ends a fault."""
    return act.verb in ENDS.values() or (act.verb in NOTHING and degree(act) == NOTHING[act.verb])


def begins(act: Act) -> bool:
    """Whether an act breaks: it begins a fault."""
    return not ends(act) and (act.verb in ENDS or act.verb in NOTHING)


def said_degree(verb: str, amount: str, words: Words) -> str:
    """`30 %`, `+50 ms`, `4 × slower`."""
    if verb == "slow":
        return words("program.slow", factor=float(amount))
    said = sentences.amount_said(amount, words)
    return f"+{said}" if verb == "delay" else said


def said(act: Act, scene: Scene, words: Words) -> str:
    """What a fault does, in a few words: `VM 1 fails`, `loss: 30 %`."""
    amount = degree(act)
    key = f"fault.{'ended' if ends(act) and amount else 'done'}.{act.verb}"
    other = sentences.about(act.args[1], scene, words) if len(act.args) > 1 and not amount else ""
    told = said_degree(act.verb, amount, words) if amount else ""
    return words(key, thing=sentences.about(act.args[0], scene, words), other=other, amount=told)
