"""Why something that was tried on the network failed, from what was recorded."""
