"""Measurements of watches and of search: how fast texts meet many queries, and how fast the archive answers (`make bench-watches`)."""
