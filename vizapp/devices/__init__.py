"""The kinds of device. Adding one is: a file, its test, a line in `KINDS`, its words."""

from vizapp.devices import application, kernel, processor, vmm
from vizapp.devices.balancing.kinds import KINDS as BALANCING
from vizapp.scene.vocabulary import Kind, Vocabulary
from vizapp.sim.verbs import EVENTS, VERBS

KINDS: tuple[Kind, ...] = (
    processor.KIND,
    vmm.KIND,
    kernel.KIND,
    application.KIND,
    *BALANCING,
)

VOCABULARY = Vocabulary.of(KINDS, VERBS, EVENTS)
