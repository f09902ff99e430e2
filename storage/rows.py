"""Many rows of one table at a time: the statement and the conversions of its values are worked out once, not once a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection, Dialect, Table, TypeDecorator, text
from sqlalchemy.types import TypeEngine

from storage import schema

_Convert = Callable[[Any], Any]


def insert_rows(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, new: bool = True
) -> None:
    """Insert rows of values in the order of `columns`. Not `new`: those whose key is there already are left out."""
    if not rows:
        return
    statement, converts = _writing(connection.dialect, table, columns)
    # by columns, as whole columns need no conversion
    values = (
        values if convert is None else map(convert, values) for convert, values in zip(converts, zip(*rows, strict=True), strict=True)
    )
    connection.exec_driver_sql(statement if new else f"{statement} ON CONFLICT DO NOTHING", list(zip(*values, strict=True)))


def next_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Ids for rows that are to be inserted, rising. On SQLite only inside the one writer's transaction."""
    if connection.dialect.name == "sqlite":
        highest = connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar_one()  # noqa: S608  (our own name)
        first = 1 + (highest or 0)  # as the database itself would count
        return range(first, first + count)
    return connection.scalars(_NEXT_IDS, {"table": table.name, "count": count}).all()


_NEXT_IDS = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")


@lru_cache(maxsize=64)
def _writing(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> tuple[str, list[_Convert | None]]:
    place = "?" if dialect.paramstyle == "qmark" else "%s"
    quoted = dialect.identifier_preparer.format_table(table)
    statement = f"INSERT INTO {quoted} ({', '.join(columns)}) VALUES ({', '.join([place] * len(columns))})"  # noqa: S608  (our own names)
    return statement, [_convert(table.c[column].type, dialect) for column in columns]


def _convert(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    if isinstance(kind, TypeDecorator) and kind.impl_instance.dialect_impl(dialect).bind_processor(dialect) is None:
        return partial(kind.process_bind_param, dialect=dialect)  # all that its own processor would call
    convert: _Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    # rows that are written together bear the same few times, and telling one takes longer than telling a text
    return lru_cache(maxsize=8)(convert) if convert and isinstance(kind, schema.Moment) else convert
