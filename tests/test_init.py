"""`doclint init`: what it sees, what it writes, and that it overwrites nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.cli import cli
from doclint.commands import LAZY
from doclint.init import hook, installed
from doclint.init.survey import host_of
from doclint.model import UsageError

if TYPE_CHECKING:
    from conftest import MakeWorkspace, Workspace

yaml = pytest.importorskip("yaml", reason="PyYAML comes with pre-commit, which is not installed")

CLEAN = {"README.md": "# Bread\n\n[rye](rye.md)\n", "rye.md": "# Rye\n"}
INDEX = hook.Origin("1.2.3")
REPOSITORY = hook.Origin("1.2.3", "https://example.org/doclint.git", "0123abc")


def init(space: Workspace, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.chdir(space.root)
    return CliRunner().invoke(cli, ["init", *words])


# ------------------------------------------------------------------------------------------------------------- settings


def test_the_settings_change_nothing_that_a_check_finds(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "a.md": "[x](gone.md)\n\nUn cafÃ© crÃ¨me.\n"})
    before = CliRunner()
    monkeypatch.chdir(space.root)
    first = before.invoke(cli, ["check", "--format", "json"]).stdout
    assert init(space, monkeypatch).exit_code == 0
    assert before.invoke(cli, ["check", "--format", "json"]).stdout == first


def test_every_setting_that_is_commented_out_is_a_right_one(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace(CLEAN)
    init(space, monkeypatch)
    lines = space.read("doclint.toml").decode().splitlines()
    examples = [line.removeprefix("# ") for line in lines if line.startswith(("# [", '# "')) or " = " in line]
    assert len(examples) >= 9
    space.write({"doclint.toml": "\n".join(examples).replace("doclint-baseline.json", "none.json") + "\n"})
    tomllib.loads(space.read("doclint.toml").decode())
    done = CliRunner().invoke(cli, ["check"])
    assert "there is no file" in done.stderr, "the example of a baseline is the only one that needs a file"


def test_pyproject_keeps_every_byte_that_it_has(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = b'# mine\r\n[project]\r\nname = "x"   # odd\r\n'
    space = workspace({**CLEAN, "pyproject.toml": before})
    assert init(space, monkeypatch, "--pyproject").exit_code == 0
    after = space.read("pyproject.toml")
    assert after.startswith(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert "doclint" in tomllib.loads(after.decode())["tool"]
    assert not (space.root / "doclint.toml").exists()


def test_a_pyproject_without_a_last_line_end_is_added_to(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "pyproject.toml": '[project]\nname = "x"'})
    init(space, monkeypatch, "--pyproject")
    assert tomllib.loads(space.read("pyproject.toml").decode())["project"] == {"name": "x"}


def test_a_pyproject_that_cannot_take_a_table_is_left(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "pyproject.toml": "tool = {other = 1}\n"})
    before = space.tree()
    done = init(space, monkeypatch, "--pyproject")
    assert done.exit_code == 2
    assert "is not TOML" in done.stderr
    assert space.tree() == before


@pytest.mark.parametrize(
    "there", [{"doclint.toml": "ignore = []\n"}, {"pyproject.toml": "[tool.doclint]\nignore = []\n"}]
)
def test_settings_that_are_there_stay(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, there: dict[str, str]
) -> None:
    space = workspace({**CLEAN, **there})
    before = space.tree()
    done = init(space, monkeypatch)
    assert done.exit_code == 0
    assert "as it is: it holds settings of doclint already" in done.stdout
    assert space.tree() == before


def test_pyproject_is_asked_for_and_not_there(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    done = init(workspace(CLEAN), monkeypatch, "--pyproject")
    assert done.exit_code == 2
    assert "no such file" in done.stderr
    assert "leave the flag out" in done.stderr


@pytest.mark.parametrize("words", [("--dry-run",), ("--diff",), ("--dry-run", "--hook", "--baseline")])
def test_a_dry_run_writes_nothing(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    space = workspace({**CLEAN, "a.md": "[x](gone.md)\n"})
    before = space.tree()
    assert init(space, monkeypatch, *words).exit_code == 0
    assert space.tree() == before


def test_the_diff_is_what_is_written(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({**CLEAN, "a.md": "[x](gone.md)\n", hook.FILE: "repos:\n- repo: meta\n  hooks: []\n"})
    patch = init(space, monkeypatch, "--diff", "--hook", "--baseline").stdout
    subprocess.run(["git", "apply", "-"], cwd=space.root, input=patch.encode(), check=True)
    by_patch = space.tree()
    space.git("checkout", "--quiet", "--force", ".")
    space.git("clean", "--quiet", "--force")
    init(space, monkeypatch, "--hook", "--baseline")
    assert space.tree() == by_patch


# --------------------------------------------------------------------------------------------------------- what it sees


def test_a_repository_without_pages_is_told_so(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    done = init(workspace({"run.py": "1\n"}), monkeypatch, "--dry-run")
    assert done.exit_code == 0
    assert "no Markdown pages found" in done.stdout


def test_host_site_pages_and_damage_are_told(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = {**CLEAN, "docs/a.md": "Un cafÃ© crÃ¨me. [x](gone.md)\n", "mkdocs.yml": "site_name: x\n", "t.rst": "x\n"}
    space = workspace(tree)
    space.git("remote", "add", "origin", "git@gitlab.example.org:team/bread.git")
    done = init(space, monkeypatch, "--dry-run")
    assert "gitlab.example.org (flavour gitlab)" in done.stdout
    assert "docs is mkdocs (mkdocs.yml)" in done.stdout
    assert "3 markdown, 1 rst" in done.stdout
    assert "1 mojibake" in done.stdout
    assert "1 missing-file" in done.stdout


def test_another_host_is_written_with_the_sites_that_were_guessed(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "docs/a.md": "# A\n", "mkdocs.yml": "site_name: x\n"})
    space.git("remote", "add", "origin", "https://gitlab.com/team/bread.git")
    init(space, monkeypatch)
    written = tomllib.loads(space.read("doclint.toml").decode())
    assert written["flavour"] == "gitlab"
    assert written["folder"] == [{"path": "docs", "flavour": "mkdocs"}]
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0


def test_a_site_that_the_settings_cannot_say_stays_guessed(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "docs/a.md": "# A\n", "docusaurus.config.js": "module.exports = {}\n"})
    space.git("remote", "add", "origin", "https://gitlab.com/team/bread.git")
    init(space, monkeypatch)
    written = tomllib.loads(space.read("doclint.toml").decode())
    assert "flavour" not in written
    assert "folder" not in written


def test_what_was_written_elsewhere_is_left_out(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({**CLEAN, "lib/vendor/x/README.md": "[x](gone.md)\n", ".obsidian/app.json": "{}"})
    init(space, monkeypatch)
    written = tomllib.loads(space.read("doclint.toml").decode())
    assert written == {"exclude": ["/lib/vendor/"], "wiki-links": True}
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="such names cannot be elsewhere")
@pytest.mark.parametrize(
    "folder", ["a\nselect = []\n#", 'a"b', "a\\b", "[x]", "!x", "#x", "a*b", "\x7f", "\N{FIRE}", "\udcff"], ids=ascii
)
def test_the_name_of_a_folder_is_data(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    tree = {f"{folder}/vendor/a.md": "[x](gone.md)\n", f"{folder}/mkdocs.yml": "", f"{folder}/docs/b.md": "# B\n"}
    space = workspace({**CLEAN, **tree})
    space.git("remote", "add", "origin", "https://gitlab.com/team/bread.git")
    assert init(space, monkeypatch).exit_code == 0
    written = tomllib.loads(space.read("doclint.toml").decode())
    assert set(written) <= {"exclude", "flavour", "folder"}
    done = CliRunner().invoke(cli, ["check", "--format", "json"])
    found = [finding["path"] for finding in json.loads(done.stdout)["findings"]]
    if folder == "\udcff":
        assert set(written) == set()
    else:
        assert [path for path in found if "vendor" in path] == []
        assert written["folder"] == [{"path": f"{folder}/docs", "flavour": "mkdocs"}]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dough is left to rise, and the oven is heated with care for the crust of the bread. " * 6, "en 100%"),
        ("Der Teig ruht über Nacht, und die Kruste wird schön braun, wenn der Ofen heiß genug ist. " * 6, "de 100%"),
        ("Тесто отдыхает всю ночь, а корка становится румяной, если печь достаточно горячая. " * 6, "ru 100%"),
    ],
)
def test_the_language_is_told(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, text: str, language: str
) -> None:
    assert f"languages  {language}\n" in init(workspace({"a.md": text}), monkeypatch, "--dry-run").stdout


ENGLISH_CODE = "```sh\nkubectl get pods --all-namespaces --output=wide | grep -v Running\n```\n"


def test_english_among_addresses_and_commands_is_heard(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "- [cargo-install](https://crates.example.org/cargo-install#usage): how to install the `cargo` binary\n"
    page = f"# Installation\n\n{line * 8}\n{ENGLISH_CODE * 3}"
    assert "languages  en 100%\n" in init(workspace({"a.md": page}), monkeypatch, "--dry-run").stdout


def test_commands_in_a_page_speak_no_language(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "面团发酵一整夜，第二天早上放进预热好的烤箱。\n" * 8 + ENGLISH_CODE * 12
    assert "languages  zh 100%\n" in init(workspace({"a.md": text}), monkeypatch, "--dry-run").stdout


def test_damage_speaks_no_language(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = "面团发酵一整夜，第二天早上放进预热好的烤箱，烤到表面金黄。\n" * 16
    lossy = "".join(
        f"{'技术文档和面包的做法' * 3}{number}\n".encode().decode("cp1252", "ignore") for number in range(90)
    )
    said = init(workspace({"a.md": chinese + lossy}), monkeypatch, "--dry-run").stdout
    assert "languages  zh 100%\n" in said


def test_a_page_in_two_languages_has_both(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    german = "Der Teig ruht über Nacht, und die Kruste wird schön braun, wenn der Ofen heiß genug ist.\n" * 9
    russian = "Тесто отдыхает всю ночь, а корка становится румяной, если печь достаточно горячая.\n" * 9
    said = init(workspace({"a.md": german + russian}), monkeypatch, "--dry-run").stdout
    assert set(re.findall("(de|ru) [0-9]+%", said)) == {"de", "ru"}


@pytest.mark.parametrize(
    ("server", "flavour"),
    [("github.com", "github"), ("codeberg.org", "gitea"), ("ssh.dev.azure.com", "azure-devops"), ("", None)],
)
def test_a_server_has_its_flavour(server: str, flavour: str | None) -> None:
    assert host_of(server) == flavour


# ---------------------------------------------------------------------------------------------------------------- hooks


@pytest.mark.parametrize("origin", [INDEX, REPOSITORY])
def test_the_entry_is_what_pre_commit_reads(origin: hook.Origin) -> None:
    text = hook.with_hooks(None, origin)
    assert text is not None
    [repository] = yaml.safe_load(text)["repos"]
    assert [found["id"] for found in repository["hooks"]] == ["doclint-fix", "doclint"]
    if origin.url:
        assert (repository["repo"], repository["rev"]) == (origin.url, origin.commit)
    else:
        assert {found["additional_dependencies"][0] for found in repository["hooks"]} == {"doclint==1.2.3"}


def test_the_local_entry_is_given_the_files_that_the_hooks_file_gives() -> None:
    import pathlib

    hooks = (pathlib.Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    wanted = {found["id"]: found for found in yaml.safe_load(hooks)}
    local = {found["id"]: found for found in yaml.safe_load(hook.entry(INDEX))[0]["hooks"]}
    for name, found in local.items():
        assert {key: found[key] for key in found if key != "additional_dependencies"} == {
            key: wanted[name][key] for key in wanted[name] if key != "description"
        }


LAYOUTS = {
    "flush": "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: a\n",
    "indented": "repos:\n  -   repo: https://example.org/a\n      rev: v1\n      hooks:\n      -   id: a\n",
    "comments": "# top\nrepos: # here\n  # first\n  - repo: meta # odd\n    hooks:\n      - id: identity\n\n# end\n",
    "keys behind": "repos:\n- repo: meta\n  hooks: [{id: identity}]\n\nci:\n  skip: [x]\n",
    "keys before": "default_stages: [commit]\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n",
    "no line end": "repos:\n- repo: meta\n  hooks: [{id: identity}]",
    "carriage returns": "repos:\r\n- repo: meta\r\n  hooks:\r\n  - id: identity\r\n",
    "dash alone": "repos:\n-\n  repo: meta\n  hooks: [{id: identity}]\n",
    "block scalar": (
        "repos:\n- repo: local\n  hooks:\n"
        "  - id: x\n    entry: |\n      a\n\n      b\n    language: system\n    name: x\n"
    ),
    "empty": "# top\nrepos:\n\n# then\nci: {skip: [x]}\n",
    "empty at the end": "ci: {}\nrepos:",
    "script that ends in a comment": (
        "repos:\n- repo: local\n  hooks:\n"
        "  - {id: x, language: system, name: x, entry: y}\n  rev: |\n    a\n    # b\n\n# end\nci: {}\n"
    ),
    "quoted value that goes on at the margin": (
        "repos:\n- repo: local\n  hooks:\n"
        '  - id: x\n    name: "a\n# \\"b\nrepos:"\n    entry: y\n    language: system\n'
    ),
    "quoted value at the end": "repos:\n- repo: meta\n  hooks: [] # it's\n  x: 'it''s\n# b'\nci: {}\n",
    "quoted value in front": "files: 'a\n\nrepos:\nb'\nrepos:\n- repo: meta\n  hooks: []\n",
    "brackets that close at the margin": (
        "repos:\n- repo: meta\n  hooks: [{id: identity, # [\n'name': don't},\n  {id: y}\n]\n\nci: {skip: [\nx\n]}\n"
    ),
    "quotes that are none": (
        "repos:\n- repo: local # 'x\n  hooks:\n  - id: don't\n    name: !!str it's \"so\n"
        "    entry: |-\n      a 'b\n      \"c\n    args: ['--x=\"', \"--y='\"]\n  - >\n    don't\n\nci: {}\n"
    ),
    "empty lines that are kept": (
        "repos:\n- repo: local\n  hooks:\n  - id: x\n    entry: |+\n      a\n\n\n- repo: >2+\n    b\n\n\nci: {}\n"
    ),
    "one document": "---\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n",
    "wide characters": "# Brot für alle – 面包\nrepos:\n- repo: meta\n  hooks: [{id: identity}]\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("origin", [INDEX, REPOSITORY])
def test_an_entry_more_changes_nothing_else(layout: str, origin: hook.Origin) -> None:
    before = LAYOUTS[layout]
    after = hook.with_hooks(before, origin)
    assert after is not None
    old, new = yaml.safe_load(before), yaml.safe_load(after)
    added = new["repos"].pop()
    assert new == old | {"repos": old["repos"] or []}
    assert [found["id"] for found in added["hooks"]] == ["doclint-fix", "doclint"]
    # What was there is there still, in one piece before the entry and one behind it.
    start = next(at for at in range(len(before) + 1) if at == len(before) or before[at] != after[at])
    rest = before[start:]
    assert after.startswith(before[:start])
    assert after.endswith(rest)
    assert hook.with_hooks(after, origin) is None


WORDS = st.text(alphabet="ab #:-'\"|>[]{},é面\t\n", max_size=8)
REPOSITORIES = st.lists(
    st.fixed_dictionaries({"repo": WORDS, "hooks": st.lists(st.fixed_dictionaries({"id": WORDS, "entry": WORDS}))}),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(("ci", "files")), WORDS), REPOSITORIES, st.sampled_from((None, "'", '"', "|")))
def test_whatever_a_file_says_it_says_afterwards(
    keys: dict[str, str], repositories: list[dict[str, object]], style: str | None
) -> None:
    said = {**keys, "repos": repositories}
    before = yaml.safe_dump(said, default_flow_style=False, sort_keys=False, allow_unicode=True, default_style=style)
    before = re.sub(r"""(?m)^(["'])repos\1:""", "repos:", before)
    # A document that ends in a line of its own has no room behind it.
    if "doclint" in before or not re.search(r"(?m)^repos:$", before) or re.search(r"(?m)^\.\.\.$", before):
        return
    for text in (before, at_margin(before)):
        if re.search(r"(?m)^(?:---|\.\.\.)[ \t]", text):
            continue  # at the margin, what the value says would end the document
        assert yaml.safe_load(text) == said
        after = hook.with_hooks(text, INDEX)
        assert after is not None
        now = yaml.safe_load(after)
        assert now["repos"].pop()["hooks"][0]["id"] == "doclint-fix"
        assert now == said


def at_margin(text: str) -> str:
    """Return the same YAML with each line that begins within a quoted value moved to the margin."""
    lines = text.splitlines(keepends=True)
    for token in yaml.scan(text):
        if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
            for number in range(token.start_mark.line + 1, token.end_mark.line + 1):
                lines[number] = lines[number].lstrip(" ")
    return "".join(lines)


class Installed:
    """An installation that says where it came from."""

    def __init__(self, told: object) -> None:
        self._told = told

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return json.dumps(self._told) if self._told else None


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("https://example.org/doclint.git", "https://example.org/doclint.git"),
        ("https://me:secret@example.org/doclint.git", "https://example.org/doclint.git"),
        ("git@example.org:me/doclint.git", "git@example.org:me/doclint.git"),
        ("/srv/git/doclint", ""),
        ("file:///srv/git/doclint", ""),
        ("", ""),
    ],
)
def test_from_a_clone_the_hooks_come_from_its_origin(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch, remote: str, url: str
) -> None:
    space = workspace({"pyproject.toml": ""})
    if remote:
        space.git("remote", "add", "origin", remote)
    told = {"url": space.root.as_uri(), "dir_info": {"editable": True}}
    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed(told))
    assert installed.origin("1.2.3") == INDEX, "what was never pushed nobody else can get"
    space.git("update-ref", "refs/remotes/origin/main", "HEAD")
    commit = space.git("rev-parse", "HEAD").strip()
    assert installed.origin("1.2.3") == (hook.Origin("1.2.3", url, commit) if url else INDEX)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, INDEX),
        ({"url": "file:///nowhere/at/all", "dir_info": {}}, INDEX),
        ({"url": "https://example.org/doclint.whl", "archive_info": {}}, INDEX),
        (
            {"url": REPOSITORY.url, "vcs_info": {"vcs": "git", "commit_id": REPOSITORY.commit}},
            REPOSITORY,
        ),
    ],
)
def test_where_doclint_came_from_is_told(monkeypatch: pytest.MonkeyPatch, told: object, expected: hook.Origin) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed(told))
    assert installed.origin("1.2.3") == expected


