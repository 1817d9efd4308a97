"""A page that no other page links to.

Why:   readers cannot find it.
Bad:   `docs/install.md`, which no page links to and no other file names
Good:  a page with a link to it, a README or an index, a page in a site's menu
Fix:   none. Off by default, because it reads every file of the repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from doclint.formats import format_of
from doclint.model import Hit, Page, Severity, Span
from doclint.rules.base import Group, Rule
from doclint.rules.places import is_named
from doclint.sites import PATHS_OF_FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

# What hosts show by themselves in each folder, and what programs look for by its name.
_SHOWN = frozenset(
    {
        "readme", "index", "_index", "home", "404", "summary", "_sidebar", "_footer", "_navbar", "_header",
        "agents", "claude", "gemini", "skill",
    }
)  # fmt: skip
# What GitHub shows beside the files, from the top or from `docs`.
_COMMUNITY = frozenset(
    {
        "authors", "changelog", "changes", "citation", "code_of_conduct", "codeowners", "contributing", "contributors",
        "copying", "funding", "governance", "history", "issue_template", "license", "maintainers", "news", "notice",
        "pull_request_template", "releases", "roadmap", "security", "support",
    }
)  # fmt: skip


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    if repo.named_files is None or page.path not in repo.files.tracked or _is_shown(page.path, repo):
        return
    if repo.is_linked(page.path) or is_named(page.path, repo, repo.named_files.beside_pages):
        return
    yield Hit(Span(0, 0), "no other page links to this page", "link to it from where readers look for it", of_file=True)


def _is_shown(path: str, repo: RepoIndex) -> bool:
    """Tell whether readers find a page without a link."""
    folder, _, name = f"/{path}".rpartition("/")
    stem = name.partition(".")[0].lower().replace("-", "_")
    if stem in _SHOWN or "/." in f"{folder}/" or (folder in ("", "/docs") and stem in _COMMUNITY):
        return True
    # The generator of a site shows a menu of its pages, whichever it is. That of mdBook is a page.
    area = repo.areas.of(path)
    return format_of(path) in PATHS_OF_FORMAT or (area.paths is not None and area.flavour.name != "mdbook")


RULE = Rule("orphan-page", Group.LINKS, Severity.INFO, check, default=False)
