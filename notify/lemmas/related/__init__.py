"""Owns: words that are near a word without being forms of it: aspect partners, and what is derived from the same root.

A query never finds these by itself (design, section 11); `watch suggest` offers them.
"""

from notify.lemmas.related.aspect import aspect_partners
from notify.lemmas.related.derivation import derived_words
from notify.lemmas.related.dictionary import is_organisation, is_verb

__all__ = ["aspect_partners", "derived_words", "is_organisation", "is_verb"]