def test_an_index_that_may_lack_it_is_pointed_out(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace(CLEAN)
    for told, is_said in (({}, True), ({"url": REPOSITORY.url, "vcs_info": {"vcs": "git", "commit_id": "0a"}}, False)):
        monkeypatch.setattr(metadata, "distribution", lambda _name, told=told: Installed(told))
        assert ("see that the package index has" in init(space, monkeypatch, "--dry-run", "--hook").stdout) is is_said


@pytest.mark.parametrize(
    "there",
    [
        "repos:\n- repo: https://example.org/doclint\n  rev: v1\n  hooks:\n  - id: doclint\n",
        "repos:\n- repo: local\n  hooks:\n  - name: x\n    id: 'doclint-fix' # ours\n",
    ],
)
def test_a_hook_that_is_there_is_enough(there: str) -> None:
    assert hook.with_hooks(there, INDEX) is None


@pytest.mark.parametrize(
    "there",
    ["repos: []\n", "", "repos: [{repo: meta, hooks: []}]\n", "ci: {}\n", "repos:\n  key: 1\n", "a: 1\n---\nrepos:\n"],
)
def test_another_layout_is_left_to_the_user(there: str) -> None:
    with pytest.raises(UsageError, match="give it one"):
        hook.with_hooks(there, INDEX)


@pytest.mark.parametrize(
    "there",
    [
        "repos:\n- repo: meta\n  hooks: 'x\n\nci: {}\n",
        "repos:\n- repo: meta\n  hooks: [{id: x}\n",
        'files: "\\"\nrepos:\n',
    ],
)
def test_what_is_never_closed_is_left_to_the_user(there: str) -> None:
    with pytest.raises(UsageError, match=r"never closed; see to it"):
        hook.with_hooks(there, INDEX)


def test_a_hook_needs_git(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    done = CliRunner().invoke(cli, ["init", "--hook"])
    assert done.exit_code == 2
    assert "needs a repository of git" in done.stderr


def test_outside_git_the_current_folder_gets_the_settings(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert CliRunner().invoke(cli, ["init"]).exit_code == 0
    assert os.listdir() == ["doclint.toml"]


# ------------------------------------------------------------------------------------------------------------- baseline


def test_with_a_baseline_a_check_is_silent(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({**CLEAN, "a.md": "[x](gone.md) [y](gone.md)\n"})
    assert init(space, monkeypatch, "--baseline").exit_code == 0
    assert len(json.loads(space.read("doclint-baseline.json"))["findings"]) == 1
    done = CliRunner().invoke(cli, ["check"])
    assert (done.exit_code, "2 findings known" in done.stdout) == (0, True)


def test_what_a_baseline_knows_is_not_promised_of_a_check(
    workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = workspace({**CLEAN, "a.md": "[x](gone.md) [y](gone.md)\n"})
    first = init(space, monkeypatch, "--baseline").stdout
    assert "doclint-baseline.json knows 2 findings" in first
    assert "check         shows 2 findings" not in first
    again = init(space, monkeypatch, "--dry-run").stdout
    assert "2 findings known" in again
    assert "nothing is found now" in again
    assert "without --dry-run" not in again


def test_a_baseline_that_is_there_stays(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    there = '{"version": 1, "findings": [\n]}\n'
    space = workspace({**CLEAN, "a.md": "[x](gone.md)\n", "doclint-baseline.json": there})
    assert "left doclint-baseline.json as it is" in init(space, monkeypatch, "--baseline").stdout
    assert space.read("doclint-baseline.json").decode() == there


def test_settings_that_stay_get_their_line_by_hand(workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace({**CLEAN, "doclint.toml": "ignore = []\n", "a.md": "[x](gone.md)\n"})
    done = init(space, monkeypatch, "--baseline")
    assert 'add to the settings in doclint.toml: baseline = "doclint-baseline.json"' in done.stdout


# ------------------------------------------------------------------------------------------------------------- start-up


def test_the_other_commands_do_not_pay_for_these(tmp_path: object) -> None:
    code = (
        "import sys; from doclint.cli import cli; rooms = ('doclint.init', 'doclint.explain');"
        "print([name for name in sys.modules if name.startswith(rooms)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=str(tmp_path), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", LAZY)
def test_a_command_that_is_loaded_late_is_listed_and_has_its_help(name: str) -> None:
    assert f"\n  {name} " in CliRunner().invoke(cli, ["--help"]).stdout
    assert f"doclint {name}" in CliRunner().invoke(cli, [name, "--help"], prog_name="doclint").stdout
