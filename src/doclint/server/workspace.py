"""All folders that an editor has open, and to which of them a file belongs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from doclint import git
from doclint.formats import format_of
from doclint.model import UsageError
from doclint.server.folder import Folder
from doclint.server.survey import alone
from doclint.server.uris import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from doclint.server.documents import Document, TextChange
    from doclint.server.positions import Unit

_MARKDOWN = ("markdown", "mdx", "rst", "restructuredtext", "quarto", "rmd")
"""What editors call the languages of pages; a text without a file is a page where it is in one of them."""


class Workspace:
    """The folders and the open texts.

    Args:
        unit: What positions count.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.bases: list[str] = []
        self.folders: dict[str, Folder] = {}
        self.documents: dict[str, Document] = {}
        self._alone: dict[str, Folder] = {}

    def base_of(self, path: str) -> str | None:
        """Return the folder that a file belongs to, as the editor names it: the innermost around it.

        Outside of all it is the repository that git says; None where there is none.

        Raises:
            UsageError: Git refuses.
        """
        around = [base for base in self.bases if holds(base, path)]
        if around:
            return max(around, key=len)
        parent = next((str(folder) for folder in Path(path).parents if os.path.isdir(folder)), None)
        top = git.top_level([parent], parent) if parent is not None else None
        if top is not None and top not in self.bases:
            self.bases.append(top)
        return top

    def find(self, uri: str) -> tuple[Folder, str]:
        """Return the folder of a file or an open text, and its name there.

        Raises:
            UsageError: It is neither open nor a file, or its folder is not looked at yet, or is at fault.
        """
        path = path_of(uri)
        if path is None and uri not in self.documents:
            raise UsageError(f"{uri} is not open")
        if uri in self._alone:
            return self._on_its_own(uri, path)
        base = self.base_of(path) if path is not None else None
        if path is None or base is None:
            return self._on_its_own(uri, path)
        if base not in self.folders:
            raise UsageError(f"{base!r} cannot be looked at, or not yet")
        folder = self.folders[base]
        real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        name = os.path.relpath(real, folder.survey.files.root).replace(os.sep, "/")
        if name == ".." or name.startswith("../"):
            raise UsageError(f"{path!r} is a symbolic link out of {base!r}, or lies outside its root")
        return folder, name

    def _on_its_own(self, uri: str, path: str | None) -> tuple[Folder, str]:
        name = os.path.basename(path) if path is not None else "untitled.md"
        if uri not in self._alone:
            if uri not in self.documents:
                raise UsageError(f"{uri} is not open, and lies in no folder of the workspace")
            parent = os.path.realpath(os.path.dirname(path)) if path is not None else None
            self._alone[uri] = Folder(parent or os.sep, alone(name, parent), self.unit)
        return self._alone[uri], name

    # ----------------------------------------------------------------------------------------------- the open texts

    def open(self, document: Document) -> None:
        """Take in a text that was opened."""
        self.documents[document.uri] = document
        self._pass_on(document)

    def change(self, uri: str, version: int, changes: Iterable[TextChange]) -> None:
        """Take in changes of an open text.

        Raises:
            UsageError: It is not open, or a change does not fit its text.
        """
        if uri not in self.documents:
            raise UsageError(f"{uri} was changed and is not open; open it first")
        self.documents[uri] = self.documents[uri].changed(version, changes, self.unit)
        self._pass_on(self.documents[uri])

    def close(self, uri: str) -> None:
        """Forget an open text.

        Raises:
            UsageError: It is not open.
        """
        if uri not in self.documents:
            raise UsageError(f"{uri} was closed and is not open")
        place = self.place(uri)
        del self.documents[uri]
        self._alone.pop(uri, None)
        if place is not None:
            place[0].close(place[1])

    def _pass_on(self, document: Document) -> None:
        place = self.place(document.uri)
        if place is not None:
            place[0].put(place[1], document)

    def place(self, uri: str) -> tuple[Folder, str] | None:
        """Return folder and name of an open page; None for a text that is no page, or whose folder is not known yet."""
        document = self.documents.get(uri)
        if document is None:
            return None
        try:
            folder, name = self.find(uri)
        except UsageError:
            return None
        form = format_of(name)
        if path_of(uri) is None:
            return (folder, name) if document.language.lower() in _MARKDOWN else None
        return (folder, name) if form is not None and form.value in folder.survey.settings.formats else None

    def admit(self, folder: Folder) -> None:
        """Let a folder come in that has been looked at for the first time."""
        self.folders[folder.base] = folder
        for document in self.documents.values():
            place = self.place(document.uri)
            if place is not None and place[0] is folder:
                folder.put(place[1], document)

    def leave(self, base: str) -> None:
        """Forget a folder; its open texts belong to those that are left."""
        self.folders.pop(base, None)
        if base in self.bases:
            self.bases.remove(base)
        for document in self.documents.values():
            self._pass_on(document)


def holds(base: str, path: str) -> bool:
    """Tell whether a path is a folder, or lies in it."""
    return path == base or path.startswith(base.rstrip(os.sep) + os.sep)
