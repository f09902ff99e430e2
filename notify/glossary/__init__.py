"""Owns: names and abbreviations that are one: how texts state them, and what a query makes of those that were accepted."""

from notify.glossary.keys import keyed
from notify.glossary.pairs import pairs_in
from notify.glossary.resolving import Glossary, phrase, resolve

__all__ = ["Glossary", "keyed", "pairs_in", "phrase", "resolve"]
