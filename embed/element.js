// <satchel-picker>: a button that opens the picker, or the picker itself.

class SatchelPicker extends HTMLElement {
  static observedAttributes = ["inline", "disabled", "locale"];

  /** @type {Satchel.Options["session"] | undefined} */
  #session;
  /** @type {{ end(): void } | undefined} */
  #picker;
  #root = this.attachShadow({ mode: "open" });

  get session() {
    return this.#session;
  }

  set session(session) {
    this.#session = session;
    if (this.isConnected && this.hasAttribute("inline")) this.#draw();
  }

  /** @returns {Satchel.Options} */
  get options() {
    const said = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    return {
      session: this.#session ?? said("session-url") ?? "",
      placement: said("placement"),
      kinds: said("kinds"),
      multiple: this.hasAttribute("multiple"),
      max: positive(said("max")),
      folder: said("folder"),
      locale: locale(said("locale")),
      theme: /** @type {Satchel.Theme | undefined} */ (said("theme")),
      onProblem: (problem) => report(problem, this),
    };
  }

  connectedCallback() {
    // What was set before this class was known would hide its own property.
    if (Object.hasOwn(this, "session")) {
      const { session } = this;
      delete (/** @type {{ session?: unknown }} */ (this).session);
      this.session = session;
    }
    this.#draw();
  }

  disconnectedCallback() {
    this.#picker?.end();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  /** Opens the dialog; events tell the same as the answer. */
  async open() {
    try {
      const selection = await openPicker(this.options);
      this.#tell(selection);
      return selection;
    } catch (error) {
      report(error, this);
      return null;
    }
  }

  /** @param {Satchel.Selection | null} selection */
  #tell(selection) {
    const name = selection ? "satchel-select" : "satchel-cancel";
    this.dispatchEvent(new CustomEvent(name, { detail: selection, bubbles: true, composed: true }));
  }

  #draw() {
    this.#picker?.end();
    this.#root.adoptedStyleSheets = [SHEET];
    if (this.hasAttribute("inline")) {
      const stage = document.createElement("div");
      this.#root.replaceChildren(stage);
      if (!this.options.session) return;
      this.#picker = stay(this.options, stage, {
        opened() {},
        selected: (selection) => this.#tell(selection),
        cancelled: () => this.#tell(null),
        problem: (problem) => report(problem, this),
        failed: (error) => report(error, this),
      });
      return;
    }
    const button = document.createElement("button");
    const words = document.createElement("slot");
    button.type = "button";
    button.part.add("button");
    button.disabled = this.hasAttribute("disabled");
    words.textContent = TEXTS[locale(this.getAttribute("locale"))].choose;
    button.append(words);
    button.addEventListener("click", () => void this.open());
    this.#root.replaceChildren(button);
  }
}
