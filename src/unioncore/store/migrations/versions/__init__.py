"""One step for each format."""
