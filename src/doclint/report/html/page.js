// ------------------------------------------------------------------------------------------------ summary and events

function summarise() {
  byId("root").textContent = data.root;
  document.title = data.findings.length ? `${counted(data.findings.length, "finding")} · doclint` : "All good · doclint";
  const tiles = element("div", "tiles");
  const tile = (className, value, words) => tiles.append(element("div", `tile ${value ? className : "calm"}`,
    element("b", "", number(value)), element("span", "", words)));
  for (const [severity, words] of [["error", "errors"], ["warning", "warnings"], ["info", "infos"]]) {
    tile(severity, data.severities[severity], words);
  }
  const safe = data.findings.filter((finding) => finding.fix && finding.fix.way === "fix").length;
  tile("", safe, "certain repairs");
  tile("", data.counts.pages, "pages checked");
  tile("", data.counts.links, "links followed");
  byId("summary").append(tiles, element("p", "sentences", ...prose(data.sentences.join(" · "))));
}

const FEW = 10; // so many lines stand open

function showEvents() {
  const verb = data.command === "diff" ? "Would be written" : "Written";
  if (data.changes.length) {
    const title = `${verb}: ${counted(data.changes.length, "file")}`;
    // What is long would stand in front of the findings.
    const made = data.changes.length > FEW ? element("details", "card", element("summary", "", title))
      : element("div", "card", element("h2", "", title));
    for (const change of data.changes) {
      const also = change.savedAs ? `, saved as ${change.savedAs.toUpperCase()}` : "";
      const detail = element("details", "", element("summary", "path", `${change.path}: ${counted(change.fixes, "change")}${also}`));
      // Filled in when it is opened: there may be thousands of lines.
      detail.addEventListener("toggle", () => {
        if (detail.children.length > 1) return;
        for (const hunk of change.hunks) {
          detail.append(code([[`${hunk.line} −`, "minus", hunk.before], ["+", "plus", hunk.after]]));
        }
        if (change.more) detail.append(element("p", "quiet", `and ${counted(change.more, "more line")}`));
        if (change.inferred.length) {
          const list = change.inferred.map(([char, posterior]) => `${char} ${percent(posterior)}`).join(", ");
          detail.append(element("p", "quiet", `inferred: ${list}`));
        }
      });
      made.append(detail);
    }
    byId("events").append(made);
  }
  const list = (title, rows) => {
    if (!rows.length) return;
    const items = element("ul", "elsewhere", ...rows.map((text) => element("li", "", text)));
    byId("events").append(rows.length > FEW
      ? element("details", "card", element("summary", "", `${title}: ${number(rows.length)}`), items)
      : element("div", "card", element("h2", "", title), items));
  };
  list(data.command === "diff" ? "Would be renamed" : "Renamed", data.renamed.map(([old, renamed]) => `${old} → ${renamed}`));
  list("Not written", data.heldBack.map(([path, reason]) => `${path}: ${reason}`));
}

// --------------------------------------------------------------------------------------------------- theme and keys

const THEMES = ["system", "light", "dark"];

function setTheme(name) {
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  byId("theme").textContent = `Theme: ${name}`;
  // A page that was opened from the disk may not be allowed to remember anything.
  try { localStorage.setItem("doclint-theme", name); } catch { /* then it is as the system has it next time */ }
}

function nextTheme() {
  const now = document.documentElement.dataset.theme || "system";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
}

function step(by) {
  const cards = [...byId("list").querySelectorAll(".finding")];
  if (!cards.length) return;
  const now = cards.indexOf(document.activeElement);
  let next = now < 0 ? (by > 0 ? 0 : cards.length - 1) : now + by;
  if (next >= cards.length && listed < visible.length) {
    extend();
    return step(by);
  }
  next = Math.max(0, Math.min(cards.length - 1, next));
  cards[next].focus();
}

const KEYS = [
  ["/", "search", () => byId("search").focus()],
  ["j", "next finding", () => step(1)],
  ["k", "previous finding", () => step(-1)],
  ["f", "choose a folder", () => byId("folder").focus()],
  ["c", "clear all filters", clear],
  ["t", "dark or light", nextTheme],
  ["?", "show these keys", toggleHelp],
];

function toggleHelp() {
  byId("help").hidden = !byId("help").hidden;
  byId("keys").setAttribute("aria-expanded", String(!byId("help").hidden));
}

function setUpKeys() {
  const list = element("dl", "");
  for (const [key, words] of KEYS) list.append(element("dt", "", element("kbd", "", key)), element("dd", "", words));
  byId("help").append(element("h2", "", "Keys"), list);
  byId("keys").addEventListener("click", toggleHelp);
  byId("theme").addEventListener("click", nextTheme);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing && event.key === "Escape") typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const known = KEYS.find(([key]) => key === event.key);
    if (known) {
      event.preventDefault();
      known[2]();
    }
  });
}

let theme = "system";
try { theme = localStorage.getItem("doclint-theme") || "system"; } catch { /* the same */ }
setTheme(THEMES.includes(theme) ? theme : "system");
summarise();
setUpFilters();
setUpKeys();
filter();
drawGraph();
showEvents();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
