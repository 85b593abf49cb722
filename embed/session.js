// What the host says: where to, with which session, and what people may choose.

/** @param {string | undefined} url */
function originOf(url) {
  try {
    return new URL(url ?? "", document.baseURI).origin;
  } catch {
    return "";
  }
}

/** @param {unknown} value */
function positive(value) {
  const number = Number(value ?? 0);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** @param {string | null} [wanted] @returns {Satchel.Locale} */
function locale(wanted) {
  return /^pt\b/i.test((wanted || document.documentElement.lang || navigator.language).replace("_", "-"))
    ? "pt-BR"
    : "en";
}

/** @param {string | readonly string[] | null} [kinds] */
function kindsOf(kinds) {
  const list = typeof kinds === "string" ? kinds.split(/[\s,]+/) : (kinds ?? []);
  const known = list.filter((kind) => KINDS.includes(kind));
  return known.length > 0 ? known : undefined;
}

/** What the picker would drop without a word, it is not told. @type {Record<string, RegExp>} */
const TAKEN = {
  placement: /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
  folder: /^fld_[0-9A-Za-z]{26}$/,
  theme: /^(?:light|dark|auto)$/,
};

/**
 * What the picker is asked for; what was not said is left out.
 * @param {Satchel.Options} options
 */
function wishes(options) {
  for (const [name, taken] of Object.entries(TAKEN)) {
    const said = options[/** @type {"placement"} */ (name)];
    if (said && !taken.test(said)) throw new SatchelError("invalid_option", `\`${name}\` cannot be ${said}.`);
  }
  const all = {
    placement: options.placement || undefined,
    kinds: kindsOf(options.kinds),
    multiple: !!options.multiple,
    max: options.multiple ? Math.min(positive(options.max) ?? MOST_ITEMS, MOST_ITEMS) : undefined,
    folder: options.folder || undefined,
    locale: locale(options.locale),
    theme: options.theme || "auto",
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * A session as the host's backend got it.
 * @param {Satchel.Options["session"]} source
 * @param {"open" | "renew"} reason
 */
async function ask(source, reason) {
  try {
    if (!source) throw new Error("none was given");
    if (reason === "renew" && typeof source === "object")
      throw new Error("an object cannot be renewed; give a function");
    const given =
      typeof source === "function" ? await source(reason) : typeof source === "string" ? await post(source) : source;
    const [id, token] = [text(given?.id), text(given?.token)];
    if (!id || !token) throw new Error("it has no id and token");
    return { id, token };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SatchelError("no_session", `There is no session for the picker: ${why}.`, error);
  }
}

/** @param {string} url @returns {Promise<Satchel.Session>} */
async function post(url) {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}
