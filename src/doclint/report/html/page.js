
"use strict";

// What comes from the repository is put in by `textContent` alone: it is text, whatever it looks like.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const BATCH = 100;
const SVG = "http://www.w3.org/2000/svg";

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const number = (value) => value.toLocaleString("en");
const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
const percent = (posterior) => `${Math.floor(posterior * 100)} %`;
const folderOf = (path) => path.slice(0, path.lastIndexOf("/") + 1);

// --------------------------------------------------------------------------------------------------------- findings

for (const finding of data.findings) {
  finding.file = data.paths[finding.path];
  finding.text = null;
}

function searched(finding) {
  if (finding.text === null) {
    const pieces = [...(finding.excerpt || []), ...(finding.fix ? finding.fix.after : [])];
    finding.text = [finding.file, finding.rule, finding.message, finding.help, pieces.map((piece) => piece[0]).join("")]
      .join("\n").toLowerCase();
  }
  return finding.text;
}

function line(pieces) {
  return pieces.map(([text, kind, posterior, rivals]) => {
    if (kind === "mark") return element("mark", "", text);
    if (kind === "gone") return element("del", "", text);
    if (kind === "new") return element("ins", "", text);
    if (kind === "likely") {
      const sure = posterior >= 0.95 ? "likely" : posterior >= 0.8 ? "perhaps" : "unsure";
      const made = element("ins", sure, text);
      const others = rivals.map(([rival, share]) => `${rival} ${percent(share)}`).join(", ");
      made.title = `inferred, ${percent(posterior)} likely${others ? `; or ${others}` : ""}`;
      return made;
    }
    return text;
  });
}

function code(rows) {
  const block = element("div", "code");
  for (const [sign, className, pieces] of rows) {
    block.append(element("span", `sign ${className}`, sign), element("span", "", ...line(pieces)));
  }
  return block;
}

function repair(fix) {
  const made = element("div", "repair", element("span", "", fix.title, ": "));
  if (fix.way) made.append(element("code", "", `doclint ${fix.way}`));
  else made.append(element("span", "", "shown only, never written"));
  if (fix.confidence !== null) made.append(element("span", "", `least certain character ${percent(fix.confidence)}`));
  return made;
}

function card(finding) {
  const made = element("article", `finding ${finding.severity}`);
  made.tabIndex = -1;
  made.append(element("header", "", element("span", "badge", finding.severity), element("span", "rule", finding.rule),
    element("span", "place", `line ${number(finding.line)}, column ${number(finding.column)}`)));
  made.append(element("p", "message", finding.message));
  const fix = finding.fix;
  if (fix && fix.after.length) {
    made.append(code([["−", "minus", fix.before], ["+", "plus", fix.after]]));
  } else if (finding.excerpt) {
    made.append(code([[String(finding.line), "", finding.excerpt]]));
  }
  if (finding.help) made.append(element("p", "advice", finding.help));
  if (fix) {
    made.append(repair(fix));
    if (fix.elsewhere.length) {
      const list = element("ul", "elsewhere", ...fix.elsewhere.map((text) => element("li", "", text)));
      if (fix.more) list.append(element("li", "", `and ${counted(fix.more, "more place")}`));
      made.append(list);
    }
  }
  return made;
}

// ---------------------------------------------------------------------------------------------------------- filters

const chosen = { rules: new Set(), folder: "", page: "", words: "", way: "" };
let visible = [];
let listed = 0;

function matches(finding) {
  if (chosen.rules.size && !chosen.rules.has(finding.rule)) return false;
  if (chosen.page ? finding.file !== chosen.page : !finding.file.startsWith(chosen.folder)) return false;
  if (chosen.way && chosen.way !== ((finding.fix && finding.fix.way) || "none")) return false;
  return chosen.words.split(/\s+/).every((word) => searched(finding).includes(word));
}

