"""Settings, logging and the exception tree: what every other package may import."""
