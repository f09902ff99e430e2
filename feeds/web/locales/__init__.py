"""Owns: the words of the pages, a module a language. All have the same keys, which a test proves."""
