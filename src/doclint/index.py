"""All pages to `RepoIndex`: what each link means, what is there, which anchors each page has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from doclint.history import History
from doclint.judging import Judging
from doclint.leads import Leads
from doclint.lookups import Lookups
from doclint.name_links import Spelled, spelled_in
from doclint.names import Names
from doclint.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from doclint.areas import Areas
    from doclint.bundles import Bundle
    from doclint.judged import Fragment, PageLinks
    from doclint.model import Files, Link, Page, Target
    from doclint.named_files import NamedFiles
    from doclint.resolve import Site


class RepoIndex(Lookups):
    """What the rules may ask; nothing in it but the history reads the disk.

    Built anew for each round of fixes. Where pages change one by one, `revised` makes the next from the last.

    Args:
        files: What there is.
        pages: The pages that were read: those to report on, and those that they point into.
        areas: Which host shows which folder.
        site: The repository on github.com, if it is one.
        line_counts: The number of lines of files that links point into by line.
        names: The damaged names of files and folders.
        history: What git remembers, which is asked when a rule asks it.
        named_files: Which images and pages the repository's files name; None when no rule asks.
        targets: What destinations mean, as far as another index of the same files and areas has resolved them.
    """

    def __init__(  # noqa: PLR0913 - what there is, and what is known of it
        self,
        files: Files,
        pages: Mapping[str, Page],
        areas: Areas,
        site: Site | None = None,
        line_counts: Mapping[str, int] | None = None,
        *,
        names: Names | None = None,
        history: History | None = None,
        named_files: NamedFiles | None = None,
        targets: Targets | None = None,
    ) -> None:
        known = targets if targets is not None and targets.site == site else Targets(files, areas, site)
        super().__init__(files, pages, areas, known, history or History())
        self.line_counts = line_counts or {}
        self.names = names or Names(files, {})
        self.named_files = named_files
        self.judging = Judging(self)
        self.leads = Leads(self)

    def links(self, page: Page) -> PageLinks:
        """Return what those links of a page come to that are looked at one by one; looked up once for all that ask."""
        return self.judging.links(page)

    def fragment(self, page: Page, target: Target) -> Fragment:
        """Return what the fragment of `target`, a target of `page`, finds."""
        return self.judging.fragment(page.path, target)

    def links_to(self, path: str) -> Iterator[tuple[Page, Link, str]]:
        """Yield the links with a fragment that lead to a page, with their page and fragment."""
        return self.leads.links_to(path)

    def is_linked(self, path: str) -> bool:
        """Tell whether a link of another page leads to a file."""
        return self.leads.is_linked(path)

    def led_to(self, bundle: Bundle) -> Iterator[tuple[str, Collection[str]]]:
        """Yield the pages that links with a `#` lead to, with the fragments; in no order, and some more than once."""
        return self.leads.led_to(bundle)

    @property
    def wanted(self) -> Mapping[str, Collection[str]]:
        """For each page the fragments that links anywhere want on it."""
        return self.leads.wanted

    def revised(
        self, pages: Mapping[str, Page], site: Site | None = None, line_counts: Mapping[str, int] | None = None
    ) -> RepoIndex:
        """Return the index once `pages` have come in, each in the place of the one with its path if there is one.

        What does not depend on them is shared, so that it takes little time however many other pages there are.

        Args:
            pages: The pages that are new, or other ones than before, by their paths.
            site: The repository on github.com, as far as it is known now.
            line_counts: As in the constructor, as far as they are other ones than before.
        """
        other = RepoIndex(
            self.files,
            self.pages.revised(pages),
            self.areas,
            site or self.site,
            {**self.line_counts, **(line_counts or {})},
            names=self.names,
            history=self.history,
            named_files=self.named_files,
            targets=self.targets,
        )
        other.tree = self.tree
        other._tables = {**self._tables, **{path: {} for path in pages}}
        other.leads = self.leads.revised(other, tuple(pages.values()))
        return other

    @cached_property
    def links_by_damaged_name(self) -> Mapping[str, Spelled]:
        """For each file or folder whose name is damaged and can be mended: the links that spell that name."""
        return spelled_in(self.pages.values(), self.names, self.areas, self.site) if self.names.by_path else {}
