"""The documents that an article links to: fetched, read in a child, and kept with their text or with the reason why there is none.

An article never waits for long for its documents and is never lost with them: what can't be had now is tried again whenever its page is
read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog

from collector.address import shown_address
from collector.extract.attachment import read_document
from collector.page import PageError, Trouble
from collector.tools import Source, Tools
from storage.model import Attachment

_log = structlog.get_logger("vestnik.poll")
_MOST = 20
"""Documents of one article that are read."""
PATIENCE = 120.0
"""Seconds for all documents of a look: neither an alert nor the next look may wait for longer."""
_LONGEST = 2_000_000
"""Characters of all documents of an article that are kept."""


async def read_documents(
    source: Source, source_id: int | None, found: Sequence[Attachment], known: Sequence[Attachment], until: float, tools: Tools
) -> list[Attachment]:
    """The attachments with their texts, as far as they can be read `until` then, by the loop's clock.

    `known` are those that were read before: a document is read once at each address. `source_id`: the source that is held meanwhile.
    """
    loop = asyncio.get_running_loop()
    room = _LONGEST
    texts = {attachment.url: attachment.text for attachment in known if attachment.text}
    read: list[Attachment] = []
    for number, attachment in enumerate(found):
        if attachment.url in texts:
            read.append(replace(attachment, text=texts[attachment.url]))
        elif number >= _MOST:
            read.append(replace(attachment, error=f"not read: the article has more than {_MOST} documents"))
        elif loop.time() > until or room <= 0:
            read.append(replace(attachment, error="not read yet: the documents before it took too long, or are too long"))
        else:
            if source_id is not None:
                await tools.calls.write(tools.store.sources.renew, source_id, tools.now() + tools.lease)
            read.append(await _read(source, attachment, tools))
        room -= len(read[-1].text)
    return read


async def _read(source: Source, attachment: Attachment, tools: Tools) -> Attachment:
    try:
        page = await tools.fetch(source, attachment.url, body_limit=tools.document_max)
        text = await tools.children.lane(f"{source.name}, documents", tools.document_deadline).run(read_document, page)
    except PageError as error:
        if error.trouble is Trouble.OURS:
            raise
        _log.warning("document not read", source=source.name, url=shown_address(attachment.url), reason=error.words)
        return replace(attachment, error=error.words)
    return replace(attachment, text=text)
