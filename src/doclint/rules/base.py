"""What a rule is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from doclint.index import RepoIndex
    from doclint.model import Hit, Page, Severity


class Group(Enum):
    """What a rule is about; its value can stand in `select` and `ignore`."""

    ENCODING = "encoding"
    LINKS = "links"
    HYGIENE = "hygiene"


class Aspect(Enum):
    """What of a page a rule looks at; where a page has no such thing, the rule is not asked."""

    PAGE = "the page itself, or the repository"
    TEXT = "damage, and characters of which `reading.holds_strange` tells"
    LINKS = "links that may be at fault"
    UNDEFINED = "references without a definition"
    DEFINITIONS = "reference definitions"
    NAMES = "names of files and folders that are damaged"
    ANCHORS = "anchors that links want, on hosts where not all can be reached"
    FAULT = "why it cannot be read"
    NOTHING = "what only other rooms see; its findings are made there"


class Rule(Value):
    """A rule: it looks at one page, may ask the index, and yields what it finds. It never reads the disk.

    Attributes:
        name: Says the fault.
        group: What it is about.
        severity: Of its findings.
        check: Page and index to hits, in any order. The rule's documentation is the docstring of its module.
        default: Whether it runs without being selected by name.
        looks_at: What of a page it looks at.
        every_file: Whether it looks at files that are no pages, too: then `check` is given a page that is not read.
    """

    name: str
    group: Group
    severity: Severity
    check: Callable[[Page, RepoIndex], Iterator[Hit]]
    default: bool = True
    every_file: bool = False
    looks_at: Aspect = Aspect.PAGE

    @property
    def documentation(self) -> str:
        """The docstring of the rule's module: a sentence, then Why, Bad, Good and Fix."""
        import inspect  # here, because no check of pages needs it

        return inspect.cleandoc(inspect.getmodule(self.check).__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0]
