// A wire that can be cut: a small TCP proxy between a client and the server.
import net from "node:net";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** How long an answer may take on its way, at most, in milliseconds: `WIRE_DELAY_MS=400` brings races to light. */
const DELAY_MS = Number(process.env.WIRE_DELAY_MS ?? 0);

/**
 * @typedef {"open" | "cut" | "held"} State
 * - `open`: bytes pass.
 * - `cut`: what is connected breaks, and what connects is turned away.
 * - `held`: connections stay, and no byte passes towards the server.
 */

/** Passes bytes between clients and a server, until it is told otherwise. */
export class Proxy {
  /** @type {State} */
  #state = "open";
  /** @type {{ budget: number, then: State } | undefined} */
  #plan;
  /** @type {Set<Wire>} */
  #wires = new Set();
  /** @type {string | undefined} */
  #unwanted;
  #server = net.createServer({ allowHalfOpen: true }, (client) => this.#connect(client));

  /** The port of the server behind it. */
  target = 0;

  /** Starts on a free port. */
  static async start() {
    const proxy = new Proxy();
    await new Promise((resolve) => proxy.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return proxy;
  }

  get port() {
    return /** @type {net.AddressInfo} */ (this.#server.address()).port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Breaks every connection now. */
  cut() {
    this.#become("cut");
  }

  /**
   * Breaks every connection once the client has sent so many more bytes.
   * @param {number} bytes
   */
  cutAfter(bytes) {
    this.#plan = { budget: bytes, then: "cut" };
  }

  /**
   * Lets so many more bytes through to the server and then none.
   * @param {number} bytes
   */
  holdAfter(bytes) {
    this.#plan = { budget: bytes, then: "held" };
  }

  /** Whether what `cutAfter` or `holdAfter` announced has happened. */
  get happened() {
    return this.#state !== "open";
  }

  /**
   * Loses what is held, as a network does that drops packets, and lets everything else pass again.
   *
   * So a page can be loaded anew whose upload hangs.
   */
  loseHeld() {
    this.#state = "open";
    for (const wire of this.#wires) {
      if (wire.hasHeldBytes) wire.lose();
      else wire.break();
    }
  }

  /**
   * Loses the next answer that says this, and the connection with it: what was asked for is done.
   * @param {string} text
   */
  loseAnswer(text) {
    this.#unwanted = text;
  }

  /** Whether what `loseAnswer` announced has happened. */
  get hasLostAnswer() {
    return this.#unwanted === undefined;
  }

  /** @param {Buffer} bytes */
  #losesAnswer(bytes) {
    if (!this.#unwanted || !bytes.includes(this.#unwanted)) return false;
    this.#unwanted = undefined;
    return true;
  }

  /** Lets bytes pass again. */
  mend() {
    this.#plan = undefined;
    this.#become("open");
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.#server.close(() => resolve(undefined)));
  }

  /** @param {State} state */
  #become(state) {
    this.#state = state;
    for (const wire of this.#wires) {
      if (state === "cut") wire.break();
      wire.hold(state === "held");
    }
  }

  /** @param {net.Socket} client */
  #connect(client) {
    if (this.#state === "cut") {
      client.destroy();
      return;
    }
    const server = net.connect({ port: this.target, host: "127.0.0.1", allowHalfOpen: true });
    const wire = new Wire(client, server, (answer) => this.#losesAnswer(answer));
    this.#wires.add(wire);
    client.on("data", (bytes) => this.#forward(wire, bytes));
    client.on("close", () => this.#wires.delete(wire));
    wire.hold(this.#state === "held");
  }

  /**
   * @param {Wire} wire
   * @param {Buffer} bytes
   */
  #forward(wire, bytes) {
    if (wire.isLost) return;
    const plan = this.#plan;
    if (!plan || bytes.length <= plan.budget) {
      if (plan) plan.budget -= bytes.length;
      wire.send(bytes);
      return;
    }
    this.#plan = undefined;
    const rest = bytes.subarray(plan.budget);
    wire.send(bytes.subarray(0, plan.budget), plan.then === "cut");
    this.#become(plan.then);
    if (plan.then === "held") wire.client.unshift(rest);
  }
}

/** One connection, from the client through to the server. */
class Wire {
  #held = false;

  /** Whether nothing that the client sends arrives any more. */
  isLost = false;

  /**
   * @param {net.Socket} client
   * @param {net.Socket} server
   * @param {(answer: Buffer) => boolean} isLost
   */
  constructor(client, server, isLost) {
    this.client = client;
    this.server = server;
    const answers = new Transform({
      transform: (bytes, _, pass) => (isLost(bytes) ? this.break() : pass(null, bytes)),
    });
    (DELAY_MS ? server.pipe(slow()) : server).pipe(answers).pipe(client);
    client.on("end", () => server.end());
    for (const [one, other] of [
      [client, server],
      [server, client],
    ]) {
      one?.on("error", () => other?.destroy());
      one?.on("close", () => other?.destroy());
    }
    // What the server takes slowly, the client sends slowly.
    server.on("drain", () => this.hold(this.#held));
  }

  /** Whether the client has sent bytes that did not pass. */
  get hasHeldBytes() {
    return this.#held && this.client.readableLength > 0;
  }

  lose() {
    this.isLost = true;
    this.hold(false);
  }

  /** @param {boolean} held */
  hold(held) {
    this.#held = held;
    if (held) this.client.pause();
    else this.client.resume();
  }

  /**
   * @param {Buffer} bytes
   * @param {boolean} last
   */
  send(bytes, last = false) {
    if (!this.server.write(bytes) && !last) this.client.pause();
  }

  /** The client sees a broken connection; the server keeps what it was sent. */
  break() {
    this.client.resetAndDestroy();
    this.server.end();
  }
}

/** Passes bytes on in their order, each after a while of its own. */
function slow() {
  return new Transform({
    transform: (bytes, _, pass) => void sleep(Math.random() * DELAY_MS).then(() => pass(null, bytes)),
  });
}
