// Starts govuk-frontend, whose address (with its hash) stands on this script's own element.
// Everything works without this file.
const script = document.querySelector("script[data-govuk-frontend]");
const { initAll } = await import(script.dataset.govukFrontend);
initAll();

// On a narrow screen the filters come before the list, so they start folded there.
if (matchMedia("(max-width: 48em)").matches) {
  for (const panel of document.querySelectorAll("details[data-nexus-filter]")) panel.open = false;
}
