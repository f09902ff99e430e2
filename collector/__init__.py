"""Owns: the clock, the network, what a page means, and the program itself.

    schedule ── due ──> poll:  discover ─> fetch ─> extract ─> identify ─> record
                                  │          │         │           │          │
                            entry points   httpx    html, in a   address   one transaction
                            give links    (fetch)   child (child) keys,     an article
                                                                 texts      (storage)

The steps (this folder) know storage alone. The upper storey (`service/`) reads the settings and the clock, starts the steps, and hands
to notify and feeds what they need from here.
"""

from importlib.metadata import version

__version__ = version("vestnik")
