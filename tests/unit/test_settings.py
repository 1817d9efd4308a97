from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from doclint.settings import Settings, SettingsError, matcher, with_flags
from doclint.settings_file import load

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("mojibake", "missing-file", "missing-anchor")
GROUPS = ("default", "all", "encoding", "links", "hygiene")
FLAVOURS = ("github", "gitlab", "mkdocs")


def read(start: Path, config: Path | None = None) -> Settings:
    return load(start, config, rules=RULES, groups=GROUPS, flavours=FLAVOURS)


def flags(
    settings: Settings,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    flavour: str | None = None,
    confidence: float | None = None,
) -> Settings:
    return with_flags(
        settings,
        select=select,
        ignore=ignore,
        flavour=flavour,
        confidence=confidence,
        rules=RULES,
        groups=GROUPS,
        flavours=FLAVOURS,
    )


def complaint(folder: Path, text: str | bytes) -> str:
    """What is said about a doclint.toml, without the folder that it lies in."""
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "doclint.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read(folder)
    said = str(caught.value)
    assert "\n" not in said
    return said.replace(f"{folder.resolve()}/", "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder where the search for settings ends."""
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    return folder


# ---------------------------------------------------------------------------------- which file, and which not


def test_without_a_file_the_defaults_hold(project: Path) -> None:
    assert read(project) == Settings()
    assert Settings().select == ("default",)
    assert Settings().flavour is None


def test_without_git_the_search_ends_at_the_top_of_the_file_system(project: Path) -> None:
    assert read(type(project)(project.anchor)) == Settings()


def test_a_pyproject_without_our_table_is_no_settings_file(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    assert read(project) == Settings()


def test_a_pyproject_that_only_mentions_doclint_is_no_settings_file(project: Path) -> None:
    (project / "pyproject.toml").write_text('tool = 1\ndependencies = ["doclint"]\n')
    assert read(project) == Settings()


def test_a_broken_pyproject_of_other_tools_is_not_our_business(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"[tool.ruff\n\xff")
    assert read(project) == Settings()


def test_a_folder_called_doclint_toml_is_no_settings_file(project: Path) -> None:
    (project / "doclint.toml").mkdir()
    assert read(project) == Settings()


def test_the_search_ends_at_the_folder_that_holds_git(project: Path) -> None:
    (project.parent / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "docs").mkdir()
    assert read(project / "docs") == Settings()


def test_the_folder_that_holds_git_is_searched(project: Path) -> None:
    (project / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "docs").mkdir()
    assert read(project / "docs") == Settings(flavour="gitlab")


def test_in_a_linked_work_tree_git_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "doclint.toml").write_text('flavour = "gitlab"\n')
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".git").write_text("gitdir: elsewhere\n")
    assert read(tree) == Settings()


def test_only_the_nearest_file_counts(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "doclint.toml").write_text('flavour = "gitlab"\nselect = ["all"]\n')
    (project / "docs/pyproject.toml").write_text('[tool.doclint]\nflavour = "mkdocs"\n')
    settings = read(project / "docs")
    assert (settings.flavour, settings.select) == ("mkdocs", ("default",))


def test_a_nearer_pyproject_without_our_table_does_not_hide_a_farther_file(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "docs/pyproject.toml").write_text("[tool.ruff]\n")
    assert read(project / "docs").flavour == "gitlab"


def test_in_one_folder_doclint_toml_wins(project: Path) -> None:
    (project / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "pyproject.toml").write_text('[tool.doclint]\nflavour = "mkdocs"\n')
    assert read(project).flavour == "gitlab"


def test_an_empty_table_ends_the_search(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "docs/pyproject.toml").write_text("[tool.doclint]\n")
    assert read(project / "docs").flavour is None


def test_a_named_file_is_read_in_place_of_the_nearest(project: Path) -> None:
    (project / "doclint.toml").write_text('flavour = "gitlab"\n')
    (project / "ci.toml").write_text('flavour = "mkdocs"\n')
    assert read(project, project / "ci.toml").flavour == "mkdocs"


def test_a_named_pyproject_is_read_as_such(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.doclint]\nflavour = "mkdocs"\n')
    assert read(project, project / "pyproject.toml").flavour == "mkdocs"


def test_a_named_pyproject_must_have_our_table(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.ruff]\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: expected a table \[tool\.doclint\], found none"):
        read(project, project / "pyproject.toml")


def test_a_named_file_must_exist(project: Path) -> None:
    with pytest.raises(SettingsError, match=r"missing\.toml: cannot be read: No such file"):
        read(project, project / "missing.toml")


