"""Text as it flows through a document, made into paragraphs: tables, notes and text boxes are put where a reader looks for them.

A row of a table is one paragraph (`Минск | 12 | 340`), unless one of its cells holds several: such a table is there for the layout alone.
Notes come after the text, under their numbers.
"""

from __future__ import annotations

from collector.extract.attachment.tidy import joined, tidy


class Flow:
    """Takes what begins and ends in a document's order. `full` says that the rest need not be read."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._length = 0
        self._text: list[str] = []
        self._notes: list[str] = []
        self._into: list[list[str]] = [self._text]
        """Where paragraphs go, the innermost last: the text, a cell, the notes."""
        self._rows: list[list[list[str]]] = []
        self._paragraphs: list[list[str]] = []
        """Those that are open: a text box stands inside of a paragraph."""
        self._heading = ""
        """Of a note, until its first paragraph has it."""

    @property
    def full(self) -> bool:
        return self._length > self._limit

    def begin_paragraph(self) -> None:
        self._paragraphs.append([self._heading])
        self._heading = ""

    def end_paragraph(self) -> None:
        self._into[-1].append(tidy("".join(self._paragraphs.pop())))

    def write(self, text: str) -> None:
        """Text outside of a paragraph is none: it is the space between two tags."""
        if self._paragraphs:
            self._paragraphs[-1].append(text)
            self._length += len(text)

    def begin_row(self) -> None:
        self._rows.append([])

    def begin_cell(self) -> None:
        cell: list[str] = []
        if self._rows:
            self._rows[-1].append(cell)
        self._into.append(cell)

    def end_cell(self) -> None:
        cell = self._into.pop()
        if not self._rows:  # a cell of no row: damaged, but text
            self._into[-1].extend(cell)

    def end_row(self) -> None:
        cells = [[paragraph for paragraph in cell if paragraph] for cell in self._rows.pop()]
        if all(len(cell) <= 1 for cell in cells):
            self._into[-1].append(" | ".join(cell[0].replace("\n", " ") for cell in cells if cell))
        else:
            self._into[-1].extend(paragraph for cell in cells for paragraph in cell)

    def begin_note(self, mark: str) -> None:
        self._into.append(self._notes)
        self._heading = f"{mark} "

    def end_note(self) -> None:
        self._into.pop()
        self._heading = ""

    def result(self) -> str:
        """The whole text. What is still open, where reading stopped early, belongs to it."""
        while self._paragraphs:
            self.end_paragraph()
        while len(self._into) > 1:
            left = self._into.pop()
            if left is not self._notes:
                self._text.extend(left)
        return joined([*self._text, *self._notes], self._limit, more=self.full)
