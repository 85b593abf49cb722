// Collects figures and prints them as one table, goals beside them.
const rows = [];

/** Notes a figure: what it is, ours, theirs, the ratio and the goal it should meet. */
export function row(bench, { what, ours, theirs = "", ratio = null, goal = null, met = null }) {
  rows.push({ bench, what, ours, theirs, ratio, goal, met });
}

/** All figures as a Markdown table. */
export function table() {
  const lines = ["| bench | what | Satchel | against | ratio | goal | met |", "|---|---|---|---|---|---|---|"];
  for (const { bench, what, ours, theirs, ratio, goal, met } of rows) {
    const shown = ratio === null ? "" : ratio.toFixed(2);
    const verdict = met === null ? "" : met ? "yes" : "**no**";
    lines.push(`| ${bench} | ${what} | ${ours} | ${theirs} | ${shown} | ${goal ?? ""} | ${verdict} |`);
  }
  return lines.join("\n");
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
