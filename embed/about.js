// Satchel's picker, for the pages of other programs: docs/embedding.md tells how, embed.d.ts what.
//
// It shows the picker of the Satchel that serves this script in a frame, and hands back what was
// chosen. The two pages know one another by origin, window and a nonce; after the first word they
// speak over a port that nobody else holds. No token is kept, stored or put into an address.
//
// These files are one script, joined in the order of their names; window.js comes last and begins.

const VERSION = "1.0.0";
const PROTOCOL = 1;
/** What tells a scan of saved HTML which asset an element shows. */
const MARK = "data-satchel-asset";
/** How long the picker may be silent before people are told. */
const PATIENCE_MS = 20000;
/** How many may be chosen at once. */
const MOST_ITEMS = 100;
const KINDS = ["image", "video", "audio", "document", "contact"];

// Where Satchel is: where this script came from, unless `data-satchel` says otherwise.
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const HOME = originOf(script?.dataset.satchel || script?.src);

class SatchelError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, { cause });
    this.name = "SatchelError";
    this.code = code;
  }
}
