"""A box around programs: what runs in ring 3 above a kernel."""

from vizapp.scene.vocabulary import Kind

KIND = Kind(
    "user-space",
    "A box around programs and containers that run above a kernel, in ring 3.",
    role="host",
    icon="application",
    container=True,
    example="programs: {kind: user-space, inside: {shell: {kind: process}}}",
)
