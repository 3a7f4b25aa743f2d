// Starts govuk-frontend, whose address (with its hash) stands on this script's own element.
// Everything works without this file.
const script = document.querySelector("script[data-govuk-frontend]");
const { initAll } = await import(script.dataset.govukFrontend);
initAll();

// Filters beside a list are open, filters before it (on a phone, or a window made narrow) folded. Until
// this runs, and where it never does, the stylesheet shows them beside a list: the mark is for its rule.
const beside = matchMedia("(min-width: 48.0625em)");
const panels = document.querySelectorAll("details[data-nexus-filter]");
const unfold = () => panels.forEach((panel) => (panel.open = beside.matches));
unfold();
panels.forEach((panel) => panel.removeAttribute("data-nexus-filter"));
beside.addEventListener("change", unfold);

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
