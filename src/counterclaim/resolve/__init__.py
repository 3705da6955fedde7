"""Mentions → links: what names mean, scored, reasoned and revocable."""
