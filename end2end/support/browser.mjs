// Which Chromium runs the stories: the system's where there is one, else Playwright's own.
import { existsSync } from "node:fs";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Nothing that talks to the outside, and nothing that needs a graphics card.
const QUIET = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** How Playwright launches Chromium. */
export function chromium() {
  const executablePath = process.env.SATCHEL_CHROMIUM || SYSTEM.find((path) => existsSync(path));
  // Chromium refuses its sandbox to root, which is who runs inside containers.
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return { executablePath, args: [...QUIET, ...root] };
}
