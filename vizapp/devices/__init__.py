"""The kinds of device. Adding one is: a file, its test, a line in `KINDS`, its words."""

from vizapp.scene.vocabulary import Kind

KINDS: tuple[Kind, ...] = ()
