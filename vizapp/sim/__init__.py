"""What happens: an agenda of events in true time, recorded as tracks, flights and events, looked up at any time."""