function filter() {
  chosen.words = byId("search").value.trim().toLowerCase();
  chosen.way = byId("way").value;
  visible = data.findings.filter(matches);
  listed = 0;
  byId("list").replaceChildren();
  const narrowed = chosen.rules.size || chosen.folder || chosen.page || chosen.words || chosen.way;
  const files = new Set(visible.map((finding) => finding.path)).size;
  byId("shown").textContent = narrowed
    ? `${number(visible.length)} of ${counted(data.findings.length, "finding")} in ${counted(files, "file")}`
    : `${counted(visible.length, "finding")} in ${counted(files, "file")}`;
  byId("clear").hidden = !narrowed;
  for (const chip of byId("rules").querySelectorAll(".chip[data-rule]")) {
    chip.setAttribute("aria-pressed", String(chosen.rules.has(chip.dataset.rule)));
  }
  const page = byId("page-chip");
  page.hidden = !chosen.page;
  page.textContent = chosen.page ? `${chosen.page} ×` : "";
  about();
  if (!visible.length) byId("list").append(nothing(narrowed));
  extend();
}

function nothing(narrowed) {
  const [head, rest] = narrowed
    ? ["No finding fits", "Take a filter away."]
    : ["All good", `${counted(data.counts.pages, "page")}, ${counted(data.counts.links, "link")}: nothing found.`];
  return element("div", "empty", element("b", "", head), rest);
}

function about() {
  const only = chosen.rules.size === 1 ? data.rules.find((rule) => chosen.rules.has(rule.name)) : null;
  byId("about").hidden = !(only && only.documentation);
  byId("about").textContent = only ? only.documentation || "" : "";
}

function extend(most = BATCH) {
  const list = byId("list");
  const parts = document.createDocumentFragment();
  const end = Math.min(visible.length, listed + most);
  for (; listed < end; listed += 1) {
    const finding = visible[listed];
    if (listed === 0 || visible[listed - 1].path !== finding.path) parts.append(heading(finding));
    parts.append(card(finding));
  }
  list.append(parts);
  byId("more").hidden = listed >= visible.length;
  byId("more").textContent = `Show more (${number(visible.length - listed)} left)`;
}

function heading(finding) {
  let count = 0;
  for (let index = listed; index < visible.length && visible[index].path === finding.path; index += 1) count += 1;
  return element("div", "page-head", element("h2", "path", finding.file), element("span", "quiet", counted(count, "finding")));
}

function clear() {
  chosen.rules.clear();
  chosen.folder = chosen.page = "";
  byId("search").value = byId("folder").value = byId("way").value = "";
  filter();
}

function showPage(path) {
  const isFolder = path.endsWith("/");
  chosen.page = isFolder ? "" : path;
  chosen.folder = isFolder ? path : "";
  const options = [...byId("folder").options].map((option) => option.value);
  byId("folder").value = options.includes(chosen.folder) ? chosen.folder : "";
  filter();
  byId("filters").scrollIntoView({ block: "start" });
}

function setUpFilters() {
  for (const rule of data.rules) {
    const chip = element("button", `chip ${rule.severity}`, rule.name, element("b", "", number(rule.count)));
    chip.type = "button";
    chip.dataset.rule = rule.name;
    chip.addEventListener("click", () => {
      if (!chosen.rules.delete(rule.name)) chosen.rules.add(rule.name);
      filter();
    });
    byId("rules").append(chip);
  }
  const page = element("button", "chip page path");
  page.type = "button";
  page.id = "page-chip";
  page.addEventListener("click", () => { chosen.page = ""; filter(); });
  byId("rules").prepend(page);

  const folders = new Map([["", data.findings.length]]);
  for (const finding of data.findings) {
    for (let end = finding.file.indexOf("/"); end >= 0; end = finding.file.indexOf("/", end + 1)) {
      const folder = finding.file.slice(0, end + 1);
      folders.set(folder, (folders.get(folder) || 0) + 1);
    }
  }
  for (const [folder, count] of [...folders].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const option = element("option", "", `${folder || "all folders"} (${number(count)})`);
    option.value = folder;
    byId("folder").append(option);
  }
  byId("folder").addEventListener("change", (event) => { chosen.folder = event.target.value; chosen.page = ""; filter(); });
  byId("way").addEventListener("change", filter);
  byId("search").addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", clear);
  byId("more").addEventListener("click", () => extend());
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) extend();
  }, { rootMargin: "600px" }).observe(byId("more"));
  addEventListener("beforeprint", () => extend(Infinity));
}

