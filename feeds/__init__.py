"""Owns: what readers see: feeds, pages, API.

An article goes in as a value of `storage.model`; bytes for a feed reader or a page for a browser come out.
Nothing here fetches, matches or sends.
"""
