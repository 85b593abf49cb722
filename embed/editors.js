// Editors that take the picker as their own.

/** Opens the picker for an editor, which knows nothing to do with an error. @param {Satchel.Options} options */
async function pick(options) {
  try {
    return await openPicker(options);
  } catch (error) {
    report(error);
    return null;
  }
}

/** @param {Satchel.Options} options @returns {Satchel.TinyMceOptions} */
function tinymce(options) {
  /** Which asset lies at an address: TinyMCE's dialogs carry addresses only. @type {Map<string, string>} */
  const known = new Map();
  const whole = (/** @type {unknown} */ url) =>
    URL.canParse(text(url), document.baseURI) ? new URL(text(url), document.baseURI).href : "";
  const learn = (/** @type {Satchel.Item} */ item) => known.set(whole(shown(item).url), shown(item).id);

  return {
    file_picker_types: "file image media",
    async file_picker_callback(callback, _value, meta) {
      const kinds =
        { image: ["image"], media: ["video", "audio"] }[/** @type {string} */ (meta?.filetype)] ?? options.kinds;
      const item = await pick({ ...options, kinds, multiple: false });
      if (!item) return;
      learn(item);
      const { url, width, height } = shown(item);
      if (meta?.filetype === "file") callback(url, { text: item.name });
      else if (meta?.filetype === "media") callback(url, {});
      else
        callback(url, { alt: item.alt, ...(width && height ? { width: String(width), height: String(height) } : {}) });
    },
    setup(editor) {
      editor.on("PreInit", () => {
        editor.parser.addAttributeFilter(MARK, (/** @type {any[]} */ nodes) => {
          for (const node of nodes) known.set(whole(node.attr("src") ?? node.attr("href")), node.attr(MARK));
        });
        editor.serializer.addAttributeFilter("src,href", (/** @type {any[]} */ nodes, /** @type {string} */ name) => {
          for (const node of nodes) {
            const [id, marked] = [known.get(whole(node.attr(name))), node.attr(MARK)];
            // Another address was put in by hand: it is that asset no more.
            if (!id && marked && [...known.values()].includes(marked)) node.attr(MARK, null);
            if (id) node.attr(MARK, id);
          }
        });
      });
      editor.ui.registry.addButton("satchel", {
        icon: "gallery",
        tooltip: TEXTS[locale(options.locale)].title,
        async onAction() {
          const selection = await pick(options);
          selection?.items.forEach(learn);
          if (selection) editor.insertContent(selection.items.map(html).join(" "));
          editor.focus();
        },
      });
    },
  };
}

/** @param {Satchel.CKEditorOptions} options @returns {any} */
function ckeditor5({ ButtonView = /** @type {any} */ (window).CKEDITOR?.ButtonView, ...options }) {
  const ICON =
    '<svg viewBox="0 0 20 20" xmlns="http://www.w3.org/2000/svg"><path d="M3 3h14v14H3zm1.5 1.5v8l3-3 3.5 3.5 2-2 2.5 2.5v-9zM13 6a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z"/></svg>';

  return class SatchelPlugin {
    static pluginName = "Satchel";

    /** @param {any} editor */
    constructor(editor) {
      this.editor = editor;
    }

    /** After all others: what they know of images and links is extended. */
    afterInit() {
      const { conversion, model, plugins, ui, commands } = this.editor;
      const images = ["imageBlock", "imageInline"].filter((name) => model.schema.isRegistered(name));
      for (const name of images) model.schema.extend(name, { allowAttributes: "satchelAsset" });
      model.schema.extend("$text", { allowAttributes: "satchelLink" });
      const value = (/** @type {any} */ view) => view.getAttribute(MARK);
      conversion.for("downcast").attributeToAttribute({ model: "satchelAsset", view: MARK });
      conversion.for("upcast").elementToAttribute({
        view: { name: /^(img|figure)$/, attributes: { [MARK]: /.+/ } },
        model: { key: "satchelAsset", value },
      });
      conversion.for("downcast").attributeToElement({
        model: "satchelLink",
        view: (/** @type {string} */ id, /** @type {any} */ { writer }) => {
          if (!id) return null;
          const link = writer.createAttributeElement("a", { [MARK]: id }, { priority: 5 });
          writer.setCustomProperty("link", true, link);
          return link;
        },
        converterPriority: "low",
      });
      conversion.for("upcast").elementToAttribute({
        view: { name: "a", attributes: { [MARK]: /.+/ } },
        model: { key: "satchelLink", value },
      });
      if (!ButtonView || !ui) return;
      ui.componentFactory.add("satchel", () => this.button(options));
      const pictures = { ...options, kinds: ["image"] };
      if (plugins.has("ImageInsertUI")) {
        plugins.get("ImageInsertUI").registerIntegration({
          name: "assetManager",
          observable: () => commands.get("insertImage"),
          buttonViewCreator: () => this.button(pictures),
          formViewCreator: () => this.button(pictures, true),
          menuBarButtonViewCreator: () => this.button(pictures, true),
        });
      }
    }

    /** @param {Satchel.Options} wanted */
    button(wanted, withText = false) {
      const button = new ButtonView(this.editor.locale);
      button.set({ label: TEXTS[locale(wanted.locale)].title, icon: ICON, tooltip: !withText, withText });
      button.bind("isEnabled").to(this.editor, "isReadOnly", (/** @type {boolean} */ isReadOnly) => !isReadOnly);
      button.on("execute", () => void this.insert(wanted));
      return button;
    }

    /** @param {Satchel.Options} wanted */
    async insert(wanted) {
      const { editor } = this;
      const selection = await pick(wanted);
      const { model } = editor;
      model.change((/** @type {any} */ writer) => {
        for (const [index, item] of (selection?.items ?? []).entries()) {
          const { id, url, width, height } = shown(item);
          // What was put in last is selected, and would be replaced.
          const last = model.document.selection.getSelectedElement();
          if (index > 0 && last) writer.setSelection(last, "after");
          if (item.kind === "image" && editor.commands.get("insertImage")) {
            const size = width && height ? { width: String(width), height: String(height) } : {};
            editor.execute("insertImage", { source: [{ src: url, alt: item.alt, satchelAsset: id, ...size }] });
          } else {
            model.insertContent(writer.createText(item.name, { linkHref: url, satchelLink: id }));
          }
        }
      });
      editor.editing.view.focus();
    }
  };
}

/** @param {Satchel.Options} options @returns {Satchel.GrapesJsOptions} */
function grapesjs(options) {
  /** @type {AbortController | undefined} */
  let leaving;
  return {
    custom: {
      async open(props) {
        leaving = new AbortController();
        const item = await pick({
          ...options,
          kinds: kindsOf(props.types) ?? options.kinds,
          multiple: false,
          signal: leaving.signal,
        });
        leaving = undefined;
        if (item) {
          const { id, url, width, height } = shown(item);
          // A component is marked; the background of a style has nothing to mark.
          props.options?.target?.addAttributes?.({ [MARK]: id, ...(item.alt ? { alt: item.alt } : {}) });
          props.select({ type: "image", src: url, name: item.name, width, height }, true);
        }
        props.close();
      },
      close() {
        leaving?.abort();
      },
    },
  };
}
