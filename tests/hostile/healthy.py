"""A site without any fault, to stand beside the hostile ones."""

from __future__ import annotations

from collections.abc import Iterable

from hostile.case import TITLES, Case, Visit, article_page, listing_page, whole


class Healthy:
    """Its list grows when something is published, from any thread."""

    def __init__(self, titles: Iterable[str] = TITLES) -> None:
        self.titles = tuple(titles)

    @property
    def case(self) -> Case:
        return Case("healthy", self._answer)

    def publish(self, title: str) -> None:
        self.titles = (*self.titles, title)

    async def _answer(self, visit: Visit) -> None:
        number = visit.path.removeprefix("/n/")
        page = article_page(self.titles[int(number) - 1]) if number.isdecimal() else listing_page(self.titles)
        await visit.send(whole(page.encode()))
