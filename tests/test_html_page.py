"""The page of `--format html`, opened in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from browser import chromium
from doclint.model import Change, Finding, Graph, Outcome, Place, Reference, Severity, Span
from doclint.report import render
from doclint.rules import RULES
from doclint.value import replace
from outcomes import ANCHOR, CLEAN, LOSSY, OPTIONS
from test_cli import doclint

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from conftest import MakeWorkspace

MANY = 5_000
HOSTILE = (
    "</script><script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "'\"><svg onload=window.hurt=1>",
    "javascript:window.hurt=1",
    "${window.hurt = 1}{{script}}<!-- <script>",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("browser")) as started:
        yield started


Open = Callable[..., "Page"]


class Page:
    """A page that is open."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the script returns
        return self.browser.execute_script(f"return {script}", *arguments)

    def click(self, selector: str) -> None:
        self.browser.find_element("css selector", selector).click()

    def awaits(self, selector: str) -> None:
        """Wait until there is such an element: what a click opens comes a moment later."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.browser, 10).until(lambda browser: browser.find_elements("css selector", selector))

    def press(self, keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(keys)

    def write(self, selector: str, text: str) -> None:
        self.browser.find_element("css selector", selector).send_keys(text)

    def rules(self) -> list[str]:
        """Return the rules of the findings that are listed, in their order."""
        found: list[str] = self.run(
            "[...document.querySelectorAll('#list .finding .rule')].map((rule) => rule.textContent)"
        )
        return found

    def files(self) -> list[str]:
        found: list[str] = self.run(
            "[...document.querySelectorAll('#list .page-head h2')].map((head) => head.textContent)"
        )
        return found

    def text(self, selector: str) -> str:
        """Return the text of the first such element, as it can be read; "" where it is hidden."""
        shown: str = self.browser.find_element("css selector", selector).text
        return shown


@pytest.fixture
def opened(browser: Chrome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open the page of an outcome; afterwards nothing may have gone wrong in it."""

    def open_page(outcome: Outcome, **options: Any) -> Page:  # noqa: ANN401 - of the report
        file = tmp_path_factory.mktemp("page") / "report.html"
        file.write_text(render("html", outcome, replace(OPTIONS, **options)), encoding="utf-8")
        browser.get(file.as_uri())
        assert browser.execute_script("return document.documentElement.dataset.ready !== undefined")
        return Page(browser)

    yield open_page
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert browser.execute_script("return window.hurt === undefined")
    browser.execute_script("localStorage.clear()")


def finding(path: str, rule: str, line: int = 1, **others: Any) -> Finding:  # noqa: ANN401 - fields
    place = Place(line, 5, line, 12)
    message = f'no file "gone-{line}.md" in the repository'
    return replace(
        ANCHOR, path=path, rule=rule, span=Span(line * 20, line * 20 + 7), place=place, message=message, **others
    )


BAKERY = replace(
    CLEAN,
    findings=(
        finding("README.md", "missing-file", fix=None, edit_places=()),
        ANCHOR,
        LOSSY,
        finding("docs/c.md", "missing-file", 3, help=""),
        finding("recipes/rye.md", "empty-link", 8, severity=Severity.WARNING, fix=None, edit_places=()),
    ),
    graph=Graph(
        ("README.md", "docs/a.md", "docs/b.md", "docs/c.md", "docs/guide.md", "recipes/rye.md"),
        (
            Reference("README.md", "gone-1.md", Span(20, 27)),
            Reference("docs/a.md", "docs/guide.md", ANCHOR.span),
            Reference("README.md", "docs/a.md", Span(50, 57)),
            Reference("docs/guide.md", "recipes/rye.md", Span(1, 2)),
        ),
    ),
)


# ------------------------------------------------------------------------------------------------------------ silent


def test_nothing_is_said_twice_of_a_repair(opened: Open) -> None:
    said = replace(ANCHOR, help="did you mean #install?")
    assert said.fix is not None
    title = replace(said.fix, title="link to #install")
    page = opened(replace(CLEAN, findings=(replace(said, fix=title),)))
    assert page.run("document.querySelectorAll('.finding .advice').length") == 0
    assert "link to #install" in page.text(".finding .repair")


def test_an_advice_that_no_repair_says_is_there(opened: Open) -> None:
    page = opened(replace(CLEAN, findings=(replace(ANCHOR, help="did you mean #install or #instant?"),)))
    assert page.text(".finding .advice") == "did you mean #install or #instant?"


