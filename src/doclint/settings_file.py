"""[disk] The settings in the nearest `doclint.toml` or `pyproject.toml`.

The names of rules, groups and flavours are handed in, so that this room knows of none of them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from doclint.formats import FORMATS
from doclint.settings import Settings, SettingsError, known, matcher
from doclint.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

KEYS = (
    "include",
    "exclude",
    "formats",
    "select",
    "ignore",
    "per-file-ignores",
    "flavour",
    "folder",
    "wiki-links",
    "confidence",
    "root",
    "baseline",
)


def load(
    start: str | os.PathLike[str],
    config: Path | None,
    *,
    rules: Collection[str],
    groups: Collection[str],
    flavours: Collection[str],
) -> Settings:
    """Read the settings that hold for a folder.

    Without `config`, `start` and the folders above it are searched, up to the first that holds `.git`. The
    nearest `doclint.toml`, or `pyproject.toml` with a table `[tool.doclint]`, counts alone; in a folder that
    has both, `doclint.toml` does.

    Args:
        start: The folder to search from.
        config: The file to read instead: as `pyproject.toml` if it is called so, else as `doclint.toml`.
        rules: The names of all rules.
        groups: The names of all groups of rules.
        flavours: The names of all flavours.

    Returns:
        The settings; the defaults when there is no file.

    Raises:
        SettingsError: The file cannot be read, is not TOML, or holds something that doclint does not know.
    """
    found = _nearest(start) if config is None else (config, _table(config, _content(config)))
    if found is None:
        return Settings()
    return _settings(*found, frozenset((*rules, *groups)), flavours)


def settings_of(
    file: Path, content: bytes, *, rules: Collection[str], groups: Collection[str], flavours: Collection[str]
) -> Settings:
    """Return what the settings file `file` says when it holds `content`, which need not be on the disk.

    Raises:
        SettingsError: As `load`.
    """
    return _settings(file, _table(file, content), frozenset((*rules, *groups)), flavours)


def file_in(folder: Path) -> Path | None:
    """Return the settings file that counts right in a folder; None without one.

    Raises:
        SettingsError: One cannot be read, or is not TOML.
    """
    found = _found_in(folder)
    return found[0] if found is not None else None


def _settings(
    file: Path, table: Mapping[str, Any] | None, names: Collection[str], flavours: Collection[str]
) -> Settings:
    if table is None:
        raise SettingsError(f"{file}: expected a table [tool.doclint], found none")
    return _Reader(file, table, names, flavours).settings()


def _found_in(folder: str | os.PathLike[str]) -> tuple[Path, Mapping[str, Any]] | None:
    """Return the settings file that counts right in a folder, with its table."""
    for name in ("doclint.toml", "pyproject.toml"):
        if os.path.isfile(os.path.join(folder, name)):
            from pathlib import Path  # here, because many repositories have no such file

            file = Path(folder, name)
            if (table := _table(file, _content(file))) is not None:
                return file, table
    return None


def _nearest(start: str | os.PathLike[str]) -> tuple[Path, Mapping[str, Any]] | None:
    """Return the settings file that holds for the folder `start`, with its table."""
    folder, below = os.path.realpath(start), ""
    while folder != below:
        if (found := _found_in(folder)) is not None:
            return found
        if os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder, below = os.path.dirname(folder), folder
    return None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error


def _table(file: Path, content: bytes) -> Mapping[str, Any] | None:
    """Return doclint's table of a settings file that holds `content`; None for a `pyproject.toml` without one."""
    embedded = file.name == "pyproject.toml"
    if embedded and b"doclint" not in content:
        return None  # spares most projects the TOML parser, and faults that are none of our business
    import tomllib

    try:
        table: dict[str, Any] = tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: expected UTF-8, found the byte 0x{content[error.start]:02x}") from error
    except (ValueError, RecursionError) as error:  # also a number that is too long, a list that is too deep
        raise SettingsError(f"{file}: is not TOML: {error}") from error
    if not embedded:
        return table
    tool = table.get("tool")
    own = tool.get("doclint") if isinstance(tool, dict) else None
    if own is None or isinstance(own, dict):
        return own
    raise SettingsError(f"{file}: tool.doclint: expected a table, found {own!r}")


