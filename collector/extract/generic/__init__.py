"""Owns: the text of a page, found and cleaned by the page's structure alone.

outline   the page as blocks of text and boxes that hold them, from one walk over the tree
hints     what the theme's author called a box
choose    which box holds the text, which boxes are something else
lists     how links with a few words about where they lead are told
phrases   the words that introduce what is no text
prune     which blocks of the chosen box are text
body      the result, and the same taken out of the page's HTML
"""

from __future__ import annotations

from collector.extract.generic.body import Body, body_within, find_body

__all__ = ["Body", "body_within", "find_body"]