def test_a_page_without_findings_is_calm(opened: Open) -> None:
    page = opened(CLEAN)
    assert page.rules() == []
    assert "All good" in page.text("#list")
    assert not page.run("document.querySelector('#graph svg')")
    assert page.text("#certainty") == ""


def test_content_is_shown_and_never_runs(opened: Open) -> None:
    hostile = tuple(
        replace(
            finding(f"{text}.md", "missing-file"), message=text, help=text, excerpt=f"a b {text}", rule=text, fix=None
        )
        for text in HOSTILE
    )
    graph = Graph(
        tuple(f"{text}.md" for text in HOSTILE),
        tuple(Reference(one.path, f"{text}/x.md", one.span) for one, text in zip(hostile, HOSTILE, strict=True)),
    )
    changes = tuple(Change(text, "a\n", f"{text}\n", 1) for text in HOSTILE)
    page = opened(replace(CLEAN, findings=hostile, graph=graph, changed=changes, root=f"/{HOSTILE[1]}"), command="fix")
    assert page.rules() == list(HOSTILE)
    for text in HOSTILE:
        assert text in page.text("#list")
    page.run("document.querySelectorAll('details').forEach((detail) => { detail.open = true })")
    page.run("document.querySelectorAll('.node, .chip').forEach((node) => node.dispatchEvent(new Event('click')))")
    assert page.run("document.querySelectorAll('script, img, iframe, object, embed, link').length") == 2
    assert page.run("document.querySelectorAll('svg').length") == 1


def test_a_hostile_repository_runs_nothing(browser: Chrome, workspace: MakeWorkspace) -> None:
    image = "<img src=x onerror='window.hurt = 1'>"
    name = f"{image.replace('/', '')}.md"
    page = (
        f"# {HOSTILE[0]}\n\n[a](<{name}#gone>) [b](<gone {image}.md>) [c](<javascript:window.hurt=1>)\n\n"
        f"<a href='gone.md'>{HOSTILE[0]}</a> CafÃ© {HOSTILE[0]} für Gäste: cafÃ©\n"
    )
    space = workspace({"a.md": page, name: f"# {image}\n\n[x](gone.md)\n"})
    done = doclint(space.root, "check", "--output-file", "html=report.html")
    assert done.returncode == 1, done.stderr
    browser.get((space.root / "report.html").as_uri())
    opened = Page(browser)
    assert name in opened.files()
    assert any(
        path == name for path in opened.run("[...document.querySelectorAll('.node')].map((n) => n.dataset.path)")
    )
    opened.run("document.querySelectorAll('.chip, .node').forEach((node) => node.dispatchEvent(new Event('click')))")
    assert opened.run("window.hurt") is None
    assert opened.run("document.querySelectorAll('img').length") == 0
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_the_policy_holds_even_where_markup_gets_in(opened: Open, browser: Chrome) -> None:
    page = opened(CLEAN)
    page.run("document.body.insertAdjacentHTML('beforeend', arguments[0])", HOSTILE[1])
    page.run("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hurt = 1'}))")
    assert page.run("window.hurt") is None
    blocked = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert blocked
    assert all("Content Security Policy" in entry["message"] for entry in blocked)


# ----------------------------------------------------------------------------------------------------------- filters


def test_a_rule_is_chosen_and_given_up(opened: Open) -> None:
    page = opened(BAKERY)
    everything = page.rules()
    assert everything == ["missing-file", "missing-anchor", "lossy-mojibake", "missing-file", "empty-link"]
    page.click(".chip[data-rule='missing-file']")
    assert page.rules() == ["missing-file", "missing-file"]
    assert page.text("#shown") == "2 of 5 findings in 2 files"
    [documentation] = [rule.documentation for rule in RULES if rule.name == "missing-file"]
    assert page.text("#about").split() == documentation.split()
    page.click(".chip[data-rule='empty-link']")
    assert page.rules() == ["missing-file", "missing-file", "empty-link"]
    page.click("#clear")
    assert page.rules() == everything


