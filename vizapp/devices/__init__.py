"""The kinds of device. Adding one is: a file, its test, a line in `KINDS`, its words."""

from vizapp.scene.vocabulary import Kind, Vocabulary
from vizapp.sim.verbs import EVENTS, VERBS

KINDS: tuple[Kind, ...] = ()

VOCABULARY = Vocabulary.of(KINDS, VERBS, EVENTS)
