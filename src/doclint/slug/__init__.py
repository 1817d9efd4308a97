"""Heading text to anchor: one short file a host. A host is a `Flavour`; `FLAVOURS` lists them all.

The anchors of a new host cost a file beside `gitlab.py` and a line in `_SCHEMES`. It is given everything that the
parse knows of a page's headings (`Heading.parts` keeps code, alternative texts, tags and breaks apart) and decides
what it uses; `scheme.py`, `counters.py`, `headings.py` and `characters.py` hold what hosts share. What its paths mean
is told in `sites.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from doclint.slug.flavour import Flavour, on_every_file, on_every_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Anchor, Mark
    from doclint.slug.scheme import Scheme

__all__ = ["DEFAULT", "FLAVOURS", "HTML", "Flavour", "documentation", "rule_of"]


def _by_ids(marks: Sequence[Mark]) -> tuple[Anchor, ...]:
    # Here, because most repositories have no such pages, and github.com needs no scheme.
    from doclint.slug.counters import Uncounted
    from doclint.slug.scheme import Scheme

    return Scheme(text=lambda _heading: "", slug=lambda _text: "", counter=Uncounted).anchors(marks)


HTML = Flavour("html", _by_ids)
"""How a browser finds its way on a page of HTML, whoever shows it: by ids alone."""

DEFAULT = "github"
"""The host of all that no setting and no guess speaks of."""

_SHOW_FILES = frozenset({"gitlab", "gitea", "bitbucket", "azure-devops"})
"""Hosts that show the files of a repository, and their lines; `github` says so itself. All others make a site."""

_SCHEMES = {
    "github": ("github", "FLAVOUR"),
    "gitlab": ("gitlab", "SCHEME"),
    "gitea": ("gitea", "SCHEME"),
    "bitbucket": ("bitbucket", "SCHEME"),
    "azure-devops": ("azure_devops", "SCHEME"),
    "mkdocs": ("mkdocs", "SCHEME"),
    "mkdocs-attr_list": ("mkdocs", "ATTR_LIST"),
    "pymdownx": ("mkdocs", "PYMDOWNX"),
    "docusaurus": ("docusaurus", "SCHEME"),
    "docfx": ("docfx", "FLAVOUR"),
    "vitepress": ("vitepress", "SCHEME"),
    "hugo": ("hugo", "SCHEME"),
    "jekyll": ("jekyll", "SCHEME"),
    "pandoc": ("pandoc", "SCHEME"),
    "pandoc-gfm": ("pandoc", "GFM"),
    "myst": ("myst", "SCHEME"),
    "mdbook": ("mdbook", "SCHEME"),
    "astro": ("astro", "SCHEME"),
    "zola": ("zola", "SCHEME"),
}
"""For each flavour the room and the name in it of what makes its anchors."""


class _Flavours(Mapping[str, Flavour]):
    """The flavours by name. A room is loaded when its flavour is asked for: a run rarely needs more than two."""

    def __init__(self) -> None:
        self._made: dict[str, Flavour] = {}

    def __getitem__(self, name: str) -> Flavour:
        if name not in self._made:
            room, attribute = _SCHEMES[name]
            made = getattr(import_module(f"doclint.slug.{room}"), attribute)
            self._made[name] = made if isinstance(made, Flavour) else _of(name, made)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in _SCHEMES

    def __iter__(self) -> Iterator[str]:
        return iter(_SCHEMES)

    def __len__(self) -> int:
        return len(_SCHEMES)


def _of(name: str, scheme: Scheme) -> Flavour:
    always_there = on_every_file if name in _SHOW_FILES else on_every_page
    return Flavour(name, scheme.anchors, always_there=always_there, naming=scheme.naming)


FLAVOURS: Mapping[str, Flavour] = _Flavours()


def documentation(name: str) -> str:
    """Return what is documented of a flavour: the docstring of its room, with the rule in the second paragraph."""
    return import_module(f"doclint.slug.{_SCHEMES[name][0]}").__doc__ or ""


def rule_of(name: str) -> str:
    """Return how a flavour makes an anchor of a heading, in words, on one line."""
    return " ".join(documentation(name).split("\n\n")[1].split()).removeprefix("The rule").lstrip(":, ")
