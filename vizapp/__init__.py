"""vizapp shows how virtualization works: scenes that are simulated, drawn, presented and exported."""

__version__ = "0.1.0"
