"""The rules of the house: which room knows which, and that lists, files, tests and promises agree."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import pathlib
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

import doclint
from doclint.parse import PATTERNS_HOLD
from doclint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doclint.rules.base import Rule

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent
SOURCE = ROOT / "src" / "doclint"

# Data flows from top to bottom: a room imports what stands above it, nothing else.
ORDER = (
    "value",
    "formats",
    "watch",
    "model.text",
    "model.disk",
    "model.edits",
    "model.damage",
    "model.deferred",
    "model.links",
    "model.pages",
    "model.targets",
    "model.graph",
    "model.findings",
    "model",
    "moves",
    "lines",
    "settings",
    "settings_file",
    "history",
    "disk",
    "git",
    "commits",
    "change",
    "discover",
    "repair.naturalness",
    "repair.ngrams",
    "repair.language",
    "legacy.code_pages",
    "legacy.evidence",
    "legacy.utf16",
    "legacy",
    "decode",
    "repair.codecs",
    "repair.multibyte",
    "repair.loss",
    "repair.scan",
    "repair.reading",
    "repair.runs",
    "repair.halves",
    "repair.judge",
    "repair.exact",
    "repair.quoted",
    "repair.second_opinion",
    "repair.signs",
    "repair.lattice",
    "repair.balance",
    "repair.letter_case",
    "repair.beam",
    "repair.evidence",
    "repair.proof",
    "repair.tails",
    "repair.infer",
    "repair.ancestry",
    "repair.lossy",
    "repair.east_asian",
    "repair.wrapped",
    "repair.page",
    "repair",
    "mentions",
    "compare",
    "parse.labels",
    "parse.bare",
    "parse.html_speech",
    "parse.html_links",
    "parse.html",
    "parse.srcset",
    "parse.places",
    "parse.markup_ids",
    "parse.collect",
    "parse.markdown",
    "parse.walk",
    "parse.moved",
    "parse.reference",
    "parse.fast.tags",
    "parse.fast.destinations",
    "parse.fast.lines",
    "parse.fast.excerpt",
    "parse.fast.containers",
    "parse.fast.speech",
    "parse.fast.records",
    "parse.fast.rows",
    "parse.fast.tables",
    "parse.fast.raw_html",
    "parse.fast.fallback",
    "parse.fast.front_matter",
    "parse.fast.blocks",
    "parse.fast.inlines",
    "parse.fast.headings",
    "parse.fast.gathering",
    "parse.fast.skimmed",
    "parse.fast.stretches",
    "parse.fast.indents",
    "parse.fast.skim",
    "parse.fast.page",
    "parse.fast",
    "parse.wiki",
    "parse.notebook",
    "parse.mdx",
    "parse.web_page",
    "parse.rst",
    "parse",
    "percent",
    "plain_links",
    "fingerprint",
    "reading",
    "signatures",
    "kept",
    "cache",
    "workers",
    "shelf",
    "slug.unicode_words",
    "slug.unicode_categories",
    "slug.emoji_names",
    "slug.characters",
    "slug.emoji",
    "slug.counters",
    "slug.headings",
    "slug.flavour",
    "slug.scheme",
    "slug.github",
    "slug.goldmark",
    "slug.python_markdown",
    "slug.*",
    "slug",
    "alike",
    "anchor_table",
    "tree",
    "sites",
    "areas",
    "docfx",
    "guess",
    "destinations",
    "near",
    "resolve",
    "style",
    "meaning",
    "relink",
    "names",
    "name_links",
    "named_files",
    "wiki_names",
    "wiki_moves",
    "follow",
    "links_in",
    "judged",
    "targets",
    "bundles",
    "lookups",
    "certain",
    "judging",
    "leads",
    "index",
    "companions",
    "counterpart",
    "witnesses",
    "library",
    "revising",
    "rules.wording",
    "rules.places",
    "rules.elsewhere",
    "rules.base",
    "rules.*",
    "rules",
    "suppress",
    "stamp",
    "graph",
    "news",
    "plan",
    "write",
    "baseline",
    "together",
    "rename",
    "work",
    "relocate",
    "run",
    "mending",
    "mv",
    "anchors",
    "explain.values",
    "explain.links",
    "explain.damaged",
    "explain.silences",
    "explain",
    "init.open_values",
    "init.hook",
    "init.installed",
    "init.survey",
    "init.settings_text",
    "init",
    "report.visible",
    "report.style",
    "report.options",
    "report.excerpt",
    "report.paths",
    "report.words",
    "report.diff",
    "report.serialise",
    "report.identity",
    "report.proposals",
    "report.html.excerpts",
    "report.html.graph",
    "report.html.data",
    "report.*",
    "report",
    "console",
    "request",
    "output",
    "checking",
    "words",
    "flags",
    "server.uris",
    "server.positions",
    "server.documents",
    "server.survey",
    "server.folder",
    "server.workspace",
    "server.here",
    "server.navigation",
    "server.edits",
    "server.actions",
    "server.hover",
    "server.completion",
    "server.rename",
    "server.wire",
    "server.slices",
    "server.upkeep",
    "server.answers",
    "server.protocol",
    "server",
    "commands.*",
    "commands",
    "cli",
    "__main__",
    "__init__",
)
"""`x.*` are the rooms of x that are not named: none of them knows another."""

EXCEPTIONS = {
    # The version is a plain string at the top of `__init__`, which imports nothing of doclint until it is used.
    ("cli", "__init__"): "__version__",
    ("commands.init", "__init__"): "__version__",
    ("__main__", "__init__"): "__version__",
    ("fingerprint", "__init__"): "__version__",
    ("report.sarif", "__init__"): "__version__",
    ("server.answers", "__init__"): "__version__",
}

DOORS = {
    "msgspec": {"value.py", "kept.py"},
    "markdown_it": {"parse/markdown.py"},
    "mdit_py_plugins": {"parse/markdown.py"},
    "ftfy": {"repair/second_opinion.py"},
    "charset_normalizer": {"decode.py"},
    "docutils": {"parse/rst.py"},
    "html.parser": {"parse/html.py"},
    "subprocess": {"git.py"},
    "pathspec": {"settings.py"},
    "rapidfuzz": {"near.py"},
    "click": {"cli.py", "flags.py", "commands/__init__.py", "commands/explain.py", "commands/init.py"},
    "pygls": {"server/slices.py", "server/upkeep.py", "server/answers.py", "server/protocol.py"},
    "cattrs": {"server/protocol.py"},
    "lsprotocol": {
        "server/wire.py",
        "server/slices.py",
        "server/upkeep.py",
        "server/answers.py",
        "server/protocol.py",
    },
}


def rooms() -> list[str]:
    """Every module of doclint, without the first `doclint.`."""
    return sorted(_room(path) for path in SOURCE.rglob("*.py"))


def _room(path: pathlib.Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def file_of(room: str) -> pathlib.Path:
    path = SOURCE.joinpath(*room.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree_of(room: str) -> ast.Module:
    return ast.parse(file_of(room).read_text(encoding="utf-8"))


def imported(room: str) -> Iterator[tuple[str, str]]:
    """Every module that a room imports anywhere, also inside functions and for types, and the name it takes of it."""
    for node in ast.walk(tree_of(room)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{room} imports relatively"
            yield from ((node.module or "", alias.name) for alias in node.names)


def knows(room: str) -> Iterator[tuple[str, str]]:
    """The rooms that a room imports, each with the name that it takes."""
    everything = set(rooms())
    for module, name in imported(room):
        if module.partition(".")[0] == "doclint":
            inside = module.removeprefix("doclint").lstrip(".")
            deeper = f"{inside}.{name}".lstrip(".")
            yield (deeper, "") if deeper in everything else (inside or "__init__", name)


def rank(room: str) -> int:
    if room in ORDER:
        return ORDER.index(room)
    return ORDER.index(f"{room.partition('.')[0]}.*")


class TestRooms:
    def test_every_room_has_its_place_in_the_order(self) -> None:
        placed = {room for room in ORDER if not room.endswith(".*")}
        assert placed <= set(rooms()), "the order names rooms that are not there"
        assert not [
            room for room in set(rooms()) - placed if not room.startswith(("rules.", "report.", "slug.", "commands."))
        ]

    @pytest.mark.parametrize("room", rooms())
    def test_a_room_imports_only_earlier_ones(self, room: str) -> None:
        for other, name in knows(room):
            if (room, other) in EXCEPTIONS:
                assert name == EXCEPTIONS[room, other]
            else:
                assert rank(other) < rank(room) or room == "__init__", f"{room} imports {other}"

    def test_every_exception_is_needed(self) -> None:
        for room, other in EXCEPTIONS:
            assert other in {known for known, _ in knows(room)}

    def test_the_values_know_nothing_of_doclint(self) -> None:
        assert all(
            other.startswith(("model", "value"))
            for room in rooms()
            if room.startswith("model")
            for other, _ in knows(room)
        )

    @pytest.mark.parametrize("room", [room for room in rooms() if room.startswith("rules.")])
    def test_a_rule_reads_no_disk(self, room: str) -> None:
        modules = {module.partition(".")[0] for module, _ in imported(room)}
        assert not modules & {"os", "io", "pathlib", "shutil", "subprocess", "tempfile"}
        calls = [node.func for node in ast.walk(tree_of(room)) if isinstance(node, ast.Call)]
        assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "open"]


class TestDoors:
    @pytest.mark.parametrize("module", DOORS)
    def test_it_is_the_only_one(self, module: str) -> None:
        through = {
            file_of(room).relative_to(SOURCE).as_posix()
            for room in rooms()
            for name, taken in imported(room)
            if f"{name}.".startswith(f"{module}.") or f"{name}.{taken}" == module
        }
        assert through == DOORS[module]

    def test_every_dependency_has_one(self) -> None:
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        names = {re.split(r"[><=~! ]", name)[0].replace("-", "_") for name in project["dependencies"]}
        imports = {"markdown_it_py": "markdown_it"}
        assert {imports.get(name, name) for name in names} <= DOORS.keys()

    @pytest.mark.parametrize(
        "room",
        [room for room in rooms() if room not in ("console", "cli", "__main__") and "commands" not in room],
    )
    def test_only_the_command_line_prints(self, room: str) -> None:
        for node in ast.walk(tree_of(room)):
            match node:
                case ast.Call(func=ast.Name(id="print" | "input")):
                    pytest.fail(f"{room} prints in line {node.lineno}")
                case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" | "stdin" | "exit" as name):
                    pytest.fail(f"{room} uses sys.{name} in line {node.lineno}")


class TestRules:
    helpers = ("__init__", "base", "elsewhere", "places", "wording")

    def test_the_list_names_every_file(self) -> None:
        files = sorted(path.stem for path in (SOURCE / "rules").glob("*.py") if path.stem not in self.helpers)
        assert sorted(rule.name.replace("-", "_") for rule in RULES) == files

    def test_a_rule_is_named_after_its_file(self) -> None:
        for rule in RULES:
            assert rule.check.__module__ == f"doclint.rules.{rule.name.replace('-', '_')}"

    def test_every_rule_has_its_tests(self) -> None:
        files = {path.stem.removeprefix("test_") for path in (HERE / "rules").glob("test_*.py")}
        assert {rule.name.replace("-", "_") for rule in RULES} <= files

    def test_no_name_stands_twice(self) -> None:
        assert len({rule.name for rule in RULES}) == len(RULES)

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
    def test_its_documentation_says_why_and_what_to_do(self, rule: Rule) -> None:
        lines = rule.documentation.split("\n")
        assert lines[0].endswith(".")
        assert lines[1] == ""
        sections = [match[1] for line in lines if (match := re.match(r"([A-Z]\w*):\s+\S", line))]
        assert sections == ["Why", "Bad", "Good", "Fix"]

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
    def test_its_name_says_the_fault(self, rule: Rule) -> None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert not rule.name.startswith(("avoid-", "use-", "check-", "no-"))


PAGE = """\
# Grüße aus Köln

