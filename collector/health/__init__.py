"""Owns: what is wrong with a source, said once for each cause. Functions of values alone; nothing is fetched, asked or written here.

    a page      ─ pages, gibberish ─> a block page, or mojibake, is no article
    its history ─ assess (reach, signs, silence) ─> symptoms
    all symptoms, and the incidents so far ─ incidents (scopes) ─> incidents opened, kept and closed, and what the operator is told

`limits` has every number. `collector.service.minding` reads the histories, and has the outcome written in one transaction.
"""

from collector.health.gibberish import is_mojibake
from collector.health.pages import is_block_page, is_what_was_listed

__all__ = ["is_block_page", "is_mojibake", "is_what_was_listed"]