def test_a_named_file_must_be_a_file(project: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read(project, project)


# -------------------------------------------------------------------------------------------- what it may say


def test_every_key_is_read(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "doclint.toml").write_text(
        """
        include = ["docs/"]
        exclude = ["docs/old/", "*.mdx"]
        select = ["all", "missing-file"]
        ignore = ["hygiene"]
        flavour = "mkdocs"
        confidence = 0.7
        root = "docs"
        [per-file-ignores]
        "CHANGELOG.md" = ["missing-anchor"]
        "docs/**" = ["links", "mojibake"]
        [[folder]]
        path = "docs"
        flavour = "github"
        """
    )
    assert read(project) == Settings(
        include=("docs/",),
        exclude=("docs/old/", "*.mdx"),
        select=("all", "missing-file"),
        ignore=("hygiene",),
        per_file_ignores=(("CHANGELOG.md", ("missing-anchor",)), ("docs/**", ("links", "mojibake"))),
        flavour="mkdocs",
        folders=((str(project.resolve() / "docs"), "github"),),
        confidence=0.7,
        root=str(project.resolve() / "docs"),
    )


def test_nothing_may_be_selected(project: Path) -> None:
    (project / "doclint.toml").write_text("select = []\n")
    assert read(project).select == ()


def test_the_root_is_relative_to_the_file_not_to_the_start(project: Path) -> None:
    (project / "docs/deep").mkdir(parents=True)
    (project / "docs/doclint.toml").write_text('root = ".."\n')
    assert read(project / "docs/deep").root == str(project.resolve())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["all"]', "doclint.toml: unknown key 'selct'; did you mean 'select'?"),
        (
            "zzz = 1",
            "doclint.toml: unknown key 'zzz'; expected one of baseline, confidence, exclude, flavour, folder, formats",
        ),
        ("source = 'x'", "doclint.toml: unknown key 'source'; expected one of"),
        (
            "per_file_ignores = {}",
            "doclint.toml: unknown key 'per_file_ignores'; did you mean 'per-file-ignores'?",
        ),
        ('include = "docs"', "doclint.toml: include: expected a list of strings, found 'docs'"),
        ("exclude = [1]", "doclint.toml: exclude: expected a list of strings, found [1]"),
        ('select = "all"', "doclint.toml: select: expected a list of strings, found 'all'"),
        ("ignore = true", "doclint.toml: ignore: expected a list of strings, found True"),
        ("flavour = 1", "doclint.toml: flavour: expected a string, found 1"),
        ("confidence = 1.5", "doclint.toml: confidence: expected a number from 0 to 1, found 1.5"),
        ("confidence = -0.1", "doclint.toml: confidence: expected a number from 0 to 1, found -0.1"),
        ("confidence = nan", "doclint.toml: confidence: expected a number from 0 to 1, found nan"),
        ("confidence = true", "doclint.toml: confidence: expected a number from 0 to 1, found True"),
        ('confidence = "high"', "doclint.toml: confidence: expected a number from 0 to 1, found 'high'"),
        ("root = []", "doclint.toml: root: expected a string, found []"),
        (
            'select = ["mojibak"]',
            "doclint.toml: select: unknown rule or group 'mojibak'; did you mean 'mojibake'?",
        ),
        ('select = [""]', "doclint.toml: select: unknown rule or group ''; expected one of all, default,"),
        ('ignore = ["link"]', "doclint.toml: ignore: unknown rule or group 'link'; did you mean 'links'?"),
        ('flavour = "git-hub"', "doclint.toml: flavour: unknown flavour 'git-hub'; did you mean 'github'?"),
        (
            'root = "nowhere"',
            "doclint.toml: root: expected a folder that exists, relative to this",
        ),
        ('root = "doclint.toml"', "doclint.toml: root: expected a folder that exists, relative to this file"),
        (
            "per-file-ignores = []",
            "doclint.toml: per-file-ignores: expected a table from globs to lists of rules",
        ),
        (
            '[per-file-ignores]\n"a.md" = "links"',
            "doclint.toml: per-file-ignores.'a.md': expected a list of strings, found 'links'",
        ),
        (
            '[per-file-ignores]\n"a.md" = ["linkz"]',
            "doclint.toml: per-file-ignores.'a.md': unknown rule or group 'linkz'; did you mean 'links'?",
        ),
        (
            'include = ["[z-a]"]',
            "doclint.toml: include: '[z-a]' has no meaning; expected a glob as in .gitignore",
        ),
        ("exclude = ['ok', 'docs\\']", r"doclint.toml: exclude: 'docs\\' has no meaning"),
        ('exclude = ["!"]', "doclint.toml: exclude: '!' has no meaning"),
        ('exclude = ["[[:alpha:]]"]', "doclint.toml: exclude: '[[:alpha:]]' has no meaning"),
        ('[per-file-ignores]\n"[z-a]" = []', "doclint.toml: per-file-ignores: '[z-a]' has no meaning"),
        ("select = [", "doclint.toml: is not TOML: Invalid value"),
        ("flavour = " + "1" * 5000, "doclint.toml: is not TOML: Exceeds the limit"),
        ("select = " + "[" * 5000, "doclint.toml: is not TOML: "),
        (b'flavour = "\xff"', "doclint.toml: expected UTF-8, found the byte 0xff"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_expected(project: Path, text: str | bytes, said: str) -> None:
    assert complaint(project, text).startswith(said)


def test_our_table_must_be_a_table(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool]\ndoclint = 3\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: tool\.doclint: expected a table, found 3"):
        read(project)


def test_a_broken_pyproject_that_speaks_of_us_is_a_fault(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.doclint\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: is not TOML"):
        read(project)


# ------------------------------------------------------------------------------------------------------ flags


def test_without_flags_the_settings_stay_as_they_are() -> None:
    settings = Settings(select=("links",), ignore=("missing-file",), flavour="gitlab")
    assert flags(settings) == settings


def test_a_flag_replaces_its_setting_and_no_other() -> None:
    settings = Settings(select=("links",), ignore=("missing-file",), exclude=("old/",))
    assert flags(settings, select=("all",)) == Settings(select=("all",), ignore=("missing-file",), exclude=("old/",))
    assert flags(settings, ignore=("encoding",)).ignore == ("encoding",)
    assert flags(settings, flavour="mkdocs").flavour == "mkdocs"
    assert flags(Settings(confidence=0.7)).confidence == 0.7
    assert flags(Settings(confidence=0.7), confidence=0.0).confidence == 0.0


@pytest.mark.parametrize(
    ("select", "ignore", "flavour", "said"),
    [
        (("mojibak",), (), None, "--select: unknown rule or group 'mojibak'; did you mean 'mojibake'?"),
        ((), ("all", "link"), None, "--ignore: unknown rule or group 'link'; did you mean 'links'?"),
        ((), (), "xx", "--flavour: unknown flavour 'xx'; expected one of github, gitlab, mkdocs"),
        ((), (), "", "--flavour: unknown flavour ''; expected one of github, gitlab, mkdocs"),
    ],
)
def test_a_wrong_flag_is_named(
    select: tuple[str, ...], ignore: tuple[str, ...], flavour: str | None, said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        flags(Settings(), select=select, ignore=ignore, flavour=flavour)
    assert str(caught.value) == said


# ------------------------------------------------------------------------------------------------------ globs


@pytest.mark.parametrize(
    ("patterns", "path"),
    [
        ([], "README.md"),
        (["/README.md"], "docs/README.md"),
        (["docs/"], "docs"),
        (["docs"], "docs2/a.md"),
        (["*.md"], "a.mdx"),
        (["docs/*.md"], "docs/deep/a.md"),
        (["*.md", "!keep.md"], "keep.md"),
        (["#a.md"], "#a.md"),
        (["A.md"], "a.md"),
        (["a?b.md"], "a/b.md"),
    ],
)
def test_a_glob_does_not_match(patterns: list[str], path: str) -> None:
    assert not matcher(patterns)(path)


@pytest.mark.parametrize(
    ("patterns", "path"),
    [
        (["README.md"], "docs/README.md"),
        (["docs/"], "docs/deep/a.md"),
        (["vendor/"], "a\nb/vendor/c.md"),
        (["*.md"], "a\nb.md"),
        (["a\nb.md"], "a\nb.md"),
        (["*.md"], "\udcff.md"),
        (["docs/**/*.md"], "docs/a.md"),
        (["*.md", "!keep.md"], "a.md"),
        ([r"\#a.md"], "#a.md"),
        (["[ab].md"], "b.md"),
        (["技术/"], "技术/指南.md"),
    ],
)
def test_a_glob_matches(patterns: list[str], path: str) -> None:
    assert matcher(patterns)(path)


def test_a_glob_without_meaning_is_named() -> None:
    with pytest.raises(SettingsError, match=r"'\[z-a\]' has no meaning"):
        matcher(["fine.md", "[z-a]"])


def test_without_globs_and_faults_no_heavy_module_is_imported(project: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from doclint.settings import matcher; from doclint.settings_file import load;"
        "before = {*sys.modules};"
        "load(Path(sys.argv[1]), None, rules=(), groups=(), flavours=()); matcher(());"
        "print({'pathspec', 'tomllib', 'difflib'} & ({*sys.modules} - before))"
    )
    done = subprocess.run([sys.executable, "-c", program, project], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
