// Starts govuk-frontend, whose address (with its hash) stands on this script's own element.
// Everything works without this file.
const script = document.querySelector("script[data-govuk-frontend]");
const { initAll } = await import(script.dataset.govukFrontend);
initAll();

// A page that shows progress looks again by itself. Only its live parts change, so focus and the place
// being read stay. It stops when nothing moves any more, and after ten minutes: nobody is watching.
const main = document.querySelector("main[data-refresh-after]");
if (main) lookAgain(Number(main.dataset.refreshAfter), Date.now() + 10 * 60 * 1000);

async function lookAgain(seconds, until) {
  while (seconds && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const answer = await fetch(location.href, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-nexus-live][id]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML) continue;
      part.replaceChildren(...fresh.childNodes);
      initAll({ scope: part });
    }
    seconds = Number(page.querySelector("main")?.dataset.refreshAfter ?? 0);
  }
}

// A note names a colleague by @ and part of the name: while it is typed, those who match can be chosen.
const colleagues = document.querySelector("[data-nexus-colleagues]");
const note = colleagues?.closest("form").querySelector("textarea");
if (note) offerNames(note, Array.from(colleagues.children, (item) => item.textContent));

function offerNames(note, people) {
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const offer = document.createElement("div");
  offer.className = "govuk-button-group govuk-!-margin-top-2";
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  note.after(offer, said);
  const begun = () => note.value.slice(0, note.selectionStart).match(/(?<![\p{L}\p{N}_@.])@(\p{L}[\p{L}'’-]*)$/u);
  const choose = (person) => {
    const from = note.selectionStart - begun()[0].length;
    note.setRangeText(`@${person.split(",")[0]} `, from, note.selectionStart, "end");
    note.focus();
    note.dispatchEvent(new Event("input"));
  };
  const button = (person) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-2";
    made.textContent = person;
    made.addEventListener("click", () => choose(person));
    return made;
  };
  note.addEventListener("input", () => {
    const wanted = begun() && plain(begun()[1]);
    const fits = (person) => plain(person.split(",")[0]).split(/[ -]/).some((part) => part.startsWith(wanted));
    const found = wanted ? people.filter(fits).slice(0, 5) : [];
    offer.replaceChildren(...found.map(button));
    said.textContent = found.length ? `${found.length} ${found.length === 1 ? "colleague" : "colleagues"} to choose below the note` : "";
  });
}

// What is typed into a form is kept on the server two seconds after the last key, and when the page is left.
for (const mark of document.querySelectorAll("[data-nexus-draft]")) keepDraft(mark.closest("form"), mark);

function keepDraft(form, mark) {
  const words = mark.querySelector("[role=status]");
  const secret = (name) => name === "step" || form.querySelector(`input[type=password][name="${CSS.escape(name)}"]`);
  let due = 0;
  let changed = false;
  let sent = new AbortController();
  const typed = () => {
    const all = new FormData(form);
    for (const [name, value] of [...all]) if (value instanceof File || secret(name)) all.delete(name);
    all.set("draft_of", location.pathname);
    return all;
  };
  const save = async () => {
    changed = false;
    sent = new AbortController();
    const asked = { method: "POST", body: typed(), headers: { Accept: "application/json" }, signal: sent.signal };
    const answer = await fetch(mark.dataset.nexusDraft, asked).catch(() => null);
    if (sent.signal.aborted) return;
    const found = await answer?.json().catch(() => null); // nothing, where the page was left before it had come
    const saved = answer?.ok && found?.saved_at;
    if (saved) document.dispatchEvent(new Event("nexus-kept"));
    if (saved) words.textContent = `Draft saved ${saved}. It is not saved in the record yet.`;
    else if (answer?.status === 401) words.textContent = "You have been signed out. What you type now is not kept: sign in again in another tab, then go on.";
    else words.textContent = found?.reasons?.join(" ") || "The draft could not be saved. Save the page before you leave it.";
  };
  const note = () => {
    changed = true;
    clearTimeout(due);
    due = setTimeout(save, 2000);
  };
  form.addEventListener("input", note);
  // Typed before this ran, or put back by the browser: on a slow line somebody types before the script has come.
  const box = (each) => each.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file], [type=password])");
  if ([...form.elements].some((each) => box(each) && each.value !== each.defaultValue)) note();
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(due);
    sent.abort();
  });
  addEventListener("pagehide", () => {
    if (changed) navigator.sendBeacon(mark.dataset.nexusDraft, typed());
    changed = false;
  });
}

// Two minutes before somebody is signed out, a dialog offers to stay. Any page of theirs counts, in every tab.
const session = document.querySelector("dialog[data-nexus-session]");
if (session) warnInTime(session);

function warnInTime(dialog) {
  const WARNING = 120;
  const PRESSED = "nexus-last-press";
  const idle = Number(dialog.dataset.nexusSession);
  const over = Date.now() + Number(dialog.dataset.until) * 1000;
  const pressed = () => localStorage.setItem(PRESSED, String(Date.now()));
  const ends = () => Math.min(Number(localStorage.getItem(PRESSED)) + idle * 1000, over);
  const look = () => {
    const left = (ends() - Date.now()) / 1000;
    const isOver = ends() === over;
    dialog.querySelector("[data-over]").hidden = !isOver;
    dialog.querySelector("[data-idle]").hidden = isOver;
    dialog.querySelector("[data-nexus-stay]").textContent = isOver ? "Close" : "Stay signed in";
    if (left > WARNING && dialog.open) dialog.close();
    if (left <= WARNING && left > 0 && !dialog.open && !dialog.dataset.closed) dialog.showModal();
  };
  dialog.querySelector("[data-nexus-stay]").addEventListener("click", async () => {
    if (ends() === over) dialog.dataset.closed = "yes";
    else {
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(dialog.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
      if (answer?.ok) pressed();
    }
    dialog.close();
  });
  document.addEventListener("nexus-kept", pressed);
  pressed();
  setInterval(look, 5000);
}

// A security key or passkey answers what the page asks, and the form goes on with its answer.
for (const part of document.querySelectorAll(".nexus-key[data-nexus-key]")) if (window.PublicKeyCredential) offerKey(part);

function offerKey(part) {
  const form = part.closest("form");
  const words = part.querySelector("[role=status]");
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const asked = () => {
    const { publicKey } = JSON.parse(part.dataset.options);
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    for (const each of [...(publicKey.allowCredentials ?? []), ...(publicKey.excludeCredentials ?? [])]) each.id = bytes(each.id);
    return { publicKey };
  };
  const plain = (made) => {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
      if (made.response[name]) response[name] = text(made.response[name]);
    return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
  };
  part.hidden = false;
  part.querySelector("button").addEventListener("click", async () => {
    words.textContent = "Touch your key when it blinks.";
    const made = await navigator.credentials[part.dataset.nexusKey](asked()).catch(() => null);
    if (!made) return void (words.textContent = "The key did not answer. Try again, or use a code.");
    form.elements[part.dataset.into].value = JSON.stringify(plain(made));
    form.submit();
  });
}
