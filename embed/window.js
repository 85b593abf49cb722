// What the page sees.

window.Satchel = Object.freeze({
  version: VERSION,
  origin: HOME,
  open: openPicker,
  html,
  createMediaLibrary,
  openMediaLibrary,
  tinymce,
  ckeditor5,
  grapesjs,
});
if (!customElements.get("satchel-picker")) customElements.define("satchel-picker", SatchelPicker);
