"""The recipe that makes the engine's weights."""
