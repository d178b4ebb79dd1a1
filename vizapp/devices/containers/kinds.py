"""The kinds of device of this room."""

from vizapp.devices.containers import container, engine, process, userspace

KINDS = (userspace.KIND, container.KIND, process.KIND, engine.KIND)
