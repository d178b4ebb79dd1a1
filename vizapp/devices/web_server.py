"""A web server: a machine that answers on port 80."""

from dataclasses import replace

from vizapp.devices import machine

KIND = replace(
    machine.KIND,
    name="web-server",
    doc="A machine that answers HTTP on port 80.",
    icon="server",
    shows=machine.SHOWS,
    fields=tuple(replace(field, default=(80,)) if field.name == "listen" else field for field in machine.FIELDS),
    example="server: {kind: web-server, ports: {eth0: {ip: 192.168.1.50/24}}}",
)
