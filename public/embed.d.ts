// What /embed.js gives to a page. A classic script: these names are global.
// Copy this file into a project, or take it from the Satchel that serves the script: /embed.d.ts.

declare namespace Satchel {
  type Kind = "image" | "video" | "audio" | "document" | "contact";
  type Locale = "en" | "pt-BR";
  type Theme = "light" | "dark" | "auto";
  /** How a file would do in the placement that was asked for. */
  type Verdict = "fits" | "cut" | "too_small" | "refused" | "unsure";

  /** What `POST /api/v1/embed/sessions` answered to the host's backend; the rest of it does not matter here. */
  interface Session {
    id: string;
    token: string;
  }

  interface Options {
    /**
     * A session, made by the host's backend for this page's origin:
     * - a function that gets one, asked again when a session is about to end (`"renew"`);
     * - an address of the host that answers one to a POST with the page's cookies;
     * - a session itself, good for opening the picker once; it ends when it ends.
     */
    session: Session | string | ((reason: "open" | "renew") => Session | Promise<Session>);
    /** The place in a message that a file is wanted for, such as `whatsapp-template-header`. */
    placement?: string;
    /** What may be chosen; words between commas or spaces do too. */
    kinds?: string | readonly string[];
    /** Whether more than one may be chosen. */
    multiple?: boolean;
    /** How many at most, with `multiple`; never more than 100. */
    max?: number;
    /** Where the picker begins: the id of a folder. */
    folder?: string;
    /** The language; else the page's, else the browser's. */
    locale?: Locale;
    theme?: Theme;
    /** Closes the picker, which then answers `null`. */
    signal?: AbortSignal;
    /** Hears what the picker tells its reader when something goes wrong; it stays open. */
    onProblem?: (problem: Problem) => void;
  }

  /** Bytes at an address. */
  interface File {
    /** The asset: `ast_…`. */
    id: string;
    /** Public and stable: it survives that the asset is renamed, moved, cropped or replaced. */
    url: string;
    width: number | null;
    height: number | null;
    bytes: number;
    /** The media type. */
    mime: string;
  }

  /** One file that was chosen. */
  interface Item extends File {
    name: string;
    kind: Kind;
    /** What a screen reader says; empty where nobody wrote it. */
    alt: string;
    version: number;
    /** The placement that was asked for. */
    placement: string | null;
    verdict: Verdict | null;
    /** The copy that was made for the placement: what to insert, where there is one. */
    variant: File | null;
  }

  /** What was chosen: the first file, and all of them in the order they were chosen. */
  interface Selection extends Item {
    items: Item[];
  }

  /**
   * What went wrong. Of this script's own: `no_session`, `no_origin`, `no_answer`, `already_open`,
   * `invalid_option`, `lost`, `malformed`; other codes are the picker's.
   */
  interface Problem extends Error {
    code: string;
  }

  /** An asset in the shape of Cloudinary's media library. */
  interface CloudinaryAsset {
    public_id: string;
    resource_type: "image" | "video" | "raw";
    type: "upload";
    format: string;
    version: number;
    url: string;
    secure_url: string;
    width: number | null;
    height: number | null;
    bytes: number;
    tags: string[];
    metadata: unknown[];
    context: { custom: { alt: string; caption: string } };
    access_mode: "public";
    derived: { url: string; secure_url: string }[];
    /** The same as Satchel tells it. */
    satchel: Item;
  }

  interface ShowOptions extends Partial<Omit<Options, "session" | "folder">> {
    folder?: string | { path: string };
    max_files?: number;
  }

  interface MediaLibraryConfig extends Options {
    max_files?: number;
    /** An element that the library is shown in, instead of a dialog. */
    inline_container?: string | Element;
    button_class?: string;
    button_caption?: string;
  }

  interface MediaLibraryHandlers {
    insertHandler?: (data: { assets: CloudinaryAsset[] }) => unknown;
    showHandler?: (data: { assets: CloudinaryAsset[] }) => unknown;
    hideHandler?: (data: { assets: CloudinaryAsset[] }) => unknown;
  }

  interface MediaLibrary {
    show(options?: ShowOptions): Promise<void>;
    hide(): void;
  }

  /** Part of what `tinymce.init` takes. */
  interface TinyMceOptions {
    file_picker_types: string;
    file_picker_callback(
      callback: (url: string, meta?: Record<string, string>) => void,
      value: string,
      meta: Record<string, any>,
    ): Promise<void>;
    /** Marks what is inserted, and adds the button `satchel`; call it from a `setup` of your own. */
    setup(editor: any): void;
  }

  interface CKEditorOptions extends Options {
    /** The class of CKEditor's buttons, where it is not on a global `CKEDITOR`. */
    ButtonView?: any;
  }

  /** Part of what `grapesjs.init` takes: its `assetManager`. */
  interface GrapesJsOptions {
    custom: { open(props: any): Promise<void>; close(props?: any): void };
  }

  interface Api {
    readonly version: string;
    /** Where Satchel is. */
    readonly origin: string;
    /** Opens the picker; `null` where people chose nothing. */
    open(options: Options): Promise<Selection | null>;
    /** A file as HTML that carries `data-satchel-asset`. */
    html(item: Item): string;
    createMediaLibrary(
      config: MediaLibraryConfig,
      handlers?: MediaLibraryHandlers,
      button?: string | Element | null,
    ): MediaLibrary;
    openMediaLibrary(config: MediaLibraryConfig, handlers?: MediaLibraryHandlers): MediaLibrary;
    tinymce(options: Options): TinyMceOptions;
    /** A plugin for CKEditor 5. */
    ckeditor5(options: CKEditorOptions): any;
    grapesjs(options: Options): GrapesJsOptions;
  }

  interface PickerElement extends HTMLElement {
    session: Options["session"] | undefined;
    /** What its attributes say. */
    readonly options: Options;
    open(): Promise<Selection | null>;
  }
}

declare const Satchel: Satchel.Api;

interface Window {
  Satchel: Satchel.Api;
}

interface HTMLElementTagNameMap {
  "satchel-picker": Satchel.PickerElement;
}

interface HTMLElementEventMap {
  "satchel-select": CustomEvent<Satchel.Selection>;
  "satchel-cancel": CustomEvent<null>;
  "satchel-error": CustomEvent<Satchel.Problem>;
}
