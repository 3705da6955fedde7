"""Measures the product on public and private test sets; every path to data is an argument."""
