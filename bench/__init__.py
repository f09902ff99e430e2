"""Measurements against others, started by hand (`make bench-…`). None of it is part of the product, nor of its tests."""
