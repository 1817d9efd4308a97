"""Tells what a cache of the action holds for: a digest of the doclint that the action came with.

The ref in a workflow may be a branch, which is another doclint tomorrow. Prints a line for GITHUB_OUTPUT.
"""

from __future__ import annotations

import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).parent.parent


def digest(root: pathlib.Path) -> str:
    """Return a digest of the files below `root` that an installation is made of."""
    files = sorted(file for file in (root / "src").rglob("*") if file.is_file() and file.suffix != ".pyc")
    whole = hashlib.sha256()
    for file in (root / "pyproject.toml", *files):
        data = file.read_bytes()
        whole.update(f"{file.relative_to(root).as_posix()} {len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()[:32]


if __name__ == "__main__":
    sys.stdout.write(f"digest={digest(pathlib.Path(sys.argv[1]) if sys.argv[1:] else ROOT)}\n")
