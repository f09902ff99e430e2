"""`article history`: every state of an article, what each edit changed, and where the article stood and stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import pairwise

from collector.service.app import ServiceError
from collector.service.commands import Config, Json, opened
from collector.service.output import say, say_json, say_table
from storage.edits import Change, How, Stretch, difference
from storage.model import Location, Relation, Revision

_AROUND = 60
"""Letters of what stands that are shown on each side of a change."""
_LONGEST = 400
"""Letters of what was added or removed that are shown; `--json` has all of them."""


def history(article_id: int, *, json: Json = False, config: Config = None) -> None:
    """Every state of an article: when it was found, what kind of edit it is and what it changed; and the article's addresses.

    In changes [-this was removed-] and {+this was added+}.
    """
    with opened(config) as (_, store):
        found = store.articles.article(article_id)
        if found is None:
            raise ServiceError(f"there is no article {article_id}; `vestnik article list` shows those that there are")
        revisions = store.articles.revisions(found.id)
        locations, relations = store.articles.locations(found.id), store.articles.relations(found.id)
    edits = [(), *(difference(one.content, other.content) for one, other in pairwise(revisions))]
    told = list(zip(revisions, edits, strict=True))
    if json:
        states = [_state_as_json(revision, edit) for revision, edit in told]
        about = {"article": found.id, "removed_at": found.removed_at, "revisions": states}
        say_json(about | {"locations": list(map(asdict, locations)), "relations": list(map(asdict, relations))})
        return
    say(f"article {found.id}: {found.revision.content.title}")
    for revision, edit in told:
        say(f"\n{_heading(revision)}")
        for change in filter(_is_shown, edit):
            say(f"  {_label(change)}{readable(change)}")
    say("")
    say_table([*map(_location, locations), *map(_relation, relations)])


def _state_as_json(revision: Revision, edit: Iterable[Change]) -> dict[str, object]:
    content = revision.content
    return {
        "number": revision.number,
        "recorded_at": revision.recorded_at,
        "kinds": revision.kinds,
        "title": content.title,
        "published": content.published,
        "changes": [_change_as_json(change) for change in edit if _is_shown(change)],
    }


def _change_as_json(change: Change) -> dict[str, object]:
    stretches = [{"how": stretch.how, "text": stretch.text} for stretch in change.stretches]
    return {"field": change.field, "moved": change.moved, "stretches": stretches}


def _is_shown(change: Change) -> bool:
    """White space that came or went is not worth a line."""
    return any(stretch.how is not How.SAME and stretch.text.strip() for stretch in change.stretches)


def _heading(revision: Revision) -> str:
    kinds = ", ".join(revision.kinds) or ("first read" if revision.number == 1 else "edit")
    return f"revision {revision.number}  {_time(revision.recorded_at)}  {kinds}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _label(change: Change) -> str:
    field = "" if change.field == "text" else f"{change.field}: "
    return f"{field}moved: " if change.moved else field


def readable(change: Change) -> str:
    """A paragraph on one line, with what it lost and gained in brackets, and only the beginnings and ends of what stands."""
    last = len(change.stretches) - 1
    return " ".join("".join(_shown(stretch, at, last) for at, stretch in enumerate(change.stretches)).split())


def _shown(stretch: Stretch, at: int, last: int) -> str:
    text = stretch.text
    if stretch.how is not How.SAME:
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        opening, closing = ("[-", "-]") if stretch.how is How.REMOVED else ("{+", "+}")
        return f"{lead}{opening}{text.strip()}{closing}{trail}" if text.strip() else text
    if len(text) <= 2 * _AROUND:
        return text
    return f"{text[:_AROUND] if at else ''}…{text[-_AROUND:] if at < last else ''}"


def _location(location: Location) -> tuple[str, str, str]:
    gone = f", gone since {_time(location.gone_at)}" if location.gone_at else ""
    return "location", location.url, f"first seen {_time(location.first_seen_at)}{gone}"


def _relation(relation: Relation) -> tuple[str, str, str]:
    return str(relation.kind), f"article {relation.article_id} {relation.url}", relation.title
