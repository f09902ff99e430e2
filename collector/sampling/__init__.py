"""Owns: samples, which are pages kept with what they should be understood as, and how a definition is tried on them without a network.

A sample is two files: the page as it came, and a JSON file of the same name with its address, its day and what is expected.
"""

from __future__ import annotations

from collector.sampling.difference import Difference, differences
from collector.sampling.sample import Sample, SampleError, keep_sample, load_samples
from collector.sampling.understood import ArticleSays, Kind, LinkSays, ListingSays, Says, Understood, kind_of, understood

__all__ = [
    "ArticleSays",
    "Difference",
    "Kind",
    "LinkSays",
    "ListingSays",
    "Sample",
    "SampleError",
    "Says",
    "Understood",
    "differences",
    "keep_sample",
    "kind_of",
    "load_samples",
    "understood",
]
