"""The report as one page that needs nothing else: no network, no other file.

What stands in a repository reaches the page as data: JSON in an element that is never run, from where the page's own
script puts it in as text. A policy in the page lets nothing else run, and lets it load nothing.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from doclint.report.html.data import described
from doclint.report.serialise import as_json

if TYPE_CHECKING:
    from doclint.model import Outcome
    from doclint.report.options import ReportOptions

_SCRIPTS = ("findings.js", "graph.js", "page.js")
"""Are one script in the page, in this order; the last one sets it going."""

_HOLE = re.compile(r"\{\{(\w+)\}\}")


def render(outcome: Outcome, options: ReportOptions) -> str:
    """Return `outcome` as a page of HTML; see `doclint.report.render`. Paths of findings are relative to the root."""
    style, script = _part("page.css"), "\n".join(map(_part, _SCRIPTS))
    # In JSON a `<` stands only inside strings, where it may be an escape; without one nothing ends the element.
    data = as_json(described(outcome, options), indent=None).replace("<", "\\u003c")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    fillings = {"policy": policy, "style": style, "script": script, "data": data}
    return _HOLE.sub(lambda hole: fillings[hole[1]], _part("template.html"))


def _part(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """Return what a policy calls the one style, or the one script, that it lets in."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
