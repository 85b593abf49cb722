// What is put into a message.

// In a document of its own nothing is loaded by being made.
const desk = document.implementation.createHTMLDocument("");

/** @param {Satchel.Item} item */
function html(item) {
  const file = shown(item);
  const element = desk.createElement(
    { image: "img", video: "video", audio: "audio" }[/** @type {string} */ (item.kind)] ?? "a",
  );
  element.setAttribute(element.localName === "a" ? "href" : "src", file.url);
  if (element.localName === "img") element.setAttribute("alt", item.alt);
  if (element.localName === "a") element.textContent = item.name;
  if (/^(video|audio)$/.test(element.localName)) element.setAttribute("controls", "");
  if (/^(video|img)$/.test(element.localName) && file.width && file.height) {
    element.setAttribute("width", String(file.width));
    element.setAttribute("height", String(file.height));
  }
  element.setAttribute(MARK, file.id);
  return element.outerHTML;
}
