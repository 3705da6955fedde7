"""Cleaned text → sentences with trees, names, figures, dates and back-references."""
