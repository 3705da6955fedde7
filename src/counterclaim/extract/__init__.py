"""Parsed, attributed sentences → claims: one kind a file."""
