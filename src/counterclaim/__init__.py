"""Counterclaim reads reporting on armed conflict and keeps the record."""

__version__ = "0.1.0"
