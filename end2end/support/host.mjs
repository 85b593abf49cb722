// A program of others where people write messages: pages on origins of its own, and a door for sessions.
import http from "node:http";
import { createReadStream, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const VENDOR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../node_modules");
/** @type {Record<string, string>} */
const TYPES = { ".js": "text/javascript", ".css": "text/css" };

/** What a page of the host is asked, beside files. */
export class Host {
  /** What the page holds. */
  body = "";
  /** Headers of the page. */
  headers = {};
  /** What a session may, when the page asks for one. */
  wishes = { scopes: ["browse", "upload", "crop", "share"] };
  /** Whether the door gives no more sessions. */
  isShut = false;
  /** Every session the page was given. @type {{ id: string, token: string, url: string }[]} */
  sessions = [];
  /** What people saved. @type {string[]} */
  saved = [];

  #server = http.createServer((request, response) => void this.#answer(request, response));

  /**
   * Opens the host of an account of a Satchel that people reach at an address.
   * @param {import("./account.mjs").Account} account
   * @param {string} site
   */
  static async open(account, site) {
    const host = new Host(account, site);
    await new Promise((resolve) => host.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return host;
  }

  /**
   * @param {import("./account.mjs").Account} account
   * @param {string} site
   */
  constructor(account, site) {
    this.account = account;
    this.site = site;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(() => resolve(undefined)));
  }

  /** Where messages are written. */
  get url() {
    return this.#at("desk.localhost");
  }

  /** Where nobody should get anything: another site. */
  get evil() {
    return this.#at("evil.localhost");
  }

  /**
   * Asks Satchel for a session, as the host's server does.
   * @param {Record<string, unknown>} more
   */
  async session(more = {}) {
    return this.account.ask("POST", "/embed/sessions", { origin: this.url, ...this.wishes, ...more });
  }

  /** @param {string} host */
  #at(host) {
    const address = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://${host}:${address.port}`;
  }

  /**
   * @param {http.IncomingMessage} request
   * @param {http.ServerResponse} response
   */
  async #answer(request, response) {
    const { pathname } = new URL(request.url ?? "/", this.url);
    if (request.method === "POST" && pathname === "/satchel-session") return this.#give(response);
    if (request.method === "POST" && pathname === "/save") {
      this.saved.push(await bodyOf(request));
      return response.writeHead(204).end();
    }
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    if (pathname.startsWith("/vendor/")) return vendor(pathname.slice("/vendor/".length), response);
    // Whether a browser keeps cookies of a page in a frame of another site.
    if (pathname === "/cookies") {
      response.writeHead(200, { "content-type": "text/html" });
      return response.end(`<script>document.cookie = "kept=1; SameSite=None; Secure"</script>`);
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...this.headers });
    const isOurs = request.headers.host?.startsWith("desk.");
    const script = `<script src="${this.site}/embed.js"></script>`;
    const head = `<title>Desk</title><meta name="viewport" content="width=device-width">${isOurs ? script : ""}`;
    response.end(
      `<!doctype html><html lang="en">${head}<main><h1>Write a message</h1>${isOurs ? this.body : ""}</main>`,
    );
  }

  /** @param {http.ServerResponse} response */
  async #give(response) {
    if (this.isShut) return response.writeHead(403).end();
    const session = await this.session();
    this.sessions.push(session);
    response.writeHead(201, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(session));
  }
}

/** @param {http.IncomingMessage} request */
async function bodyOf(request) {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  return body;
}

/**
 * A file of a package, by its path below `node_modules`.
 * @param {string} name
 * @param {http.ServerResponse} response
 */
function vendor(name, response) {
  const file = path.join(VENDOR, path.normalize(`/${name}`));
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
  return createReadStream(file).pipe(response);
}
