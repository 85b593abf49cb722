// Opens the picker as a page of another program does, and writes what such a page needs.
const form = document.querySelector("#try-picker");
const told = document.querySelector("#picker-told");
const write = (id, text) => (document.getElementById(id).textContent = text);

function asked() {
  const fields = new FormData(form);
  return { placement: fields.get("placement"), kinds: fields.getAll("kind"), multiple: fields.has("multiple") };
}

function show() {
  const { placement, kinds, multiple } = asked();
  const words = ["<satchel-picker", 'session-url="/satchel-session"'];
  if (placement) words.push(`placement="${placement}"`);
  if (kinds.length > 0) words.push(`kinds="${kinds.join(" ")}"`);
  if (multiple) words.push("multiple");
  write("picker-element", `${words.join(" ")}></satchel-picker>`);
}

// Without `share`: trying makes nothing public.
async function begin() {
  const answer = await fetch("/api/v1/embed/sessions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ origin: location.origin, scopes: ["browse", "upload", "crop"] }),
  });
  const session = await answer.json();
  if (!answer.ok) throw new Error(session.detail);
  return session;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  told.textContent = "";
  const { theme } = document.documentElement.dataset;
  const look = { locale: document.documentElement.lang, theme: theme === "system" ? "auto" : theme };
  try {
    const selection = await Satchel.open({ session: begin, ...asked(), ...look });
    document.querySelector("#picker-answer").hidden = !selection;
    if (!selection) told.textContent = form.dataset.nothing;
    write("picker-selection", JSON.stringify(selection, null, 2));
    write("picker-html", selection?.items.map(Satchel.html).join("\n") ?? "");
  } catch (error) {
    told.textContent = error.message;
  }
});
form.addEventListener("change", show);
show();

for (const site of document.querySelectorAll("[data-site]")) site.textContent = Satchel.origin;

for (const button of document.querySelectorAll("[data-copy]")) {
  // Browsers let secure pages alone write there.
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = told.textContent = form.dataset.copied;
  });
}
