"""A link points at a file that is not there.

Why:   the reader gets "404 page not found".
Bad:   [setup](instal.md), where the folder holds `install.md`
Good:  [setup](install.md)
Fix:   `doclint fix`, when git saw the one file that was there, or the page itself, move away, or when only the percent-
       encoding is wrong; `doclint fix --unsafe`, when exactly one file is near.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doclint.model import Fix, Hit, InRepo, Link, Other, Page, Safety, Severity
from doclint.rules.base import Aspect, Group, Rule
from doclint.rules.places import under_repair
from doclint.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.index import RepoIndex

# As text: `re` makes a pattern of it where it is first used, and most runs need none.
_HOST = r"(?i)(?:https?:|www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev)(?:/|\Z))"
_MOST_NAMESAKES = 3
"""With more files of the same name, none of them is likelier than the others."""


def check(page: Page, repo: RepoIndex) -> Iterator[Hit]:
    questionable = repo.links(page).questionable
    if not questionable:
        return
    # Here, as all that only a broken link needs: most runs find none.
    from doclint.companions import LikelyEdits

    likely = LikelyEdits(page.content)
    for link, target, found in ((judged.link, judged.target, judged.found) for judged in questionable):
        # What is about to be repaired is judged when it is.
        if likely.touch(link.destination_span):
            continue
        match target:
            case InRepo() if found is not None:
                match found.standing:
                    case Standing.MISSING if repo.names.awaited(target.path) and under_repair(
                        page, link.destination_span
                    ):
                        # It works as it is on the disk, by the damaged name, and will work again by the repaired one.
                        pass
                    case Standing.MISSING:
                        yield _missing(page, link, target, repo)
                    case Standing.IN_SUBMODULE:
                        yield Hit(
                            link.destination_span,
                            f'"{target.path}" lies inside the submodule "{found.path}", which is another repository',
                            "link to that repository by its address",
                        )
                    case Standing.BEHIND_SYMLINK:
                        yield Hit(
                            link.destination_span,
                            f'"{target.path}" lies behind the symbolic link "{found.path}", not followed by the site',
                            "link to the file where it really is",
                        )
                    case _:
                        pass
            case Other("file"):
                yield Hit(
                    link.destination_span,
                    "a file: address leads to the reader's own disk",
                    "write a path relative to this page",
                )
            case _:
                pass


def _missing(page: Page, link: Link, target: InRepo, repo: RepoIndex) -> Hit:
    from doclint.rules.elsewhere import edit_to

    what = "folder" if target.folder else "file"
    if (damaged := repo.names.awaited(target.path)) is not None:
        # The link is right and the name is wrong: nothing near must take its place.
        advice = f'it is there as "{damaged}", a damaged name: doclint fix --unsafe renames it'
        return Hit(link.destination_span, f'no {what} "{target.path}" in the repository', advice)
    known, safety = _known(page, link, target, repo)
    candidates = known or _candidates(page, target, repo)
    ways = [edit_to(page, link, target, path, repo) for path in candidates]
    level = safety if len(ways) == 1 else Safety.DISPLAY
    fixes = tuple(Fix(f"link to {name}", (edit,), level) for name, edit in ways if edit is not None)
    fix, choices = (fixes[0], ()) if len(ways) == 1 and fixes else (None, fixes)
    advice = f"did you mean {' or '.join(name for name, _ in ways)}?" if ways else _advice(link)
    return Hit(link.destination_span, f'no {what} "{target.path}" in the repository', advice, fix, choices=choices)


def _known(page: Page, link: Link, target: InRepo, repo: RepoIndex) -> tuple[list[str], Safety]:
    """Return the files that are meant as far as that is known and not guessed, and how sure the only one is."""
    alike = dict.fromkeys(repo.tree.spelled_alike(target.path, folder=target.folder), True)
    alike |= dict.fromkeys(
        (path for other in target.others for path in repo.tree.spelled_alike(other, folder=False)), True
    )
    found = alike | {trace.path: trace.certain for trace in repo.moved_from(target)}
    for path in repo.meant_before_moving(page, link):
        found.setdefault(path, True)
    return list(found), Safety.SAFE if found and all(found.values()) else Safety.UNSAFE


def _candidates(page: Page, target: InRepo, repo: RepoIndex) -> list[str]:
    """Return the files that may be meant: the same path from elsewhere, the same name elsewhere, a near name here."""
    from doclint.near import near

    tracked = repo.files.tracked
    written_from_root = target.path.removeprefix(page.path.rpartition("/")[0] + "/")
    spellings = (
        written_from_root,
        f"{target.path}.md",
        target.path.replace("\\", "/"),
        f"{target.path}/README.md",
    )
    if found := [path for path in dict.fromkeys(spellings) if path in tracked and path != page.path]:
        return found
    folder, _, name = target.path.rpartition("/")
    namesakes = [path for path in repo.tree.by_basename.get(name.lower(), ()) if path != page.path]
    if "." in name and 0 < len(namesakes) <= _MOST_NAMESAKES and name.lower() not in ("readme.md", "index.md"):
        return namesakes
    # On a site the ending may be left out.
    for path in (target.path, *(other for other in target.others if other.rpartition("/")[0] == folder)):
        name = path.rpartition("/")[2]
        ending = name.rpartition(".")[2]
        siblings = tuple(other for other in repo.tree.files_in(folder) if other.rpartition(".")[2] == ending)
        alike = [f"{folder}/{other}" if folder else other for other in near(name, siblings)]
        # Nobody links to the page that they write on by its name.
        if found := [other for other in alike if other != page.path]:
            return found
    return []


def _advice(link: Link) -> str:
    # What begins so is an address of this repository on github.com.
    is_address = link.destination.lower().startswith(("https://", "http://"))
    if not is_address and re.match(_HOST, link.destination.lstrip("(")):
        return "if it is an address on the web, it must begin with https://, with nothing in front"
    return "correct the path, or remove the link"


RULE = Rule("missing-file", Group.LINKS, Severity.ERROR, check, looks_at=Aspect.LINKS)
