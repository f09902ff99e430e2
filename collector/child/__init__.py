"""Owns: hostile work in processes that can be killed. `Children(...).lane(source).run(function, ...)` is all that others need.

lane(source).run ──> lanes (whose turn) ──> children (threads that wait) ──> process (one child) ──pipe──> serve (inside it)
"""

from collector.child.children import Children, Lane

__all__ = ["Children", "Lane"]
