"""Owns: what a page says about its publication besides the text: title, date, author, lead image."""
