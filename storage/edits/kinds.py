"""What kind of edit parts two states of a publication: what a subscriber of edits wants to be told of, or another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from storage.edits.noise import without_noise
from storage.edits.signs import signs
from storage.edits.trivial import file_path
from storage.facts import FactKind, Reading, read_together
from storage.fold import folded_words
from storage.model import Attachment, Content, EditKind

_KINDS = {
    FactKind.NUMBER: EditKind.NUMBER,
    FactKind.REFERENCE: EditKind.NUMBER,
    FactKind.ORDINAL: EditKind.NUMBER,
    FactKind.DATE: EditKind.DATE,
    FactKind.TIME: EditKind.DATE,  # who is told of another day wants to be told of another hour
    FactKind.NAME: EditKind.NAME,
}
_ORDER = (EditKind.NUMBER, EditKind.DATE, EditKind.NAME, EditKind.ATTACHMENT, EditKind.STATUS)
_LONGEST = 200_000
"""Letters of changed sentences in which facts are read word by word, about 0.3 s; longer ones are searched for digits and capitals."""
_CONTEXT = 20_000
"""Letters of unchanged sentences that are read beside them, to tell names by."""
_MOST_LINES = 10_000
"""A text of more is not searched for noise."""
_SENTENCE = re.compile(r"(?<![A-ZА-ЯЁІЎ]\.)(?<=[.!?…])\s+(?=[\"«“(\[–—-]*[A-ZА-ЯЁІЎ])")
_DRAFT = re.compile(r"^\W*(?:проект\w{0,2}|праект\w{0,2}|draft)\b", re.IGNORECASE)
_STATUS = re.compile(
    r"^(?:отмен(?:[её]н\w*|а|ить|или|яется|яются)|перенес\w+|утвержд\w+|утвержден\w*|принят\w*|одобрен\w*|подписан\w*|отклонен\w*|приостановлен\w*|"
    r"возобновлен\w*|продлен\w*|завершен\w*|прекращен\w*|закрыт\w*|открыт\w*|отозван\w*|утратил\w*|вступил\w*|действует|недействител\w*|"
    r"адменен\w*|перанесен\w*|зацверджан\w*|прынят\w*|ухвален\w*|падпісан\w*|адхілен\w*|прыпынен\w*|адноўлен\w*|падоўжан\w*|завершан\w*|спынен\w*|"
    r"закрыт\w*|адкрыт\w*|адкліка\w*|страціў|страціла|уступіў|уступіла|"
    r"cancelled|canceled|postponed|adopted|approved|signed|rejected|suspended|resumed|extended|completed|terminated|closed|open|opened|withdrawn|"
    r"repealed|effective|проект|праект|draft|не|not)$"
)
"""Words by which a thing is in another state when one of them comes, goes or takes another's place in a sentence that was there before."""
_NO_NAMES = re.compile(
    r"(?:(?:ет|ют|ит|ят)ся|л(?:ось|ась|ись|ся)|[аяуе](?:ет|ют)|льно|енно|тивно|ично|нн(?:ый|ая|ое|ые|ого|ой|ому|ых|ым)|[чщ]ен(?:а|о|ы)?|"
    r"нут(?:а|о|ы)|щ(?:ий|ая|ее|ие|их|им))$"
)
"""Endings of verbs, participles and adverbs that no name has, for words that begin a sentence. «Гродно», «Беларусь» and «Смит» end like
others, so those are not here: in doubt people are told."""


def kinds_of(old: Content, new: Content) -> tuple[EditKind, ...]:
    """What a subscriber of edits would want to be told of; `(OTHER,)` for any other edit, nothing where the words are the same.

    Sentences that stand in both, wherever, tell nothing. Of the others the facts are compared in their order: a number, a date or a name
    that was changed, added, left out, or that took another's place is told of, so also a new sentence that states one. Spelling, case and
    the order of initials are no change of a name. A time of day counts as a date, an ordinal or the number of a document as a number.
    """
    found = set(_text_kinds(old, new))
    if _attachments_differ(old.attachments, new.attachments):
        found.add(EditKind.ATTACHMENT)
    if _is_draft(old) != _is_draft(new):
        found.add(EditKind.STATUS)
    if found:
        return tuple(kind for kind in _ORDER if kind in found)
    if folded_words(old.title) != folded_words(new.title) or folded_words(old.text) != folded_words(new.text):
        return (EditKind.OTHER,)
    return (EditKind.NUMBER,) if signs(old.text) != signs(new.text) else ()


