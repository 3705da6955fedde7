"""Parsed sentences → acts of speech: quotations, sources, cues, contents, and the chains they make."""
