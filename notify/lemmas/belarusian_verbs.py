"""Owns: the endings of Belarusian verbs, by conjugation, so that partners of aspect (вырашыць, вырашаць) stay two words.

Conjugations: Va (чытаць, чытае), Vv (арганізаваць, арганізуе), Vi (рабіць, робіць), Ve (разумець, разумее), Vn (крануць, кране),
Vj (пісаць, піша). Verbs in -ца, -цца and -ся are words of their own, marked R for V. Stems are evened out: stress moves in most verbs.
"""

from __future__ import annotations

from collections.abc import Iterator

from notify.lemmas.belarusian_stems import VOWELS, evened

_PRESENT = ("ю", "еш", "е", "ем", "еце", "юць", "ючы")
_PAST = ("ць", "ў", "ла", "ло", "лі", "ўшы")
_HUSHING = ("ж", "ш", "ч")


def _table() -> dict[str, str]:
    """Every ending and the conjugations that have it."""
    endings: dict[str, set[str]] = {}

    def add(conjugations: str, *forms: str) -> None:
        for form in forms:
            endings.setdefault(form, set()).update(conjugations)

    for vowel in "ая":
        add("aj", *(vowel + past for past in _PAST))
        add("v", *(vowel + "ва" + past for past in _PAST))
        add("a", *(vowel + present for present in _PRESENT), vowel + "й", vowel + "йце")
    for vowel in "ую":
        add("v", *(vowel + present for present in _PRESENT), vowel + "й", vowel + "йце")
    for vowel in "іы":
        add("i", *(vowel + past for past in _PAST), vowel + "ш", vowel + "м", vowel + "це")
        add("i", *(vowel + present for present in _PRESENT))  # адкрыць, адкрые
    for vowel in "еэ":
        add("ei", *(vowel + past for past in _PAST))
        add("e", *(vowel + present for present in _PRESENT))
    add("n", *("ну" + past for past in _PAST), "не", "неш", "нем", "неце", "ні", "ніце", "ну")
    add("i", "яць", "ячы", "і", "ьце")
    add("j", "уць", "юць", "учы", "ючы")
    return {ending: "".join(sorted(found)) for ending, found in endings.items()}


_ENDINGS = _table()
_LONGEST = max(map(len, _ENDINGS))
_AFTER_HUSHING = {"а": "j", "аш": "j", "ам": "j", "аце": "j", "уць": "j", "у": "ij", "аць": "i", "ачы": "i", "ы": "ij", "це": "ij"}
_HUSHING_OR_R = frozenset("жшчр")
_I_UNDONE = (("ждж", "здз"), ("дж", "дз"), ("шч", "сц"), ("ш", "с"), ("ж", "з"), ("ч", "ц"))
_J_UNDONE = (("шч", "ст"), ("шч", "ск"), ("ш", "с"), ("ш", "х"), ("ж", "з"), ("ж", "г"), ("ч", "к"), ("ч", "т"))
_LABIAL_L = (("бл", "б"), ("пл", "п"), ("ўл", "в"), ("мл", "м"), ("фл", "ф"))
_UNDONE = {"i": (*_I_UNDONE, *_LABIAL_L), "j": (*_J_UNDONE, *_LABIAL_L)}
_PARTICIPLES = tuple(
    (ending, conjugations)
    for conjugations, endings in {
        "v": ("аван", "яван", "уюч", "ююч"),
        "aj": ("ан", "ян", "ят", "аўш"),
        "i": ("ен", "ыт", "іт", "яч", "іўш", "ыўш"),
        "n": ("нут",),
        "a": ("аюч", "яюч"),
        "j": ("юч", "уч"),
    }.items()
    for ending in endings
)
_SHORTEST = 2


def verb_keys(word: str, participles: list[tuple[str, str]]) -> list[str]:
    """The keys of a form of a verb; `participles` are the stems that the word has if it is an adjective."""
    found: list[str] = []
    for plain, mark in _without_reflexive(word):
        found += _finite(plain, mark)
    for stem, _ in participles:
        if stem[-1] in "нтчш":
            found += _participle(stem)
    return found


def _without_reflexive(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("цца"):
        yield word[:-3] + "ць", "R"
        yield word[:-3], "R"
    elif word.endswith(("ся", "ца")):
        yield word[:-2], "R"
        if word.endswith("ца"):
            yield word[:-2] + "ць", "R"
    else:
        yield word, "V"


def _finite(word: str, mark: str) -> list[str]:
    found: list[str] = []
    for length in range(1, min(_LONGEST, len(word) - _SHORTEST) + 1):
        stem, ending = word[:-length], word[-length:]
        if ending in _ENDINGS:
            found += _of(stem, _ENDINGS[ending], mark)
        if ending in _AFTER_HUSHING and stem[-1] in _HUSHING_OR_R and not _is_doubtful(stem, ending):
            found += _undone(stem, _AFTER_HUSHING[ending], mark)
        if ending == "ю" and stem[-1] in "лн":  # люблю, прымяню
            found += _undone(stem, "ij", mark)
    return found


def _is_doubtful(stem: str, ending: str) -> bool:
    """They створаць, but to ствараць is another verb; нашы and востры are seldom orders, with р least of all."""
    return stem[-1] == "р" and (ending == "ы" or (ending == "аць" and stem.endswith("ар")))


def _of(stem: str, conjugations: str, mark: str) -> list[str]:
    if stem[-1] in "ьў'":
        return []
    if stem[-1] in "гкх":  # «дарогі», «хуткі» order nothing
        conjugations = conjugations.replace("i", "").replace("e", "")
    even = evened(stem)
    return [f"b+{even}-{mark}{conjugation}" for conjugation in conjugations]


def _undone(stem: str, conjugations: str, mark: str) -> list[str]:
    """The stem as it is in the infinitive: пішу of пісаць, хаджу of хадзіць, раблю of рабіць."""
    even = evened(stem)
    found = []
    for conjugation in conjugations:
        found.append(f"b+{even}-{mark}{conjugation}")
        for changed, plain in _UNDONE[conjugation]:
            if even.endswith(changed):
                found.append(f"b+{even[: -len(changed)]}{plain}-{mark}{conjugation}")
    return found


def _participle(stem: str) -> list[str]:
    found: list[str] = []
    for ending, conjugations in _PARTICIPLES:
        if not stem.endswith(ending):
            continue
        root = stem[: -len(ending)]
        if len(root) < _SHORTEST or root[-1] in VOWELS or (ending == "ят" and root[-1] != "н"):
            continue
        if ending == "ен" or (ending == "ан" and root.endswith(_HUSHING)):
            found += _undone(root, "i", "V")
        else:
            found += _of(root, conjugations + ("i" if root[-1] == "р" and ending == "ан" else ""), "V")
    return found
