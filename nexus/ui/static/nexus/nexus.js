// Starts govuk-frontend, whose address (with its hash) stands on this script's own element.
// Everything works without this file.
const script = document.querySelector("script[data-govuk-frontend]");
const { initAll } = await import(script.dataset.govukFrontend);
initAll();

// On a narrow screen the filters come before the list, so they start folded there.
if (matchMedia("(max-width: 48em)").matches) {
  for (const panel of document.querySelectorAll("details[data-nexus-filter]")) panel.open = false;
}

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
