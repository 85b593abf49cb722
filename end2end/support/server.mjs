// The real program, started on a free port with a folder and a database of its own.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
/** Where builds and tools lie. */
export const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
const PROGRAM = process.env.SATCHEL_BIN ?? path.join(TARGET, "debug", "satchel");
const SITE = process.env.SATCHEL_SITE_DIR ?? path.join(TARGET, "site");

/** How long a server may take to be ready, or a command to be done. */
const PATIENCE = 30_000;

/** A running server. */
export class Server {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;
  #folder;
  #settings;
  #log = "";

  /**
   * @param {string} folder
   * @param {Record<string, string>} settings
   */
  constructor(folder, settings) {
    this.#folder = folder;
    this.#settings = settings;
  }

  /**
   * Starts a server in a new folder.
   * @param {Record<string, string>} settings what `SATCHEL_*` variables say besides the ordinary
   */
  static async start(settings = {}) {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: cargo build -p server`);
    const folder = await mkdtemp(path.join(tmpdir(), "satchel-end2end-"));
    const server = new Server(folder, settings);
    await server.#launch();
    return server;
  }

  /**
   * Starts a server that people reach through a proxy.
   * @param {import("./proxy.mjs").Proxy} proxy
   * @param {Record<string, string>} settings
   */
  static async startBehind(proxy, settings = {}) {
    const server = await Server.start({ SATCHEL_PUBLIC_URL: proxy.url, ...settings });
    proxy.target = server.port;
    return server;
  }

  /** Where it listens, such as `http://127.0.0.1:43210`. */
  url = "";

  get port() {
    return Number(new URL(this.url).port);
  }

  /** Everything it has printed. */
  get log() {
    return this.#log;
  }

  /** The link that the first start prints. */
  get setupPath() {
    const link = /\/setup\/[\w-]+/.exec(this.#log);
    if (!link) throw new Error(`no set-up link was printed:\n${this.#log}`);
    return link[0];
  }

  /** Ends it without a word, as a power cut would. */
  async kill() {
    await this.#end("SIGKILL");
  }

  /** Starts it again, on the same port and folder, after it ended. */
  async restart() {
    await this.#launch(this.port);
  }

  /** Ends it and removes what it wrote. */
  async stop() {
    await this.#end("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Runs a command of the program beside the server and answers what it printed.
   * @param {string[]} args
   * @param {string} input
   */
  async run(args, input = "") {
    const child = spawn(PROGRAM, args, { env: this.#environment(), cwd: this.#folder });
    let output = "";
    let complaint = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (complaint += text));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) throw new Error(`satchel ${args.join(" ")} failed: ${complaint}${output}`);
    return output.trim();
  }

  #environment(port = 0) {
    return {
      PATH: process.env.PATH,
      RUST_BACKTRACE: "1",
      SATCHEL_LISTEN: `127.0.0.1:${port}`,
      SATCHEL_DATA_DIR: this.#folder,
      // What a story begins with is brought faster than a program would; browsers keep their limit.
      SATCHEL_RATE_LIMITS_TOKEN: "0",
      ...(existsSync(SITE) ? { SATCHEL_SITE_DIR: SITE } : {}),
      ...this.#settings,
    };
  }

  /** @param {number} port */
  async #launch(port = 0) {
    const child = spawn(PROGRAM, ["serve"], {
      env: this.#environment(port),
      cwd: this.#folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    const before = this.#log.length;
    child.stdout.on("data", (text) => (this.#log += text));
    child.stderr.on("data", (text) => (this.#log += text));
    const address = () => /^listening on (http:\/\/\S+)$/m.exec(this.#log.slice(before));
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the server ended early:\n${this.#log}`);
      return address() !== null;
    }, () => `the server printed no address:\n${this.#log}`);
    this.url = address()?.[1] ?? "";
    await until(() => answers(`${this.url}/readyz`), () => `the server is not ready:\n${this.#log}`);
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.kill(signal);
    await ended;
  }
}

/** @param {string} url */
async function answers(url) {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

/**
 * Asks again and again until it is so.
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {() => string} complaint
 */
export async function until(isSo, complaint) {
  const deadline = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
