"""Whether a source can be reached, by its latest looks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from collector.health.limits import HealthLimits
from collector.page import Trouble
from storage.model import Cause, Condition, PastLook

REACH = frozenset({Cause.UNREACHABLE, Cause.BLOCKED})
_CAUSES = {
    Trouble.OURS: Cause.CONNECTION,
    Trouble.BLOCKED: Cause.BLOCKED,
    Trouble.REFUSED: Cause.BLOCKED,
    Trouble.UNREADABLE: Cause.NOTHING_RECOGNISED,
    Trouble.SCRIPTS: Cause.NOTHING_RECOGNISED,
    Trouble.DOUBTFUL: Cause.BLOCK_PAGE,
}


def cause_of(look: PastLook) -> Cause | None:
    """Why a look failed; None for a good one."""
    if not look.error:
        return None
    return _CAUSES.get(Trouble(look.notes.trouble), Cause.UNREACHABLE) if look.notes.trouble else Cause.UNREACHABLE


def run_of(looks: Sequence[PastLook], causes: frozenset[Cause]) -> list[PastLook]:
    """The latest looks that failed in a row for one of the causes, the last of all first. Those in which our own connection was down say
    nothing of the source, and break no row.
    """
    told = (look for look in reversed(looks) if cause_of(look) is not Cause.CONNECTION)
    return list(takewhile(lambda look: cause_of(look) in causes, told))


def is_lasting(run: Sequence[PastLook], limits: HealthLimits) -> bool:
    return len(run) >= limits.failures and run[0].finished_at - run[-1].finished_at >= limits.failing_for


def condition_of(source_id: int, looks: Sequence[PastLook], before: Condition | None, limits: HealthLimits) -> Condition:
    """Whether the source can be reached, as of the last of its looks. `before`: what was judged before it."""
    last = looks[-1]
    good_at = next((look.finished_at for look in reversed(looks) if not look.error), before.good_at if before else None)
    if cause_of(last) is Cause.CONNECTION:
        ours = list(takewhile(lambda look: cause_of(look) is Cause.CONNECTION, reversed(looks)))
        since = ours[-1].finished_at
        firm = len(ours) >= limits.failures and last.finished_at - since >= limits.ours_for
        return Condition(source_id, last.id, last.finished_at, Cause.CONNECTION, firm, last.error, since, good_at)
    run = run_of(looks, REACH)
    if not run:
        return Condition(source_id, last.id, last.finished_at, good_at=good_at)
    blocked = sum(cause_of(look) is Cause.BLOCKED for look in run)
    cause = Cause.BLOCKED if 2 * blocked > len(run) else Cause.UNREACHABLE
    since = run[-1].finished_at
    if before is not None and before.cause in REACH and before.since is not None and before.since < since:
        since = before.since  # it has failed for longer than the looks at hand go back
    return Condition(source_id, last.id, last.finished_at, cause, is_lasting(run, limits), run[0].error, since, good_at)
