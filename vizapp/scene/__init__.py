"""What was written: the scene as data, its reader, its vocabulary and its units. Knows nothing of time or drawing."""
