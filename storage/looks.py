"""Looks as rows: what they noticed is kept as JSON, as it is read whole or not at all."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from storage.model import NOTHING_NOTED, Cause, LookNotes, PastLook, Symptom


def written_notes(notes: LookNotes) -> str | None:
    """What a row keeps; None where there is nothing to keep."""
    if notes == NOTHING_NOTED:
        return None
    noticed = [
        {"cause": one.cause, "words": one.words, "detail": one.detail, "firm": one.firm, "since": one.since and one.since.isoformat()}
        for one in notes.noticed
    ]
    return json.dumps({"trouble": notes.trouble, "listed": dict(notes.listed), "noticed": noticed}, ensure_ascii=False)


def past_look(row: RowMapping) -> PastLook:
    return PastLook(row["id"], row["finished_at"], row["error"], _notes(row["noted"]), read=row["read"] > 0)


def _notes(written: str | None) -> LookNotes:
    if written is None:
        return NOTHING_NOTED
    kept = json.loads(written)
    return LookNotes(kept["trouble"], kept["listed"], tuple(map(_symptom, kept["noticed"])))


def _symptom(kept: dict[str, Any]) -> Symptom:
    since = datetime.fromisoformat(kept["since"]) if kept["since"] else None
    return Symptom(Cause(kept["cause"]), kept["words"], kept["detail"], firm=kept["firm"], since=since)
