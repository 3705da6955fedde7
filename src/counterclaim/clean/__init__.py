"""Stored text → cleaned text with a map back, and lines told apart."""
