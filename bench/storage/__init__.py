"""Measurements of what is remembered: how publications are told apart, looked up, written down and read back (`make bench-storage`)."""
