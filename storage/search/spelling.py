"""Expressions in the words of FTS5 and of tsquery. Every key is quoted, and `terms.written` leaves nothing in it that could end a quote."""

from __future__ import annotations

from storage.search.expression import Both, Either, Expression, Key, Without

_OR, _AND, _NOT = 1, 2, 3
"""How tightly the operators of FTS5 bind."""


def fts5(asked: Expression, within: int = 0) -> str:
    """With no more parentheses than are needed: `within` is how tightly the operator binds that the expression stands beside."""
    match asked:
        case Key(written, begins):
            return f'"{written}" *' if begins else f'"{written}"'
        case Both(parts):
            words, tightness = " AND ".join(fts5(part, _AND) for part in parts), _AND
        case Either(parts):
            words, tightness = " OR ".join(fts5(part, _OR) for part in parts), _OR
        case Without(part, refused):
            words, tightness = f"{fts5(part, _NOT)} NOT {fts5(refused, _NOT + 1)}", _NOT
    return f"({words})" if tightness < within else words


def tsquery(asked: Expression) -> str:
    match asked:
        case Key(written, begins):
            quoted = "'" + written.replace("'", "''") + "'"
            return f"{quoted}:*" if begins else quoted
        case Both(parts):
            return f"({' & '.join(map(tsquery, parts))})"
        case Either(parts):
            return f"({' | '.join(map(tsquery, parts))})"
        case Without(part, refused):
            return f"({tsquery(part)} & !{tsquery(refused)})"
