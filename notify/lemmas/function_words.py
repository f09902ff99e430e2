"""Owns: the Russian prepositions, conjunctions, particles and pronouns that look like forms of rarer words.

Every text has these, and hardly ever as a form of what stands behind the colon: a watch on that would meet all texts. Not here are меж,
тем, три, мой, стали, дали, путем, включая: they do occur as forms of межа, тема, тереть, мыть, сталь, даль, путь, включать.
"""

from __future__ import annotations

_TABLE = """
при:переть,пря для:длить из:иза к:как надо:над после:посол согласно:согласный относительно:относительный
соответственно:соответственный благодаря:благодарить спустя:спустить посредством:посредство
уже:уж,узкий почти:почтить,почесть хотя:хотеть дабы:даб,даба якобы:якоб отчего:отчий аж:ажа аль:аля ан:ана вон:вона
им:имя весь:весить всей:всеять тут:тута нем:немой кому:ком,кома ком:кома
"""

NEVER_OF = {form: frozenset(lemmas.split(",")) for form, lemmas in (pair.split(":") for pair in _TABLE.split())}
"""A folded form -> the folded dictionary words that it is not to be met by."""
