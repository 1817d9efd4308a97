// ------------------------------------------------------------------------------------------------------------ graph

// The pages stand on a circle in the order of their paths, so that those of a folder are neighbours; a link is a curve
// that is drawn to the middle. The same data always give the same picture.
function drawGraph() {
  const graph = data.graph;
  if (!graph || !graph.nodes.length || !graph.links.length) return;
  byId("overview").hidden = false;
  const size = graph.nodes.length;
  const level = size <= 24; // few labels lie flat, many must turn with the circle
  const [width, height, radius] = level ? [900, 420, 150] : size <= 90 ? [1000, 800, 215] : [1000, 960, 310];
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
    const what = `${path}${path.endsWith("/") ? ` (${counted(pages, "page")})` : ""}`;
    const [textX, textY] = at(angles[index], radius + dot + 6);
    // At the top and at the bottom a flat name has its room above or below the dot, not beside it.
    const upright = level && Math.abs(Math.cos(angles[index])) < 0.3;
    const [cos, sin] = [Math.abs(Math.cos(angles[index])), Math.abs(Math.sin(angles[index]))];
    const edge = level ? (turned ? textX : width - textX) : Math.min(middle[0] / cos, middle[1] / sin) - radius - dot - 6;
    const label = shortened(what, upright ? 2 * Math.min(textX, width - textX) : edge - 8, level ? 13.5 : 11);
    node.setAttribute("aria-label", kind === "missing" ? `${what}: not there` : `${what}: ${counted(findings, "finding")}`);
    node.append(drawn("title", {}, node.getAttribute("aria-label")));
    node.append(drawn("circle", { cx: x, cy: y, r: dot }));
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

// As much of the end of a name as there is room for, in a font of that size.
function shortened(name, room, size) {
  const widths = [...name].map((char) => (char.codePointAt(0) < 0x2e80 ? 0.63 : char.codePointAt(0) > 0xffff ? 1.4 : 1.02) * size);
  if (widths.reduce((sum, width) => sum + width, 0) <= room) return name;
  let left = room - size;
  let start = widths.length;
  while (start > 0 && left >= widths[start - 1]) left -= widths[(start -= 1)];
  return `…${[...name].slice(start).join("")}`;
}

function describeGraph(graph) {
  const notes = [`pages with findings and their neighbours, of ${counted(graph.pages, "page")}`];
  notes.push(counted(graph.broken, "broken link"));
  if (graph.nodes.some(([path]) => path.endsWith("/"))) notes.push("pages with few findings stand together as their folder");
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