def test_a_folder_is_chosen(opened: Open) -> None:
    page = opened(BAKERY)
    options = page.run("[...document.querySelectorAll('#folder option')].map((option) => option.textContent)")
    assert options == ["all folders (5)", "docs/ (3)", "recipes/ (1)"]
    page.run(
        "(() => { const folder = document.getElementById('folder'); folder.value = 'docs/';"
        " folder.dispatchEvent(new Event('change')) })()"
    )
    assert page.files() == ["docs/a.md", "docs/b.md", "docs/c.md"]


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("gone-3", ["docs/c.md"]),
        ("GUIDE.MD#INSTAL", ["docs/a.md"]),
        ("docs lossy", ["docs/b.md"]),
        ("Été", ["docs/b.md"]),
        ("nothing like it", []),
    ],
)
def test_words_are_searched_for(opened: Open, words: str, files: list[str]) -> None:
    page = opened(BAKERY)
    page.write("#search", words)
    # The link of an everyday finding stands in the excerpt of all of them.
    assert [file for file in page.files() if words != "GUIDE.MD#INSTAL" or file == "docs/a.md"] == files


def test_what_can_be_repaired_is_chosen(opened: Open) -> None:
    page = opened(BAKERY)
    page.run(
        "(() => { const w = document.getElementById('way'); w.value = 'none'; w.dispatchEvent(new Event('change')) })()"
    )
    assert page.files() == ["README.md", "recipes/rye.md"]


def test_restored_characters_are_marked_by_confidence(opened: Open) -> None:
    page = opened(BAKERY)
    marks = page.run(
        "[...document.querySelectorAll('#list ins[title]')].map((m) => [m.textContent, m.className, m.title])"
    )
    assert page.text("#certainty").split("\n")[:2] == ["Restored characters:", "certain"]
    assert marks == [
        ["à", "likely", "inferred, 97 % likely; or í 2 %"],
        ["É", "unsure", "inferred, 61 % likely; or Í 30 %, Á 5 %"],
    ]


# ------------------------------------------------------------------------------------------------------------- graph


def test_the_graph_draws_pages_and_broken_links(opened: Open) -> None:
    page = opened(BAKERY)
    nodes = page.run("[...document.querySelectorAll('.node')].map((n) => [n.dataset.path, n.getAttribute('class')])")
    assert nodes == [
        ["README.md", "node damaged"],
        ["docs/a.md", "node damaged"],
        ["docs/b.md", "node found"],
        ["docs/c.md", "node found"],
        ["docs/guide.md", "node"],
        ["gone-1.md", "node missing"],
        ["recipes/rye.md", "node found"],
    ]
    assert page.run("document.querySelectorAll('.thread').length") == 4
    assert page.run("document.querySelectorAll('.thread.broken').length") == 2
    red = page.run("getComputedStyle(document.querySelector('.thread.broken')).stroke")
    assert red != page.run("getComputedStyle(document.querySelector('.thread:not(.broken)')).stroke")
    places = page.run(
        "[...document.querySelectorAll('.node circle')].map((dot) => dot.getBoundingClientRect())"
        ".map((box) => [box.x, box.y, box.width])"
    )
    assert len({(x, y) for x, y, _ in places}) == 7
    assert all(width > 2 for _, _, width in places)


def test_the_same_data_give_the_same_picture(opened: Open) -> None:
    first = opened(BAKERY).run("document.querySelector('#graph').innerHTML")
    assert opened(BAKERY).run("document.querySelector('#graph').innerHTML") == first


def test_a_node_shows_its_findings(opened: Open) -> None:
    page = opened(BAKERY)
    page.click(".node[data-path='docs/a.md'] circle")
    assert page.files() == ["docs/a.md"]
    page.click("#page-chip")
    assert len(page.files()) == 5


@pytest.mark.parametrize("number", [2, 24, 25, 90, 91, 140])
@pytest.mark.parametrize(
    "name", ["a-page-with-a-name-that-is-as-long-as-names-can-be", "面包师傅的配方与技术文档" * 3, "🥖" * 30]
)
def test_no_name_is_cut_off_at_the_edge(opened: Open, number: int, name: str) -> None:
    paths = sorted(f"{name}-{index:03}.md" for index in range(number))
    findings = tuple(finding(path, "missing-file", fix=None, edit_places=()) for path in paths)
    links = tuple(Reference(path, paths[0], Span(1, 2)) for path in paths[1:])
    page = opened(replace(CLEAN, findings=findings, graph=Graph(tuple(paths), links)))
    cut = page.run("""(() => {
        const box = document.querySelector("#graph svg").getBoundingClientRect();
        return [...document.querySelectorAll(".node text")].filter((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            const isIn = left > box.left - 1 && right < box.right + 1 && top > box.top - 1 && bottom < box.bottom + 1;
            return !isIn || [...text.textContent].length < 6 || !text.textContent.isWellFormed();
        }).map((text) => text.textContent);
    })()""")
    assert cut == []


