"""Owns: which Belarusian words are forms of one word. No dictionary: an ending tells the paradigm, and a key is a stem in a paradigm.

A form has a key for every paradigm that its ending may belong to, so two forms of one word share one, while words of like stems mostly
don't: «гарадскі» is of another stem than «горад», «залаты» of another paradigm than «золата». Forms that no rule makes stand in tables.
Verbs in -цца and -ся are words of their own, as dictionaries have them. What print leaves open counts for both: «рынкаў» is of рынак, and
may be a surname, «рынкавым» in another case.
"""

from __future__ import annotations

from notify.lemmas.belarusian_forms import ADJECTIVES, ALONE, COMPARED, IRREGULAR, NOUN_OF
from notify.lemmas.belarusian_nouns import adjective_stems, noun_keys
from notify.lemmas.belarusian_stems import VOWELS, Stress, keys_of
from notify.lemmas.belarusian_verbs import verb_keys

_SHORTEST = 3  # letters of a word that may have an ending
_SHORT_PARTICIPLES = ("ана", "ена", "ята", "ыта", "нута")
_COMPARATIVE = ("ейш", "эйш")
_UNCOMPARED = (("дз", "д"), ("ц", "т"), ("ч", "к"), ("ж", "г"), ("ш", "х"))
_ALSO_KEPT = frozenset("жчш")


def keys(folded: str) -> frozenset[str]:
    """The keys of a folded word of Belarusian letters, never empty. Two words meet if their sets intersect.

    >>> sorted(keys("гадоў") & keys("год"))
    ['b+гад-M']
    """
    word = "у" + folded[1:] if folded.startswith("ў") else folded
    if word in ALONE or len(word) < _SHORTEST or VOWELS.isdisjoint(word):
        return IRREGULAR.get(word, frozenset((f"b+{word}",)))
    adjectives = adjective_stems(word)
    participles = [*adjectives, (word[:-1], "A")] if word.endswith(_SHORT_PARTICIPLES) else adjectives
    found = {*noun_keys(word), *verb_keys(word, participles), *_adjective_keys(adjectives)}
    found |= IRREGULAR.get(word, frozenset())
    if word in NOUN_OF:
        found.update(noun_keys(NOUN_OF[word]))
    return frozenset(found) or frozenset((f"b+{word}",))


def _compared(root: str) -> tuple[str, ...]:
    """What the adjective may have before -ейшы: малады of маладзейшы, хуткі of хутчэйшы; свежы keeps its consonant."""
    for changed, plain in _UNCOMPARED:
        if root.endswith(changed):
            kept = (root,) if changed in _ALSO_KEPT else ()
            return (*kept, root[: -len(changed)] + plain)
    return (root,)


def _adjective_keys(adjectives: list[tuple[str, str]]) -> list[str]:
    found: list[str] = []
    for stem, paradigm in adjectives:
        if stem.endswith(_COMPARATIVE):
            for root in _compared(stem.removeprefix("най")[:-3]):
                stress: Stress = "stem" if root in ADJECTIVES else "either"
                found += keys_of(root, (("A", stress), ("a", stress)))
        if (compared := COMPARED.get(stem.removeprefix("най"))) is not None:
            found += keys_of(compared, (("A", "stem"),))
        found += keys_of(stem, ((paradigm, "stem"),))
    return found
