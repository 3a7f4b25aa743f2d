// Answers by single keys on a review page. An addition: the buttons work without it, and it is off until switched on.
const form = document.querySelector("form[data-nexus-keys]");
const wanted = document.getElementById("keys");
const REMEMBERED = "nexus-review-keys";

if (form && wanted) {
  wanted.closest("[data-nexus-keys-switch]").hidden = false;
  wanted.checked = localStorage.getItem(REMEMBERED) === "on";
  announce();
  wanted.addEventListener("change", () => {
    localStorage.setItem(REMEMBERED, wanted.checked ? "on" : "off");
    announce();
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
    if (!wanted.checked || busy || event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    const button = form.querySelector(`[data-nexus-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}

// Screen readers say the key with its button.
function announce() {
  for (const button of form.querySelectorAll("[data-nexus-key]")) {
    if (wanted.checked) button.setAttribute("aria-keyshortcuts", button.dataset.nexusKey.toUpperCase());
    else button.removeAttribute("aria-keyshortcuts");
  }
}
