// Writes src/doclint/slug/emoji_names.py from gemoji, the list of emoji that github.com uses.
//
//     npm install gemoji
//     node scripts/build_emoji_names.mjs > src/doclint/slug/emoji_names.py

import { gemoji } from "gemoji";

const hex = (emoji) => [...emoji].map((char) => char.codePointAt(0).toString(16).toUpperCase()).join("_");

const lines = [];
let line = "";
for (const { emoji, names } of gemoji) {
  const piece = `${hex(emoji)}>${names.join("|")} `;
  if (line.length + piece.length > 108) {
    lines.push(line);
    line = "";
  }
  line += piece;
}
lines.push(line.trimEnd());

console.log(`"""Emoji and their names, as in ":tada:"; made by scripts/build_emoji_names.mjs.

Code points in hexadecimal, then the names, the usual one first. Source: the npm package gemoji (MIT), which
follows github/gemoji (MIT).
"""

EMOJI_NAMES = (
${lines.map((text) => `    "${text}"`).join("\n")}
)`);
