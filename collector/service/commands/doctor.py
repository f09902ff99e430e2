"""`doctor`: the proof that everything is accounted for, and what is wrong with the installation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from collector.service.app import ServiceError, utc_now
from collector.service.catalogue import Catalogue
from collector.service.commands import Config, Json, opened
from collector.service.doctoring import Checkup, Finding, check_up, damage
from collector.service.output import say, say_json, say_table
from storage.model import LookAccount, WatchAccount

_MENDED = "{} of the findings must be mended"


def doctor(*, json: Json = False, config: Config = None) -> None:
    """Check the installation, also while it runs: whether everything is accounted for, whether the database is whole, what needs a look.

    Exit status 1 if something is broken; a warning is no failure.
    """
    with opened(config) as (settings, store):
        if (damaged := damage(store)) is not None:
            _say_findings([damaged], as_json=json)
            raise ServiceError(_MENDED.format(1))
        catalogue = Catalogue(settings, store)
        store.sources.enrol(catalogue, utc_now())
        checkup = check_up(settings, store, store.sources.states(list(catalogue)), utc_now())
    if json:
        say_json({"ok": not checkup.broken} | asdict(checkup))
    else:
        _say(checkup)
    if checkup.broken:
        raise ServiceError(_MENDED.format(checkup.broken))


def _say_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        say_json({"ok": False, "findings": findings})
    else:
        say_table(map(_row, findings))


def _say(checkup: Checkup) -> None:
    articles = checkup.articles
    say_table([
        ("links", f"{checkup.links.links} = {_sum(checkup.links.states.items())}"),
        ("looks", _looks(checkup.looks)),
        ("articles", f"{articles.articles}, in {articles.revisions} revisions that were read, {articles.pending} of them not matched yet"),
        *((f"watch {watch.watch}", f"{articles.revisions} = {_watch(watch)}") for watch in articles.watches),
        ("deliveries", _sum(articles.deliveries.items())),
        ("backup", checkup.backup or "none"),
        *map(_row, checkup.findings),
    ])  # fmt: skip
    say("all is well" if not checkup.findings else f"{checkup.broken} broken, {len(checkup.findings) - checkup.broken} warnings")


def _row(finding: Finding) -> tuple[str, str]:
    return "BROKEN" if finding.broken else "warning", f"{finding.what}: {finding.why}; {finding.way_out}"


def _looks(account: LookAccount) -> str:
    told = account.sums
    shown = [("seen", told.seen), ("of earlier looks", told.earlier), ("looks that failed", account.failed)]
    became: Mapping[str, int] = {name: getattr(told, name) for name in ("known", "new", "baseline", "failed", "held", "waiting")}
    before = f"; {account.uncounted} of an earlier version are not counted" if account.uncounted else ""
    return f"{account.looks}: {_sum(shown)} = {_sum(became.items())}{before}"


def _watch(watch: WatchAccount) -> str:
    told = {name: getattr(watch, name) for name in ("pending", "not_matched", "delivered", "deferred", "dead", "forgotten")}
    absent = [("before it was made", watch.before), ("after it was removed", watch.after)]
    return _sum([*((name.replace("_", " "), count) for name, count in told.items()), *absent, *watch.not_owed.items()])


def _sum(parts: Iterable[tuple[str, int]]) -> str:
    return " + ".join(f"{count} {name}" for name, count in sorted(parts, key=lambda part: -part[1]) if count) or "0"
