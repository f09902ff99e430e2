"""Aspect partners of Russian verbs: подписать and подписывать, взять and брать.

Regular pairs are made by exchanging endings, and believed if the dictionary has the outcome as a verb of the other aspect. The rest stand
in a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from notify.lemmas.related.dictionary import aspects, infinitives

_PERFECTIVE, _IMPERFECTIVE = "perf", "impf"
_SELF = "ся"
_VOWELS = "аеиоуыэюя"


def _pairs(written: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for pair in written.split() for one, _, other in [pair.partition("/")])


_ENDINGS = _pairs(
    "ать/ывать ать/ивать еть/ивать ить/ивать ить/ать ить/ять ить/лять ить/ливать ыть/ывать еть/евать уть/увать дить/ждать дить/жать "
    "дить/живать зить/жать зить/живать сить/шать сить/шивать тить/щать тить/чать тить/чивать тить/щивать стить/щать стить/скать "
    "стить/щивать дать/давать знать/знавать стать/ставать нять/нимать чать/чинать пять/пинать звать/зывать брать/бирать драть/дирать "
    "слать/сылать ждать/жидать рвать/рывать ереть/ирать ложить/лагать йти/ходить ойти/ходить ехать/езжать вести/водить нести/носить "
    "везти/возить сти/тать сти/дать сти/сать ти/тать сть/дать чь/гать чь/кать жечь/жигать нуть/ать нуть/ивать нуть/ывать нуть/гивать "
    "честь/читывать ять/ивать ять/имать чать/кивать слить/слять ять/евать"
)
"""Of the perfective verb, and of its imperfective partner."""
_TABLE = _pairs(
    "взять/брать сказать/говорить положить/класть лечь/ложиться сесть/садиться стать/становиться купить/покупать вернуть/возвращать "
    "вернуться/возвращаться поймать/ловить пойти/идти поехать/ехать сделать/делать написать/писать прочитать/читать прочесть/читать "
    "увидеть/видеть услышать/слышать построить/строить подготовить/готовить приготовить/готовить посмотреть/смотреть попросить/просить "
    "заплатить/платить уплатить/платить оплатить/оплачивать выучить/учить научить/учить повесить/вешать посадить/сажать уронить/ронять "
    "пообещать/обещать поблагодарить/благодарить потребовать/требовать попробовать/пробовать поменять/менять вырасти/расти "
    "опубликовать/публиковать позвонить/звонить показаться/казаться смочь/мочь захотеть/хотеть похвалить/хвалить посоветовать/советовать "
    "оштрафовать/штрафовать проголосовать/голосовать осудить/судить украсть/красть потратить/тратить истратить/тратить потерять/терять "
    "испортить/портить помыть/мыть вымыть/мыть выпить/пить съесть/есть спеть/петь сшить/шить побить/бить произойти/происходить "
    "вложить/вкладывать сложить/складывать выложить/выкладывать изъять/изымать поехать/ехать найти/находить послать/посылать "
    "создать/создавать начать/начинать умножить/множить укрепить/укреплять спросить/спрашивать поблагодарить/благодарить "
    "отпраздновать/праздновать отметить/отмечать призвать/призывать пригласить/приглашать усилить/усиливать утратить/утрачивать "
    "сократить/сокращать застраховать/страховать разработать/разрабатывать подписать/подписывать согласовать/согласовывать "
    "ответить/отвечать обвинить/обвинять наказать/наказывать показать/показывать оказать/оказывать сыграть/играть выиграть/выигрывать "
    "поверить/верить проверить/проверять победить/побеждать поделить/делить разделить/разделять упасть/падать попасть/попадать "
    "отвезти/отвозить разрешить/разрешать провести/проводить порекомендовать/рекомендовать поздравить/поздравлять"
)
"""Where endings don't say it, and where exchanging them would also join strangers: купить is no partner of купать."""
_EMPTY_PREFIXES = ("за", "про", "с", "от", "по", "о")
"""With verbs in -ировать these say nothing but that it was done: зарегистрировать; «пере» and «раз» say more."""
_FOREIGN = "ировать"


def aspect_partners(folded: str) -> tuple[str, ...]:
    """The infinitives that tell of the same in the other aspect; none for words that are no verbs, or of both aspects.

    >>> aspect_partners("подписали")
    ('подписывать',)
    """
    found = {partner: None for verb in infinitives(folded) for partner in _partners(verb)}
    return tuple(found)


def _partners(verb: str) -> list[str]:
    if verb.endswith(_SELF) and verb not in _IRREGULAR:
        return [partner + _SELF for partner in _partners(verb.removesuffix(_SELF)) if aspects(partner + _SELF)]
    if verb in _IRREGULAR:
        return [partner for partner in _IRREGULAR[verb] if partner != verb]
    own = aspects(verb)
    made = {_PERFECTIVE: _made_imperfective, _IMPERFECTIVE: _made_perfective}
    other = {_PERFECTIVE: _IMPERFECTIVE, _IMPERFECTIVE: _PERFECTIVE}
    candidates = {candidate: other[aspect] for aspect in sorted(own) for candidate in made[aspect](verb) if candidate != verb}
    return [candidate for candidate, aspect in candidates.items() if aspect in aspects(candidate)]


def _made_imperfective(verb: str) -> Iterator[str]:
    for perfective, imperfective in _ENDINGS:
        if verb.endswith(perfective) and (stem := verb.removesuffix(perfective)):
            yield stem + imperfective
            if imperfective.endswith("вать"):
                yield _exchanged(stem, "о", "а") + imperfective
    if verb.endswith(_FOREIGN):
        yield from (verb.removeprefix(prefix) for prefix in _EMPTY_PREFIXES if verb.startswith(prefix))


def _made_perfective(verb: str) -> Iterator[str]:
    for perfective, imperfective in _ENDINGS:
        if verb.endswith(imperfective) and (stem := verb.removesuffix(imperfective)):
            yield stem + perfective
            if imperfective.endswith("вать"):
                yield _exchanged(stem, "а", "о") + perfective
    if verb.endswith(_FOREIGN):
        yield from (prefix + verb for prefix in _EMPTY_PREFIXES)


def _exchanged(stem: str, old: str, new: str) -> str:
    """The last vowel of the stem, where it is `old`, as `new`: установ-, устанав-."""
    place = max((stem.rfind(vowel) for vowel in _VOWELS), default=-1)
    return stem[:place] + new + stem[place + 1 :] if place >= 0 and stem[place] == old else stem


def _irregular() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for perfective, imperfective in dict.fromkeys(_TABLE):
        found[perfective].append(imperfective)
        found[imperfective].append(perfective)
    return {verb: tuple(partners) for verb, partners in found.items()}


_IRREGULAR = _irregular()