// ------------------------------------------------------------------------------------------------------------ graph

// The pages stand on a circle in the order of their paths, so that those of a folder are neighbours; a link is a curve
// that is drawn to the middle. The same data always give the same picture.
function drawGraph() {
  const graph = data.graph;
  if (!graph || !graph.nodes.length || !graph.links.length) return;
  byId("overview").hidden = false;
  const size = graph.nodes.length;
  const level = size <= 24; // few labels lie flat, many must turn with the circle
  const [width, height, radius, long] = level ? [900, 420, 150, 44] : size <= 90 ? [1000, 760, 215, 34] : [1000, 940, 310, 24];
  const middle = [width / 2, height / 2];
  // Where there is no room for names, the circle takes all of it.
  const narrow = matchMedia("(max-width: 40rem)").matches ? radius + 24 : 0;
  const box = narrow ? [middle[0] - narrow, middle[1] - narrow, 2 * narrow, 2 * narrow] : [0, 0, width, height];
  const damaged = new Set();
  const picture = drawn("svg", { class: level ? "level" : "", viewBox: box.join(" "), role: "group", "aria-label": "Documents and their links" });
  const at = (angle, distance) => [middle[0] + distance * Math.cos(angle), middle[1] + distance * Math.sin(angle)];
  const gaps = graph.nodes.map(([path], index) => (index && folderOf(path) !== folderOf(graph.nodes[index - 1][0]) ? 0.6 : 0));
  const whole = graph.nodes.length + gaps.reduce((sum, gap) => sum + gap, 0) + 0.6;
  let position = 0;
  const angles = graph.nodes.map((_, index) => {
    position += gaps[index] + (index ? 1 : 0);
    return (position / whole) * 2 * Math.PI - Math.PI / 2;
  });
  for (const [source, target, , broken] of graph.links) if (broken) damaged.add(source);

  const threads = drawn("g", {});
  const near = graph.nodes.map(() => new Set());
  const ends = graph.nodes.map(() => []);
  // The broken ones come last, on top of the others.
  for (const [source, target, links, broken] of [...graph.links].reverse()) {
    const [from, to] = [at(angles[source], radius), at(angles[target], radius)];
    const pull = 0.18 + 0.5 * (1 - Math.abs(Math.cos((angles[source] - angles[target]) / 2)));
    const bend = [0, 1].map((axis) => middle[axis] + ((from[axis] + to[axis]) / 2 - middle[axis]) * (0.75 - pull));
    const path = drawn("path", { class: `thread${broken ? " broken" : ""}`, d: `M${from}Q${bend} ${to}` });
    const names = `${graph.nodes[source][0]} → ${graph.nodes[target][0]}`;
    path.append(drawn("title", {}, `${names}: ${counted(links, "link")}${broken ? `, ${number(broken)} broken` : ""}`));
    threads.append(path);
    near[source].add(target);
    near[target].add(source);
    ends[source].push(path);
    ends[target].push(path);
  }
  picture.append(threads);

  const groups = graph.nodes.map(([path, kind, findings, pages], index) => {
    const state = kind === "missing" ? "missing" : findings && damaged.has(index) ? "damaged" : findings ? "found" : "";
    const node = drawn("g", { class: `node ${state}`.trim(), tabindex: findings ? "0" : "-1", role: "button", "data-path": path });
    const [x, y] = at(angles[index], radius);
    const turned = Math.cos(angles[index]) < -1e-9;
    const degrees = (angles[index] * 180) / Math.PI + (turned ? 180 : 0);
    const dot = Math.min(9, 3.4 + Math.sqrt(findings) * 0.9) * (size > 90 ? 0.8 : 1);
    const what = `${path}${kind === "folder" ? ` (${counted(pages, "page")})` : ""}`;
    const label = what.length > long ? `…${what.slice(-long)}` : what;
    const [textX, textY] = at(angles[index], radius + dot + 6);
    node.setAttribute("aria-label", kind === "missing" ? `${what} is not there` : `${what}: ${counted(findings, "finding")}`);
    node.append(drawn("title", {}, node.getAttribute("aria-label")));
    node.append(drawn("circle", { cx: x, cy: y, r: dot }));
    // At the top and at the bottom a flat name has its room above or below the dot, not beside it.
    const upright = level && Math.abs(Math.cos(angles[index])) < 0.3;
    const lower = upright ? (Math.sin(angles[index]) < 0 ? "-0.1em" : "0.8em") : "0.35em";
    const anchor = upright ? "middle" : turned ? "end" : "start";
    node.append(drawn("text", { x: textX, y: textY, dy: lower, "text-anchor": anchor,
      transform: level ? "" : `rotate(${degrees} ${textX} ${textY})` }, label));
    const light = (on) => {
      picture.classList.toggle("active", on);
      for (const thread of ends[index]) thread.classList.toggle("near", on);
      for (const other of [index, ...near[index]]) groups[other].classList.toggle("near", on);
    };
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => light(true));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => light(false));
    const open = () => (kind === "missing" ? showSearch(path) : showPage(path));
    node.addEventListener("click", open);
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); }
    });
    return node;
  });
  picture.append(...groups);
  byId("graph").append(picture);
  describeGraph(graph);
}

