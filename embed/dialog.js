// Where the picker is seen: in a dialog, or in a place of the page.

// Adopted, not written into the page: a host's policy on styles does not forbid it.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  :host { color-scheme: light dark }
  :host([theme=light]) { color-scheme: only light }
  :host([theme=dark]) { color-scheme: only dark }
  .stage { display: grid; box-sizing: border-box; overflow: hidden; width: 100%; height: 100%;
    background: light-dark(#fff, #16171a); color: light-dark(#1a1b1f, #eeeff2);
    font: .875rem/1.5 system-ui, sans-serif }
  .stage > * { grid-area: 1 / 1 }
  dialog.stage { width: min(72rem, 100vw - 3rem); height: min(52rem, 100dvh - 3rem); max-width: none;
    max-height: none; margin: auto; padding: 0; border: 0; border-radius: 12px;
    box-shadow: 0 8px 28px rgb(0 0 0 / 30%) }
  dialog::backdrop { background: rgb(0 0 0 / 45%) }
  iframe { width: 100%; height: 100%; border: 0; display: block }
  .wait { z-index: 1; display: grid; gap: 1rem; place-content: center; justify-items: center;
    padding: 1rem; text-align: center; background: inherit }
  .wait p { margin: 0 }
  [hidden] { display: none }
  button { font: inherit; min-height: 2.25rem; padding: 0 1rem; border-radius: 8px; cursor: pointer;
    color: inherit; background: light-dark(#f1f2f4, #212328); border: 1px solid light-dark(#8b8f98, #70757f) }
  button:hover { background: light-dark(#e3e4e9, #33363d) }
  button:disabled { cursor: default; opacity: .6 }
  :focus-visible { outline: 2px solid light-dark(#3449d6, #93a4ff); outline-offset: 2px }
  @media (max-width: 40rem), (max-height: 30rem) {
    dialog.stage { width: 100vw; height: 100dvh; border-radius: 0 }
  }`);

/**
 * What is seen until the picker is there.
 * @param {HTMLElement} stage
 * @param {Satchel.Options} options
 */
function furnish(stage, options) {
  const texts = TEXTS[locale(options.locale)];
  const wait = document.createElement("div");
  const line = document.createElement("p");
  stage.classList.add("stage");
  wait.className = "wait";
  line.setAttribute("role", "status");
  line.textContent = texts.opening;
  wait.append(line);
  stage.append(wait);
  let isSilent = false;
  const timer = setTimeout(silence, PATIENCE_MS);

  function silence() {
    isSilent = true;
    line.textContent = texts.silent;
  }

  return {
    wait,
    /** Says that nobody answers. */
    silence,
    /** Whether that was said and is still seen. */
    isSilent: () => isSilent && !wait.hidden,
    /** Shows the picker; answers whether it was hidden until now. */
    reveal() {
      clearTimeout(timer);
      const wasHidden = !wait.hidden;
      wait.hidden = true;
      return wasHidden;
    },
  };
}

/** The dialog on the screen: there is one at a time. @type {{ host: HTMLElement, leave: () => void } | undefined} */
let current;

/**
 * Opens the picker in a dialog, until something is chosen or it is left.
 * @param {Satchel.Options} options
 * @returns {Promise<Satchel.Selection | null>}
 */
function openPicker(options = { session: "" }) {
  return new Promise((resolve, reject) => {
    if (current?.host.isConnected) throw new SatchelError("already_open", "The picker is open already.");
    // A page that threw its content away threw our dialog away with it.
    current?.leave();
    if (options.signal?.aborted) return resolve(null);
    const before = document.activeElement;
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    if (options.theme) host.setAttribute("theme", options.theme);
    const dialog = document.createElement("dialog");
    const texts = TEXTS[locale(options.locale)];
    dialog.setAttribute("aria-label", texts.title);
    const view = furnish(dialog, options);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = texts.close;
    view.wait.append(close);
    root.append(dialog);
    (document.body ?? document.documentElement).append(host);
    dialog.showModal();
    current = { host, leave };

    let isDone = false;
    /** @param {() => void} settle */
    function finish(settle) {
      if (isDone) return;
      isDone = true;
      current = undefined;
      view.reveal();
      picker.end();
      options.signal?.removeEventListener("abort", leave);
      dialog.close();
      host.remove();
      // The dialog gives the focus back itself, but not across the roots of shadows.
      if (before instanceof HTMLElement && document.activeElement !== before) before.focus({ preventScroll: true });
      settle();
    }

    function leave() {
      const silence = new SatchelError("no_answer", "The picker did not answer.");
      finish(view.isSilent() ? () => reject(silence) : () => resolve(null));
    }

    function reveal() {
      if (view.reveal()) dialog.querySelector("iframe")?.focus();
    }

    const picker = embed(options, dialog, {
      opened: reveal,
      selected: (selection) => finish(() => resolve(selection)),
      cancelled: () => finish(() => resolve(null)),
      problem: (problem) => {
        reveal();
        options.onProblem?.(problem);
      },
      failed: (error) => finish(() => reject(error)),
    });
    // Escape, the way back of a phone, and our button while there is no picker.
    dialog.addEventListener("close", leave);
    close.addEventListener("click", leave);
    options.signal?.addEventListener("abort", leave);
  });
}

/**
 * Puts the picker into a place of the page, where it stays and may answer again and again.
 * @param {Satchel.Options} options
 * @param {HTMLElement} stage
 * @param {Hears} hears
 */
function stay(options, stage, hears) {
  const view = furnish(stage, options);
  const picker = embed(options, stage, {
    ...hears,
    opened: () => {
      view.reveal();
      hears.opened();
    },
    problem: (problem) => {
      view.reveal();
      hears.problem(problem);
    },
    failed: (error) => {
      view.wait.hidden = false;
      view.silence();
      hears.failed(error);
    },
  });
  return {
    end() {
      view.reveal();
      view.wait.remove();
      picker.end();
    },
  };
}

/**
 * Tells the page, and where nobody there takes care of it, its console.
 * @param {unknown} error
 * @param {EventTarget} [where]
 */
function report(error, where = document) {
  const event = new CustomEvent("satchel-error", { detail: error, bubbles: true, composed: true, cancelable: true });
  if (where.dispatchEvent(event)) reportError(error);
}
