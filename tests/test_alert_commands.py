"""`channel` and `delivery`: whether alerts arrive, and what became of them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from service_runner import Command, configured, demo_site, free_port, mail_to, source

from collector.demo.texts import texts
from storage.store import open_store


def test_a_sample_reaches_a_real_mail_server_and_a_refusal_is_told_without_the_address(workplace: Path, vestnik: Command) -> None:
    class Box:
        refuses = False

        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (its name)
            taken.append(envelope.content.decode())
            return "554 no letters from strangers" if self.refuses else "250 queued as 7"

    taken: list[str] = []
    controller = Controller(Box(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        configured(workplace, mail_to(controller.port))
        assert vestnik("channel", "test", "office").out == "channel office: recipient 1 of 1: accepted: 250 queued as 7\n"
        controller.handler.refuses = True
        ended = vestnik("channel", "test", "office")
    finally:
        controller.stop()
    assert "To: reader@example.org" in taken[0]
    assert (ended.status, ended.err) == (1, "vestnik: channel office: recipient 1 of 1: 554 no letters from strangers\n")
    assert "there is no channel 'offic'; did you mean 'office'?" in vestnik("channel", "test", "offic").err
    (listed,) = vestnik("channel", "list", "--json").values
    assert (listed["name"], listed["recipients"]) == ("office", 1)
    assert "example.org" not in vestnik("channel", "list").out


def test_a_dead_letter_is_owed_again(workplace: Path, vestnik: Command) -> None:
    with demo_site() as site:
        configured(workplace, source(site) + mail_to(1) + "[watch.sco]\nquery = 'ШОС'\nchannels = ['office']\n")
        vestnik("collect")
        site.publish(texts(datetime.now(UTC)).later)
        vestnik("collect")
    (owed,) = vestnik("delivery", "list", "--json").values
    assert (owed["state"], owed["watches"]) == ("owed", ["sco"])
    refused = vestnik("delivery", "retry", str(owed["id"]))
    assert (refused.status, refused.out) == (1, "0 of 1 are owed again\n")
    now = datetime.now(UTC)
    with closing(open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", now)) as store:
        (leased,) = store.outbox.lease("office", now, timedelta(seconds=1), 1)
        store.outbox.mark_dead(leased.id, "550 no such mailbox")
    assert "dead letter  office  sco" in vestnik("delivery", "list").out
    assert "550 no such mailbox" in vestnik("delivery", "list").out
    assert vestnik("delivery", "retry", str(owed["id"])).status == 0
    assert vestnik("delivery", "list", "--json").values[0]["state"] == "owed"
    assert vestnik("delivery", "retry").status == 2