def test_a_folder_of_which_nothing_is_there_is_missing(opened: Open) -> None:
    findings = tuple(finding("a.md", "missing-file", line, fix=None, edit_places=()) for line in range(1, 301))
    links = tuple(Reference("a.md", f"gone/{each.place.line}.md", each.span) for each in findings)
    page = opened(replace(CLEAN, findings=findings, graph=Graph(("a.md",), links)))
    node = ".node[data-path='gone/']"
    assert page.run(f'document.querySelector("{node}").getAttribute("class")') == "node missing"
    assert page.text(f"{node} text") == "gone/ (161 pages)"
    assert page.run(f'document.querySelector("{node}").getAttribute("aria-label")') == "gone/ (161 pages): not there"


def test_the_node_of_a_folder_shows_what_is_below_it(opened: Open) -> None:
    paths = [f"{folder}p{number:03}.md" for folder in ("", "docs/") for number in range(100)]
    findings = tuple(finding(path, "missing-file", fix=None, edit_places=()) for path in sorted(paths))
    # A link in the top folder gives its page more weight than others have.
    references = (Reference("p000.md", "docs/p000.md", Span(1, 2)),)
    page = opened(replace(CLEAN, findings=findings, graph=Graph(tuple(sorted(paths)), references)))
    folders = page.run(
        "[...document.querySelectorAll('.node')].map((n) => n.dataset.path).filter((p) => p.endsWith('/'))"
    )
    assert folders == ["/"]
    page.click(".node[data-path='/'] circle")
    assert page.text("#shown") == "200 findings in 200 files"


# ---------------------------------------------------------------------------------------- keys, themes, small screens


def test_the_keyboard_does_it_all(opened: Open) -> None:
    page = opened(BAKERY)
    page.press("j")
    page.press("j")
    assert page.run("document.activeElement.querySelector('.rule').textContent") == "missing-anchor"
    page.press("k")
    assert page.run("document.activeElement.querySelector('.rule').textContent") == "missing-file"
    page.press("/")
    assert page.run("document.activeElement.id") == "search"
    page.press("rye")
    assert page.files() == ["recipes/rye.md"]
    page.press("\ue00c")  # Escape
    page.press("c")
    assert len(page.files()) == 5
    page.press("?")
    assert "next finding" in page.text("#help")
    page.press("t")
    assert page.run("document.documentElement.dataset.theme") == "light"


def test_j_goes_on_where_more_is_to_be_listed(opened: Open) -> None:
    page = opened(replace(CLEAN, findings=tuple(finding("a.md", "missing-file", line) for line in range(1, 160))))
    # At once, before the page lists more because its end comes into view.
    listed, reached = page.run("""(() => {
        const cards = () => [...document.querySelectorAll(".finding")];
        const listed = cards().length;
        cards()[listed - 1].focus();
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
        return [listed, cards().indexOf(document.activeElement)];
    })()""")
    assert listed < 159
    assert reached == listed


