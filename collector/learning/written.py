"""A proposal as the lines of a definition."""

from __future__ import annotations

import json
from dataclasses import fields

from collector.learning.propose import Proposal
from collector.sites import ArticleRules, ListingRules


def as_toml(proposal: Proposal) -> str:
    """Tables to be put before those of the same name in a definition, with the evidence as a comment."""
    lines = [f"# Learnt: {proposal.evidence}."]
    for heading, rules in (("listing", proposal.listing), ("article", proposal.article)):
        if rules is not None:
            lines += ["", f"[[{heading}]]", *_keys(rules)]
    return "\n".join(lines) + "\n"


def _keys(rules: ListingRules | ArticleRules) -> list[str]:
    values = ((field.name, getattr(rules, field.name)) for field in fields(rules))
    # a basic string of TOML escapes as JSON does (toml.io, v1.0, String)
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values if value]
