// Keys for the queue: j and k go down and up, Enter opens (it is a link), c asks and claims when pressed again.
// Off until switched on, because whoever dictates speaks single letters. Only an addition: without this file
// everything is reached by Tab. The choice stays in this browser.
const KEPT = "nexus-queue-keys";
const box = document.querySelector("[data-nexus-keys]");
const rows = [...document.querySelectorAll("[data-nexus-row]")];
const said = box?.querySelector("[role=status]");
const button = box?.querySelector("button");

function on() {
  return localStorage.getItem(KEPT) === "on";
}

function tell() {
  box.querySelector("[data-nexus-keys-on]").hidden = !on();
  button.textContent = on() ? "Switch these keys off" : "Switch on keys for this list";
}

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(step) {
  const last = rows.length - 1;
  const next = here() < 0 ? (step > 0 ? 0 : last) : Math.min(Math.max(here() + step, 0), last);
  rows[next]?.querySelector("a").focus();
}

// The claim that was asked about; any other key lets go of it.
let asked = null;

function claim(repeated) {
  const row = rows[here()];
  if (!row) return (said.textContent = "Go to a referral first: press j.");
  const claims = row.querySelector("[data-nexus-claim]");
  if (!claims) return (said.textContent = "This referral cannot be claimed.");
  if (asked === claims) return repeated || claims.click();
  asked = claims;
  said.textContent = `${claims.textContent.trim()}? Press c again to claim it.`;
}

function letGo() {
  if (asked) said.textContent = "";
  asked = null;
}

// A key held down asks, and claims nothing.
const keys = { j: () => go(1), k: () => go(-1), c: claim };

if (box && rows.length) {
  box.hidden = false;
  tell();
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, on() ? "off" : "on");
    tell();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key !== "c" || typing) letGo();
    if (!on() || typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](event.repeat);
  });
}