def test_dark_and_light(opened: Open, browser: Chrome) -> None:
    def ground() -> int:
        colour: str = page.run("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(",")))

    for scheme, is_dark in (("dark", True), ("light", False)):
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        page = opened(BAKERY)
        assert (ground() < 200) is is_dark
    page.click("#theme")
    page.click("#theme")
    assert page.text("#theme") == "Theme: dark"
    assert ground() < 200


@pytest.mark.parametrize("width", [320, 390, 768, 1600])
def test_nothing_sticks_out_at_the_side(opened: Open, browser: Chrome, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 700}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        long = replace(ANCHOR, path=f"docs/{'long' * 60}.md", message="m" * 300, excerpt="x" * 12 + "y" * 400)
        page = opened(replace(BAKERY, findings=(*BAKERY.findings, long)))
        assert page.run("document.documentElement.scrollWidth") <= width
        assert (
            page.run(
                "[...document.querySelectorAll('button')].filter((b) => b.offsetHeight && b.offsetHeight < 24).length"
            )
            == 0
        )
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_paper_everything_is_listed(opened: Open) -> None:
    page = opened(replace(CLEAN, findings=tuple(finding("a.md", "missing-file", line) for line in range(1, 400))))
    assert len(page.rules()) < 399
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert len(page.rules()) == 399


# ----------------------------------------------------------------------------------------------------- what was written


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_every_text_stands_out_from_its_ground(opened: Open, browser: Chrome, scheme: str) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    page = opened(BAKERY)
    page.click("#keys")
    faint = page.run("""(() => {
        const light = (colour) => {
            const [r, g, b] = colour.match(/[0-9.]+/g).map(Number)
                .map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (element) => {
            for (let at = element; at; at = at.parentElement) {
                const colour = getComputedStyle(at).backgroundColor;
                if (colour !== "rgba(0, 0, 0, 0)") return colour;
            }
            return "rgb(255, 255, 255)";
        };
        const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        return [...document.querySelectorAll("body *:not(script, style, noscript *, svg *, option, .skip, .logo)")]
            .filter((element) => own(element) && element.checkVisibility()).map((element) => {
                const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
                const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                return [element.tagName, element.className, element.textContent.slice(0, 30), contrast];
            }).filter(([, , , contrast]) => contrast < 4.5);
    })()""")
    assert faint == []  # WCAG 2.1, 1.4.3


def test_the_top_stands_in_line_with_the_rest(opened: Open, browser: Chrome) -> None:
    page = opened(BAKERY)
    for width in (1600, 1200, 700):
        browser.set_window_size(width, 900)
        left = "document.querySelector('{}').getBoundingClientRect().left"
        assert page.run(left.format(".logo")) == pytest.approx(page.run(left.format(".tile")), abs=1)
    browser.set_window_size(1200, 900)


def test_commands_in_an_advice_look_like_commands(opened: Open) -> None:
    page = opened(replace(CLEAN, findings=(replace(ANCHOR, help="`doclint anchors` lists\nwhat a `b\n` <b>is</b>"),)))
    assert page.text(".finding .advice") == "doclint anchors lists\nwhat a `b\n` <b>is</b>"
    assert page.run("[...document.querySelectorAll('.advice *')].map((e) => e.outerHTML)") == [
        "<code>doclint anchors</code>"
    ]


def test_much_that_was_written_does_not_stand_in_front_of_the_findings(opened: Open) -> None:
    few = tuple(Change(f"{number}.md", "a\n", "b\n", 1) for number in range(9))
    many = tuple(Change(f"{number}.md", "a\n", "b\n", 1) for number in range(200))
    page = opened(replace(BAKERY, changed=few), command="fix")
    assert "8.md: 1 change" in page.text("#events")
    page = opened(replace(BAKERY, changed=many), command="fix")
    assert page.text("#events") == "Written: 200 files"
    page.click("#events summary")
    assert "199.md: 1 change" in page.text("#events")
    page.click("#events details details summary")
    page.awaits("#events ins")
    assert page.run("document.querySelector('#events ins').textContent") == "b"


def test_what_fix_wrote_is_shown(opened: Open) -> None:
    changed = (Change("docs/a.md", "CafÃ©\n", "Café\n", 1, saved_as="utf-8"),)
    page = opened(replace(CLEAN, changed=changed), command="fix")
    assert "docs/a.md: 1 change, saved as UTF-8" in page.text("#events")
    page.click("#events summary")
    page.run("new Promise((done) => requestAnimationFrame(done))")
    assert page.run("[...document.querySelectorAll('#events del, #events ins')].map((m) => m.textContent)") == [
        "Ã©",
        "é",
    ]


# --------------------------------------------------------------------------------------------------------------- many


def test_thousands_of_findings_are_listed_as_they_are_looked_at(opened: Open) -> None:
    rules = ("missing-file", "missing-anchor", "wrong-case")
    found = tuple(finding(f"d{number % 40:02}/{number:05}.md", rules[number % 3], number + 1) for number in range(MANY))
    ordered = tuple(sorted(found, key=lambda one: one.path))
    references = tuple(
        Reference(one.path, f"d00/gone-{number % 300}.md", one.span) for number, one in enumerate(ordered)
    )
    page = opened(replace(CLEAN, findings=ordered, graph=Graph(tuple(one.path for one in ordered), references)))
    assert page.text("#shown") == "5,000 findings in 5,000 files"
    assert len(page.rules()) <= 300
    assert page.run("document.querySelectorAll('.node').length") <= 200
    assert page.run("document.getElementsByTagName('*').length") < 12_000
    page.write("#search", "d07/00007")
    assert page.files() == ["d07/00007.md"]
    page.click("#clear")
    page.click(".chip[data-rule='wrong-case']")
    assert page.text("#shown").startswith("1,666 of 5,000 findings")


def test_the_data_are_no_larger_than_they_need_be() -> None:
    found = tuple(finding("a.md", "missing-file", line) for line in range(1, MANY + 1))
    page = render("html", replace(CLEAN, findings=found), OPTIONS)
    assert len(page) < 1_000 * MANY
    assert json.dumps("a.md") in page