See [the guide](docs/guide.md#über-uns), [above](#grüße-aus-köln) and https://example.com/.

<a id="x"></a> 技术, «мир» – “quotes”.
"""

HEAVY: tuple[str, ...] = (
    "click",
    "ftfy",
    "charset_normalizer",
    "rapidfuzz",
    "pathspec",
    "multiprocessing",
    "pygls",
    "difflib",
    "pathlib",
    "shlex",
    "doclint.baseline",
    "doclint.cache",
    "doclint.kept",
    "doclint.companions",
    "doclint.compare",
    "doclint.counterpart",
    "doclint.destinations",
    "doclint.meaning",
    "doclint.mending",
    "doclint.named_files",
    "doclint.near",
    "doclint.parse.fast.blocks",
    "doclint.parse.fast.lines",
    "doclint.relink",
    "doclint.repair.page",
    "doclint.report.diff",
    "doclint.report.excerpt",
    "doclint.report.html",
    "doclint.rules.elsewhere",
    "doclint.slug.headings",
    "doclint.slug.mkdocs",
    "doclint.slug.scheme",
    "doclint.style",
    "doclint.suppress",
    "doclint.wiki_names",
)
"""What a check of a few clean pages needs nothing of."""
if sys.version_info >= PATTERNS_HOLD:
    HEAVY = (*HEAVY, "dataclasses", "markdown_it", "doclint.parse.reference")

CHECK = f"""
import json, sys
from doclint.__main__ import run
sys.argv = ["doclint", "check"]
code = run()
print(json.dumps([code, [name for name in {HEAVY!r} if name in sys.modules]]), file=sys.stderr)
"""


def run(code: str, folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8"
    )


class TestStartUp:
    @pytest.mark.parametrize("in_git", [True, False])
    def test_a_clean_check_imports_nothing_heavy(self, tmp_path: pathlib.Path, in_git: bool) -> None:
        (tmp_path / "docs").mkdir()
        (tmp_path / "README.md").write_text(PAGE, encoding="utf-8")
        (tmp_path / "docs" / "guide.md").write_text("# Über uns\n", encoding="utf-8")
        if in_git:
            for words in (["init", "--quiet"], ["add", "."]):
                subprocess.run(["git", *words], cwd=tmp_path, check=True)
        done = run(CHECK, tmp_path)
        assert json.loads(done.stderr.strip().split("\n")[-1]) == [0, []], done.stdout + done.stderr

    def test_the_test_would_see_a_heavy_import(self, tmp_path: pathlib.Path) -> None:
        # A code page that doclint does not know by itself.
        (tmp_path / "README.md").write_bytes("# 오래된 물레방아가 강가에 서 있습니다\n".encode("johab"))
        code, seen = json.loads(run(CHECK, tmp_path).stderr.strip().split("\n")[-1])
        assert code == 1
        assert "charset_normalizer" in seen

    def test_importing_doclint_imports_only_what_values_are_made_with(self, tmp_path: pathlib.Path) -> None:
        code = f"import doclint, sys; print([name for name in {sorted(DOORS)!r} if name in sys.modules])"
        assert run(code, tmp_path).stdout.strip() == "['msgspec']"


class TestPromises:
    @pytest.mark.parametrize("name", doclint.__all__)
    def test_every_promised_name_is_there(self, name: str) -> None:
        assert getattr(doclint, name) is not None

    def test_another_name_is_not(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
            doclint.nonsense  # noqa: B018

    @pytest.mark.parametrize("first", ["repair", "check", "fix"])
    def test_the_functions_stay_functions_when_their_rooms_are_imported(
        self, first: str, tmp_path: pathlib.Path
    ) -> None:
        # `doclint.repair` is the name of a room, too: importing it must not hide the function.
        code = (
            "import doclint\n"
            f"doclint.{first}(['a.md'] if {first!r} != 'repair' else 'CafÃ© au lait')\n"
            "import doclint.repair\n"
            "from doclint import check, fix, repair\n"
            "assert repair('CafÃ© au lait').text == 'Café au lait'\n"
            "assert check(['a.md']).findings == ()\n"
            "assert fix(['a.md']).changed == ()\n"
            "print('fine')\n"
        )
        (tmp_path / "a.md").write_text("# Title\n")
        done = run(code, tmp_path)
        assert done.stdout.strip() == "fine", done.stderr

    @pytest.mark.parametrize("room", [room for room in rooms() if room not in ("__init__", "__main__")])
    def test_examples_in_docstrings_are_true(self, room: str) -> None:
        result = doctest.testmod(importlib.import_module(f"doclint.{room}"))
        assert result.failed == 0

    def test_the_example_of_the_package_is_true(self, tmp_path: pathlib.Path) -> None:
        code = "import doclint, doctest; print(doctest.testmod(doclint))"
        assert run(code, tmp_path).stdout.strip() == "TestResults(failed=0, attempted=1)"

    def test_there_are_examples(self) -> None:
        finder = doctest.DocTestFinder()
        found = [
            test
            for room in rooms()
            if room not in ("__init__", "__main__")
            for test in finder.find(importlib.import_module(f"doclint.{room}"))
            if test.examples
        ]
        assert len(found) >= 5

    def test_the_package_is_typed(self) -> None:
        assert (SOURCE / "py.typed").exists()


def tracked() -> list[pathlib.Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name.decode() for name in done.stdout.split(b"\0") if name]
    return [ROOT / name for name in names]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a working tree of git")
def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    assert tracked()
    # Somebody's home folder, on three systems; `/home/user` and the like are examples.
    home = re.compile(
        rf"(?:/home|/Users|[A-Z]:\\Users)[/\\](?!user\b|me\b|you\b|name\b|runner\b)\w+|{re.escape(str(ROOT))}"
    )
    for path in tracked():
        if path.is_file() and path != pathlib.Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            found = home.search(text)
            assert found is None, f"{path.relative_to(ROOT)}: {found}"