class _Reader(Value):
    """Reads doclint's table of one file; `names` are the rules and groups."""

    file: Path
    table: Mapping[str, Any]
    names: Collection[str]
    flavours: Collection[str]

    def settings(self) -> Settings:
        known(str(self.file), self.table, "key", KEYS)
        default = Settings()
        return Settings(
            include=self._globs("include"),
            exclude=self._globs("exclude"),
            select=self._rules("select", self.table["select"]) if "select" in self.table else default.select,
            ignore=self._rules("ignore", self.table.get("ignore", [])),
            per_file_ignores=self._per_file_ignores(),
            flavour=self._flavour() if "flavour" in self.table else default.flavour,
            folders=self._folders(),
            confidence=self._confidence() if "confidence" in self.table else default.confidence,
            root=self._root() if "root" in self.table else None,
            baseline=str(self.file.parent / self._string("baseline")) if "baseline" in self.table else None,
            formats=self._formats() if "formats" in self.table else default.formats,
            wiki_links=self._wiki_links(),
        )

    def _fault(self, key: str, expected: str, found: object) -> SettingsError:
        return SettingsError(f"{self.file}: {key}: expected {expected}, found {found!r}")

    def _strings(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._fault(key, "a list of strings", value)
        return tuple(value)

    def _globs(self, key: str) -> tuple[str, ...]:
        return self._matchable(key, self._strings(key, self.table.get(key, [])))

    def _matchable(self, key: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
        try:
            matcher(patterns)
        except SettingsError as error:
            raise SettingsError(f"{self.file}: {key}: {error}") from error
        return patterns

    def _rules(self, key: str, value: object) -> tuple[str, ...]:
        return known(f"{self.file}: {key}", self._strings(key, value), "rule or group", self.names)

    def _per_file_ignores(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        key = "per-file-ignores"
        table = self.table.get(key, {})
        if not isinstance(table, dict):
            raise self._fault(key, "a table from globs to lists of rules", table)
        self._matchable(key, tuple(table))
        return tuple((glob, self._rules(f"{key}.{glob!r}", value)) for glob, value in table.items())

    def _string(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str):
            raise self._fault(key, "a string", value)
        return value

    def _flavour(self) -> str:
        return known(f"{self.file}: flavour", [self._string("flavour")], "flavour", self.flavours)[0]

    def _folders(self) -> tuple[tuple[str, str], ...]:
        tables = self.table.get("folder", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._fault("folder", "tables [[tool.doclint.folder]] with path and flavour", tables)
        return tuple(map(self._folder, tables))

    def _folder(self, table: Mapping[str, Any]) -> tuple[str, str]:
        where = f"{self.file}: folder"
        known(where, table, "key", ("path", "flavour"))
        for key in ("path", "flavour"):
            if not isinstance(table.get(key), str):
                raise self._fault(f"folder.{key}", "a string", table.get(key))
        folder = self.file.parent / table["path"]
        if not folder.is_dir():
            raise self._fault("folder.path", "a folder that exists, relative to this file", table["path"])
        return str(folder.resolve()), known(f"{where}.flavour", [table["flavour"]], "flavour", self.flavours)[0]

    def _confidence(self) -> float:
        value = self.table["confidence"]
        # What is not a number (`nan` is one in TOML) lies between nothing.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._fault("confidence", "a number from 0 to 1", value)
        return float(value)

    def _formats(self) -> tuple[str, ...]:
        return known(f"{self.file}: formats", self._strings("formats", self.table["formats"]), "format", FORMATS)

    def _wiki_links(self) -> bool:
        value = self.table.get("wiki-links", False)
        if not isinstance(value, bool):
            raise self._fault("wiki-links", "true or false", value)
        return value

    def _root(self) -> str:
        folder = self.file.parent / self._string("root")
        if not folder.is_dir():
            raise self._fault("root", "a folder that exists, relative to this file", self.table["root"])
        return str(folder.resolve())
