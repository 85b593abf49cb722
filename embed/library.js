// The same in the shape of Cloudinary's media library, which many programs know.

/** @param {Satchel.Item} item @returns {Satchel.CloudinaryAsset} */
function cloudinaryAsset(item) {
  const { url, width, height, bytes, mime } = shown(item);
  const format = mime.split("/")[1]?.split("+")[0] ?? "";
  return {
    public_id: item.id,
    resource_type: item.kind === "image" ? "image" : /^(video|audio)$/.test(item.kind) ? "video" : "raw",
    type: "upload",
    format: format === "jpeg" ? "jpg" : format,
    version: item.version,
    url,
    secure_url: url,
    width,
    height,
    bytes,
    tags: [],
    metadata: [],
    context: { custom: { alt: item.alt, caption: item.name } },
    access_mode: "public",
    derived: item.variant ? [{ url, secure_url: url }] : [],
    satchel: item,
  };
}

/**
 * @param {Satchel.MediaLibraryConfig} config
 * @param {Satchel.MediaLibraryHandlers} [handlers]
 * @param {string | Element | null} [button]
 * @returns {Satchel.MediaLibrary}
 */
function createMediaLibrary(config, handlers = {}, button) {
  const find = (/** @type {string | Element | null | undefined} */ what) =>
    typeof what === "string" ? document.querySelector(what) : what;
  const opener = find(button);
  /** @type {{ end(): void } | undefined} */
  let shows;

  /**
   * A handler of the host may throw: that is told, and the library goes on.
   * @param {keyof Satchel.MediaLibraryHandlers} name
   * @param {Satchel.Selection} [selection]
   */
  async function hand(name, selection) {
    try {
      const assets = selection?.items.map(cloudinaryAsset) ?? [];
      await handlers[name]?.({ assets });
    } catch (error) {
      report(error, opener ?? document);
    }
  }

  /** @param {Satchel.ShowOptions} more @returns {Satchel.Options} */
  function options(more) {
    // Elsewhere folders are paths; here they are ids, and other ones begin at the top.
    const path = typeof more.folder === "object" ? more.folder.path : more.folder;
    const folder = path && TAKEN.folder?.test(path) ? path : undefined;
    return {
      ...config,
      ...more,
      folder: folder ?? config.folder,
      multiple: more.multiple ?? config.multiple ?? true,
      max: more.max_files ?? config.max_files ?? config.max,
    };
  }

  /** @param {Element} container @param {Satchel.ShowOptions} more */
  function showInline(container, more) {
    const host = document.createElement("div");
    const stage = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(stage);
    host.style.height = "100%";
    container.append(host);
    const picker = stay(options(more), stage, {
      opened() {},
      selected: (selection) => void hand("insertHandler", selection),
      cancelled: () => library.hide(),
      problem: (problem) => config.onProblem?.(problem),
      failed: (error) => report(error, container),
    });
    return {
      end() {
        picker.end();
        host.remove();
      },
    };
  }

  const library = {
    /** @param {Satchel.ShowOptions} [more] */
    async show(more = {}) {
      if (shows) return;
      const container = find(config.inline_container);
      void hand("showHandler");
      if (container) {
        shows = showInline(container, more);
        return;
      }
      const leaving = new AbortController();
      shows = { end: () => leaving.abort() };
      try {
        const selection = await openPicker({ ...options(more), signal: leaving.signal });
        if (selection) await hand("insertHandler", selection);
      } catch (error) {
        report(error, opener ?? document);
      }
      shows = undefined;
      void hand("hideHandler");
    },
    hide() {
      const isInline = !!config.inline_container && !!shows;
      shows?.end();
      if (!isInline) return;
      shows = undefined;
      void hand("hideHandler");
    },
  };
  if (opener instanceof HTMLElement && config.button_caption) opener.textContent = config.button_caption;
  if (opener && config.button_class) opener.classList.add(...config.button_class.split(/\s+/).filter(Boolean));
  opener?.addEventListener("click", () => void library.show());
  return library;
}

/**
 * @param {Satchel.MediaLibraryConfig} config
 * @param {Satchel.MediaLibraryHandlers} [handlers]
 */
function openMediaLibrary(config, handlers) {
  const library = createMediaLibrary(config, handlers);
  void library.show();
  return library;
}
