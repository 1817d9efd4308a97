"""Heading text to anchor: one short file a host. A host is a `Flavour`; `FLAVOURS` lists them all.

The anchors of a new host cost a file beside `gitlab.py` and a line in `FLAVOURS`. It is given everything that the
parse knows of a page's headings (`Heading.parts` keeps code, alternative texts, tags and breaks apart) and decides
what it uses; `scheme.py`, `counters.py`, `headings.py` and `characters.py` hold what hosts share. What its paths mean
is told in `sites.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from doclint.slug import (
    astro,
    azure_devops,
    bitbucket,
    docusaurus,
    gitea,
    github,
    gitlab,
    hugo,
    jekyll,
    mdbook,
    mkdocs,
    myst,
    pandoc,
    vitepress,
    zola,
)
from doclint.slug.counters import Uncounted
from doclint.slug.scheme import Scheme, all_reachable, exact, on_every_file, on_every_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doclint.model import Anchor, Mark


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a host makes anchors and finds them.

    Attributes:
        name: What the setting `flavour` calls it.
        anchors: Headings and explicit ids of a page, in the order of the rendered page, to its anchors.
        lookups: A fragment as written, without `#`, to the names under which the host looks for it, in that order.
        always_there: Tells of a fragment (as written) that the host understands without an anchor, such as `#L10`.
        reachable: Tells whether any fragment leads to an explicit id.
    """

    name: str
    anchors: Callable[[Sequence[Mark]], tuple[Anchor, ...]]
    lookups: Callable[[str], tuple[str, ...]] = exact
    always_there: Callable[[str], bool] = on_every_page
    reachable: Callable[[str], bool] = all_reachable


def _of_files(name: str, scheme: Scheme) -> Flavour:
    """Return the flavour of a host that shows the files of a repository."""
    return Flavour(name, scheme.anchors, always_there=on_every_file)


def _of_site(name: str, scheme: Scheme) -> Flavour:
    """Return the flavour of a host that makes a site of pages."""
    return Flavour(name, scheme.anchors)


HTML = _of_site("html", Scheme(text=lambda _heading: "", slug=lambda _text: "", counter=Uncounted))
"""How a browser finds its way on a page of HTML, whoever shows it: by ids alone."""

DEFAULT = "github"
"""The host of all that no setting and no guess speaks of."""

FLAVOURS: dict[str, Flavour] = {
    flavour.name: flavour
    for flavour in (
        Flavour("github", github.anchors, github.lookups, github.always_there, github.reachable),
        _of_files("gitlab", gitlab.SCHEME),
        _of_files("gitea", gitea.SCHEME),
        _of_files("bitbucket", bitbucket.SCHEME),
        _of_files("azure-devops", azure_devops.SCHEME),
        _of_site("mkdocs", mkdocs.SCHEME),
        _of_site("mkdocs-attr_list", mkdocs.ATTR_LIST),
        _of_site("pymdownx", mkdocs.PYMDOWNX),
        _of_site("docusaurus", docusaurus.SCHEME),
        _of_site("vitepress", vitepress.SCHEME),
        _of_site("hugo", hugo.SCHEME),
        _of_site("jekyll", jekyll.SCHEME),
        _of_site("pandoc", pandoc.SCHEME),
        _of_site("pandoc-gfm", pandoc.GFM),
        _of_site("myst", myst.SCHEME),
        _of_site("mdbook", mdbook.SCHEME),
        _of_site("astro", astro.SCHEME),
        _of_site("zola", zola.SCHEME),
    )
}
