// One picker, from the first word to the last.

/**
 * @typedef {object} Hears
 * @property {() => void} opened
 * @property {(selection: Satchel.Selection) => void} selected
 * @property {() => void} cancelled
 * @property {(problem: SatchelError) => void} problem what the picker tells its reader, too
 * @property {(error: SatchelError) => void} failed nothing more will come
 */

/**
 * Puts a picker into a place and speaks with it until it is ended.
 * @param {Satchel.Options} options
 * @param {ParentNode} place
 * @param {Hears} hears
 */
function embed(options, place, hears) {
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  /** @type {MessagePort | undefined} */
  let port;
  /** @type {Record<string, unknown>} */
  let wanted = {};
  let token = "";
  let loads = 0;
  let renews = false;
  let isOver = false;

  function end() {
    isOver = true;
    token = "";
    removeEventListener("message", greet);
    port?.close();
    frame?.remove();
  }

  /** @param {SatchelError} error */
  function fail(error) {
    if (isOver) return;
    end();
    hears.failed(error);
  }

  async function begin() {
    if (!HOME.startsWith("http"))
      throw new SatchelError("no_origin", "Load embed.js by a script element, from Satchel.");
    wanted = wishes(options);
    const session = await ask(options.session, "open");
    if (isOver) return;
    token = session.token;
    frame = document.createElement("iframe");
    frame.title = TEXTS[locale(options.locale)].title;
    frame.referrerPolicy = "no-referrer";
    frame.allow = "clipboard-read; clipboard-write; fullscreen";
    frame.src = `${HOME}/embed/picker?session=${encodeURIComponent(session.id)}`;
    // A frame that loads a second time is not the picker we spoke to.
    frame.addEventListener("load", () => {
      if (++loads > 1) fail(new SatchelError("lost", "The picker has left its frame."));
    });
    addEventListener("message", greet);
    place.append(frame);
  }

  /** Answers the first word of our own frame, once. @param {MessageEvent<unknown>} event */
  function greet({ origin, source, data }) {
    const theirs = frame?.contentWindow;
    if (origin !== HOME || !theirs || source !== theirs) return;
    if (!isRecord(data) || data.type !== "satchel:ready" || data.version !== PROTOCOL) return;
    if (typeof data.nonce !== "string" || !/^[\w-]{22,100}$/.test(data.nonce)) return;
    removeEventListener("message", greet);
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (said) => heed(said.data);
    const opening = { type: "satchel:open", version: PROTOCOL, nonce: data.nonce, token, options: wanted };
    theirs.postMessage(opening, HOME, [channel.port2]);
    token = "";
  }

  /** @param {unknown} said */
  function heed(said) {
    if (isOver || !isRecord(said)) return;
    if (said.type === "opened") hears.opened();
    if (said.type === "cancel") hears.cancelled();
    if (said.type === "renew") void renew();
    if (said.type === "problem") hears.problem(new SatchelError(text(said.code), text(said.message)));
    if (said.type === "select") {
      const selection = readSelection(said.items, options);
      if (selection) hears.selected(selection);
      else hears.problem(new SatchelError("malformed", "The picker chose nothing that can be used."));
    }
  }

  /** Gets another session before this one ends; the picker says so where there is none. */
  async function renew() {
    if (renews) return;
    renews = true;
    try {
      const session = await ask(options.session, "renew");
      if (!isOver) port?.postMessage({ type: "renewed", token: session.token });
    } catch (error) {
      if (isOver) return;
      port?.postMessage({ type: "refused" });
      hears.problem(/** @type {SatchelError} */ (error));
    } finally {
      renews = false;
    }
  }

  begin().catch(fail);
  return { end };
}
