"""Owns: new words that begin as many do, «супермикроскоп», «нанотехнология»: they inflect as their second half."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LISTED = """
авиа авто агро анти архи аудио аэро бел био веб вело видео вице внутри водо высоко газо гео гипер гидро гос дата евро желез
    за интер инфо квази кибер кино контр крипто макро меж меди медиа мед мега метео микро мини много моно мото мульти нано нарко нац
    не недо нейро нео нефте обще онлайн пере под пост пресс прото противо проф псевдо радио рос само сверх соц спец спорт стерео
    супер суб теле термо тех техно транс турбо ультра фото фин хим экзо эко экс экспресс экстра электро энерго этно
"""
_BEGINNINGS = frozenset(_LISTED.split())
_LONGEST = max(map(len, _BEGINNINGS))
_SHORTEST_SECOND = 4
"""Of shorter words there are too many, and names begin by chance as compounds do."""


def keys(folded: str, lemmas_of: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The beginning with each lemma of the rest, where the dictionary has the rest."""
    for cut in range(2, min(_LONGEST, len(folded) - _SHORTEST_SECOND) + 1):
        if folded[:cut] in _BEGINNINGS:
            yield from (folded[:cut] + lemma for lemma in lemmas_of(folded[cut:]))