function describeGraph(graph) {
  const notes = [`${counted(graph.nodes.length, "place")} of ${counted(graph.pages, "page")}: those with findings and their neighbours`];
  notes.push(counted(graph.broken, "broken link"));
  if (graph.nodes.some((node) => node[1] === "folder")) notes.push("pages with few findings stand together as their folder");
  if (graph.leftOut) notes.push(`${counted(graph.leftOut, "intact connection")} not drawn`);
  byId("graph-note").textContent = notes.join("; ");
  const entry = (className, words) => element("span", "", element("i", className), words);
  byId("graph-legend").append(entry("damaged", "page with a broken link"), entry("found", "page with other findings"),
    entry("missing", "missing"), entry("", "other page"), entry("edge red", "broken link"), entry("edge", "link"));
}

function showSearch(path) {
  clear();
  byId("search").value = path;
  filter();
  byId("filters").scrollIntoView({ block: "start" });
}

// ------------------------------------------------------------------------------------------------ summary and events

function summarise() {
  byId("root").textContent = data.root;
  document.title = data.findings.length ? `${counted(data.findings.length, "finding")} · doclint` : "All good · doclint";
  const tiles = element("div", "tiles");
  const tile = (className, value, words) => tiles.append(element("div", `tile ${value ? className : "calm"}`,
    element("b", "", number(value)), element("span", "", words)));
  for (const [severity, words] of [["error", "errors"], ["warning", "warnings"], ["info", "notes"]]) {
    tile(severity, data.severities[severity], words);
  }
  const safe = data.findings.filter((finding) => finding.fix && finding.fix.way === "fix").length;
  tile("", safe, "certain repairs");
  tile("", data.counts.pages, "pages checked");
  tile("", data.counts.links, "links followed");
  byId("summary").append(tiles, element("p", "sentences", data.sentences.join(" · ").replaceAll("`", "")));
}

function showEvents() {
  const verb = data.command === "diff" ? "Would be written" : "Written";
  if (data.changes.length) {
    const made = element("div", "card", element("h2", "", `${verb}: ${counted(data.changes.length, "file")}`));
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
  const list = (title, rows) => rows.length && byId("events").append(element("div", "card", element("h2", "", title),
    element("ul", "elsewhere", ...rows.map((text) => element("li", "", text)))));
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
