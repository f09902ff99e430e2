"""Owns: definitions of known sites, as data: where they publish, and how their pages are to be read.

A definition lists several sets of selectors, tried in order, because old pages keep the markup they were made with. Those that ship stand
beside this module; an operator's own folder comes before them, so that a site that was rebuilt can be read again without a release.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from collector.sites.definition import ArticleRules, DefinitionError, EntryPoint, ListingRules, Site, read_definition

__all__ = ["ArticleRules", "DefinitionError", "EntryPoint", "ListingRules", "Site", "known_sites", "load_site", "plain_site"]

_SUFFIX = ".toml"


def known_sites(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the definitions that ship, and of those in the operator's own folder where it exists."""
    shipped = {entry.name.removesuffix(_SUFFIX) for entry in files(__name__).iterdir() if entry.name.endswith(_SUFFIX)}
    return tuple(sorted(shipped | _own(folder)))


def load_site(name: str, folder: Path | None = None) -> Site:
    """A definition, the operator's own before one that ships.

    Raises KeyError for an unknown name, DefinitionError for a file that can't be read or has mistakes.
    """
    if name not in known_sites(folder):
        raise KeyError(name)
    if folder is not None and name in _own(folder):
        return _own_site(name, folder / f"{name}{_SUFFIX}")
    return _shipped(name)


def plain_site(name: str, url: str, hosts: tuple[str, ...]) -> Site:
    """A site of which nothing is known but its address, which may be a feed or a page that lists publications."""
    return Site(name=name, url=url, hosts=hosts, entry_points=())


@cache
def _shipped(name: str) -> Site:
    """What ships never changes while the program runs, and is asked for with each page that is given by hand."""
    return read_definition((files(__name__) / f"{name}{_SUFFIX}").read_text(encoding="utf-8"), f"{name}{_SUFFIX}")


def _own(folder: Path | None) -> set[str]:
    if folder is None or not folder.is_dir():
        return set()
    return {file.stem for file in folder.glob(f"*{_SUFFIX}")}


def _own_site(name: str, file: Path) -> Site:
    try:
        site = read_definition(file.read_text(encoding="utf-8-sig"), str(file))
    except OSError as error:
        raise DefinitionError((f"{file}: it can't be read: {error.strerror}",)) from None
    except UnicodeDecodeError:
        raise DefinitionError((f"{file}: it is no text in UTF-8; save it as UTF-8",)) from None
    if site.name != name:
        words = f"{file}: name: it is {site.name!r} and the file is called {name!r}; give both the same name"
        raise DefinitionError((words,))
    return site