def _is_draft(content: Content) -> bool:
    return any(_DRAFT.match(line) for line in (content.title, content.text.lstrip()[:50]))


def _attachments_differ(old: Sequence[Attachment], new: Sequence[Attachment]) -> bool:
    """Others by their paths, or one whose text is another. A text that could not be had before is no change."""
    before, after = ({file_path(one): one.text for one in attachments} for attachments in (old, new))
    if before.keys() != after.keys():
        return True
    return any(before[path] and after[path] and folded_words(before[path]) != folded_words(after[path]) for path in before)


def _text_kinds(old: Content, new: Content) -> Iterator[EditKind]:
    before, after = _sentences(old), _sentences(new)
    shared = before.keys() & after.keys()
    ours, theirs = _left(before, after), _left(after, before)
    if folded_words(ours) == folded_words(theirs):
        return  # where case has changed, sentences may seem to end elsewhere
    if max(len(ours), len(theirs)) > _LONGEST:
        yield from _roughly(ours, theirs)
        return
    context = "\n".join(before[key][0] for key in shared)[:_CONTEXT]
    one, other, _ = read_together(ours, theirs, context)
    for kind in FactKind:
        if kind is FactKind.NAME:
            if _names_differ(one, other):
                yield EditKind.NAME
        elif _values(one, kind) != _values(other, kind):
            yield _KINDS[kind]
    if _status_differs(one, other):
        yield EditKind.STATUS


def _sentences(content: Content) -> dict[str, list[str]]:
    """The sentences of title and text by their folded words, each as often as it stands there."""
    found: dict[str, list[str]] = {}
    lines = content.text.splitlines()
    for line in (content.title, *(map(without_noise, lines) if len(lines) <= _MOST_LINES else lines)):
        for sentence in _SENTENCE.split(line):
            if words := folded_words(sentence):
                found.setdefault(" ".join(words), []).append(sentence)
    return found


def _left(these: dict[str, list[str]], those: dict[str, list[str]]) -> str:
    """What stands here oftener than there."""
    return "\n".join(sentence for key, sentences in these.items() for sentence in sentences[len(those.get(key, ())) :])


def _values(reading: Reading, kind: FactKind) -> list[str]:
    return [fact.value for fact in reading.facts if fact.kind is kind]


def _names_differ(one: Reading, other: Reading) -> bool:
    """Initials may change places with surnames. Words that are perhaps names count only where each side has another."""
    ours, theirs = _names(one), _names(other)
    if [name for name in ours if name[-1] != "."] != [name for name in theirs if name[-1] != "."] or Counter(ours) != Counter(theirs):
        return True
    return bool(_doubtful(one, other) and _doubtful(other, one))


def _names(reading: Reading) -> list[str]:
    return [fact.value for fact in reading.facts if fact.kind is FactKind.NAME and fact.sure]


def _doubtful(reading: Reading, other: Reading) -> bool:
    """Whether it has words that are perhaps names and are none of the other's."""
    there = {word.folded for word in other.words} | set(_values(other, FactKind.NAME))
    return any(
        reading.words[fact.start].folded not in there and fact.value not in there and not _NO_NAMES.search(reading.words[fact.start].folded)
        for fact in reading.facts
        if fact.kind is FactKind.NAME and not fact.sure
    )


def _status_differs(one: Reading, other: Reading) -> bool:
    """Another word of status, in sentences that both have: a new sentence may mention anything."""
    ours, theirs = (Counter(word.folded for word in reading.words) for reading in (one, other))
    common = (ours & theirs).total()
    if 2 * common < min(ours.total(), theirs.total()):
        return False
    return any(_STATUS.match(word) for word in ((ours - theirs) + (theirs - ours)))


def _roughly(ours: str, theirs: str) -> Iterator[EditKind]:
    """Of texts too long to be read: in doubt people are told."""
    if re.findall(r"\d+", ours) != re.findall(r"\d+", theirs):
        yield EditKind.NUMBER
    if Counter(re.findall(r"[A-ZА-ЯЁІЎ]\w+", ours)) != Counter(re.findall(r"[A-ZА-ЯЁІЎ]\w+", theirs)):
        yield EditKind.NAME
