"""Blocks told apart: sentences, links that stand alone, and neither."""

from __future__ import annotations

import re

from collector.extract.generic.outline import Block

_SENTENCE_END = re.compile(r"[.!?…:;。！？][»”\"')\]]*$|[.!?…][»”\"')\]]*\s|[。！？]")
_WORDS = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff]{2}")
_FEW = 4
"""Words of a sentence: dates and names with initials have fewer, and full stops all the same."""
_LONG, _SHORT = 80, 20
"""Characters: of a block that is text whatever it ends in, and of the least that is a sentence."""
LINKED = 0.7
"""Share of a block that makes it a link: dates and counters stand beside the links of lists."""


def is_text(block: Block) -> bool:
    """Whether it reads as a sentence or more, most of it no link."""
    size = len(block.text) - block.linked
    if 2 * size <= len(block.text):
        return False
    if size >= _LONG:
        return True
    return size >= _SHORT and _SENTENCE_END.search(block.text) is not None and len(_WORDS.findall(block.text)) >= _FEW


def is_link(block: Block) -> bool:
    """Whether it is a link that stands alone, or a row of them."""
    return block.linked >= LINKED * len(block.text)
