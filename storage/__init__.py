"""Owns: what is remembered, the vocabulary that all share, and how text is folded for comparing.

Nothing here knows how pages are fetched, watches are matched or messages are sent. Values cross the border, SQL stays inside.
"""
