"""Input and output through the layers: drivers, the devices that they command, and who plays those where none is."""
