from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from doclint.model import ElementId, UsageError
from doclint.parse import parse

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Tree

RST = ("markdown", "rst")


class TestWithDocutils:
    @pytest.fixture(autouse=True)
    def _docutils(self) -> None:
        pytest.importorskip("docutils", reason="an optional extra")

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("See `the guide <docs/a.md>`_ and `more <docs/a.md>`__.", ["docs/a.md", "docs/a.md"]),
            ("See `a guide over\nlines <b.md>`_.", ["b.md"]),
            (".. _home: docs/a.md\n\nSee home_.", ["docs/a.md"]),
            (".. image:: a.png\n   :target: b.md", ["a.png", "b.md"]),
            (".. figure:: a.png\n\n   See `it <b.md>`_.", ["a.png", "b.md"]),
            (".. |x| image:: a.png", ["a.png"]),
            ("* a\n\n  * `b <c.md>`_", ["c.md"]),
            ("https://example.com/a", ["https://example.com/a"]),
            ("::\n\n   `a <b.md>`_\n\n``<c.md>`` `d <c.md>`_", ["c.md"]),
        ],
    )
    def test_links_with_their_places(self, text: str, found: list[str]) -> None:
        for written in (text, text.replace("\n", "\r\n"), f"\ufeff{text}"):
            parsed = parse(written, "a.rst")
            assert [link.destination for link in parsed.links] == found
            assert [link.destination_span.of(written) for link in parsed.links] == found

    @pytest.mark.parametrize(
        "text",
        [
            ":doc:`a/b` and :ref:`c <d>`, `e`_ and f_",
            ".. toctree::\n\n   a\n   b",
            ".. unknown:: a.png\n   :x: y\n\n   `a <b.md>`_",
            ".. `a <b.md>`_ in a comment",
            ".. image:: figure.*",
            "The scheme file:///etc/passwd is meant.",
            ".. include:: /etc/passwd",
            ".. raw:: html\n   :file: /etc/passwd",
            ".. csv-table::\n   :file: /etc/passwd",
        ],
    )
    def test_what_is_no_link_is_silent(self, text: str, capsys: pytest.CaptureFixture[str]) -> None:
        parsed = parse(text, "a.rst")
        assert not parsed.links
        assert parsed.fault is None
        assert capsys.readouterr() == ("", "")

    def test_no_file_is_taken_in(self) -> None:
        marks = parse(f".. include:: {__file__}\n\n.. _here:\n\nText\n", "a.rst").marks
        assert [mark.name for mark in marks if isinstance(mark, ElementId)] == ["here"]

    def test_anchors(self, workspace: MakeWorkspace) -> None:
        page = (
            "Großer Titel\n============\n\n.. _my_label:\n\nTwo  words\n----------\n\n"
            ".. image:: x.png\n   :name: fig One\n"
        )
        names = ("groszer-titel", "großer-titel", "my-label", "two-words", "fig-one")
        good = " ".join(f"[a](a.rst#{name})" for name in names)
        assert not workspace({"a.rst": page, "x.png": b"", "b.md": good}).check()
        [finding] = workspace({"a.rst": page, "b.md": "[a](a.rst#three-words)"}).check()
        assert finding.rule == "missing-anchor"

    def test_what_sphinx_brings_is_not_judged(self, workspace: MakeWorkspace) -> None:
        page = "Title\n=====\n\n.. autofunction:: a.b\n"
        assert not workspace({"a.rst": page, "b.md": "[a](a.rst#a.b)"}).check()

    def test_pages_are_checked_where_they_are_asked_for(self, workspace: MakeWorkspace) -> None:
        tree: Tree = {"a.rst": "`a <gone.md>`_\n\n.. image:: Img/x.png\n", "img/x.png": b""}
        assert not workspace(tree).check()
        assert [found.rule for found in workspace(tree).check(formats=RST)] == ["missing-file", "wrong-case"]

    def test_below_sphinx_only_images_are_files(self, workspace: MakeWorkspace) -> None:
        page = "`a <_static/gone.json>`_ `b <../../up.html>`_ `c <gone.html>`_\n\n.. image:: gone.png\n"
        [finding] = workspace({"docs/conf.py": "", "docs/a/b.rst": page}).check(formats=RST)
        assert finding.message == 'no file "docs/a/gone.png" in the repository'

    def test_a_fix_edits_the_destination(self, workspace: MakeWorkspace) -> None:
        space = workspace({"a.rst": "`Guide.md <Guide.md>`_ is\r\nhere\r\n", "guide.md": ""})
        space.fix(formats=RST)
        assert space.read("a.rst") == b"`Guide.md <guide.md>`_ is\r\nhere\r\n"


def test_without_docutils_the_setting_says_what_to_do(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("doclint.parse.rst.available", lambda: False)
    with pytest.raises(UsageError, match="install doclint with its extra `rst`"):
        workspace({"a.rst": ""}).check(formats=RST)


def test_without_docutils_a_fragment_is_not_judged(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.parse.rst.available", lambda: False)
    monkeypatch.setitem(sys.modules, "docutils", None)
    assert not workspace({"a.rst": "", "b.md": "[a](a.rst#x)"}).check()
