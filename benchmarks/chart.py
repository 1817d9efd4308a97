"""Draw figures as bars, in SVG that is readable on light and on dark pages."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

ROW, GAP, LEFT, WIDTH = 18, 26, 150, 720
COLOURS = {"doclint": "#2f81f7", "rumdl": "#d29922", "lychee": "#3fb950", "markdownlint-cli2": "#8b949e"}
OTHER = "#8b949e"


def draw(title: str, bars: Sequence[tuple[str, str, float]]) -> str:
    """Return a picture of `bars`: a case, a tool, its figure; each case has a scale of its own.

    >>> draw("s", [("cold", "doclint", 1.0), ("cold", "rumdl", 2.0)]).count("<rect")
    2
    """
    parts = [f'<text x="0" y="14" font-weight="bold">{escape(title)}</text>']
    y = 30
    for case, group in groupby(bars, key=lambda bar: bar[0]):
        rows = list(group)
        largest = max(value for _, _, value in rows) or 1.0
        parts.append(f'<text x="0" y="{y + 12}">{escape(case)}</text>')
        y += ROW
        for _, tool, value in rows:
            length = max(1.0, value / largest * (WIDTH - LEFT - 80))
            colour = COLOURS.get(tool, OTHER)
            parts.append(f'<text x="12" y="{y + 12}">{escape(tool)}</text>')
            parts.append(f'<rect x="{LEFT}" y="{y + 2}" width="{length:.1f}" height="{ROW - 5}" fill="{colour}"/>')
            parts.append(f'<text x="{LEFT + length + 6:.1f}" y="{y + 12}">{value:.2f}</text>')
            y += ROW
        y += GAP - ROW
    style = "text{font:12px sans-serif;fill:#1f2328}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}"
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n{body}\n</svg>\n"
    )
