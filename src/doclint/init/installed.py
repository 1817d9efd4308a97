"""[disk] Where the doclint that runs was installed from, so that hooks can take it from there, too."""

from __future__ import annotations

import json
import os
import re
from importlib import metadata
from urllib.parse import urlsplit
from urllib.request import url2pathname

from doclint import git
from doclint.init.hook import Origin

_PUBLIC = re.compile(r"(?:https?|ssh|git)://.+|[\w.-]+@[\w.-]+:.+")
_LOGIN = re.compile(r"^(https?://)[^/@]*@")


def origin(version: str) -> Origin:
    """Return where doclint was installed from, as installers write it down (PEP 610); its version is the least."""
    try:
        record = metadata.distribution("doclint").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        record = None
    told = json.loads(record) if record else {}
    source = told.get("vcs_info", {})
    if source.get("vcs") == "git" and source.get("commit_id"):
        return Origin(version, told["url"], source["commit_id"])
    if "dir_info" in told:
        return _of_clone(url2pathname(urlsplit(told["url"]).path), version)
    return Origin(version)


def _of_clone(folder: str, version: str) -> Origin:
    """Return the repository that a folder is a clone of, if others can get what is in it from there."""
    if not os.path.lexists(os.path.join(folder, ".git")):
        return Origin(version)
    # A login in the address is nobody's but the user's.
    url = _LOGIN.sub(r"\1", git.origin(folder))
    commit = git.ask(folder, "rev-parse", "--verify", "HEAD").stdout.decode().strip()
    pushed = git.ask(folder, "for-each-ref", "--contains", "HEAD", "refs/remotes/origin").stdout
    return Origin(version, url, commit) if commit and pushed and _PUBLIC.fullmatch(url) else Origin(version)
