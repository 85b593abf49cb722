// What people are told, in each language.

/** @type {Record<Satchel.Locale, { title: string, choose: string, opening: string, silent: string, close: string }>} */
const TEXTS = {
  en: {
    title: "Media library",
    choose: "Choose a file",
    opening: "Opening the library…",
    silent: "The library does not answer. Close this and try again.",
    close: "Close",
  },
  "pt-BR": {
    title: "Biblioteca de mídia",
    choose: "Escolher arquivo",
    opening: "Abrindo a biblioteca…",
    silent: "A biblioteca não responde. Feche e tente de novo.",
    close: "Fechar",
  },
};
