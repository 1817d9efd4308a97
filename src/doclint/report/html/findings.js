
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

// Text in which what stands between backticks is shown as code.
const prose = (text) => text.split(/`([^`\n]+)`/).map((part, index) => (index % 2 ? element("code", "", part) : part));

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

// Whether the line about the repair says all that the advice does.
function isSaid({ help, fix }) {
  if (!fix || !fix.way) return false;
  return help === `doclint ${fix.way} repairs it` || help === `did you mean ${fix.title.replace(/^link to /, "")}?`;
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
  if (finding.help && !isSaid(finding)) made.append(element("p", "advice", ...prose(finding.help)));
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
  chosen.folder = isFolder && path !== "/" ? path : ""; // "/" is the top, in which all is
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
  const isInferred = (finding) => finding.fix && finding.fix.after.some((piece) => piece[1] === "likely");
  byId("certainty").hidden = !data.findings.some(isInferred);
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
