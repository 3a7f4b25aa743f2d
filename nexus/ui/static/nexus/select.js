// Words that are selected in a statement are put into the form beside it, with where they stand. Only an addition:
// without this file they are typed. Nothing of them goes into an address.
const section = document.querySelector("[data-nexus-select]");
const passage = document.querySelector("input[name=passage]");
const place = document.querySelector("input[name=found_in]");

if (section && passage && place) {
  section.querySelector("[data-nexus-select-hint]").hidden = false;
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen.toString().replace(/\s+/g, " ").trim();
    const paragraph = chosen.anchorNode?.parentElement?.closest("[data-nexus-place]");
    if (!words || words.length > passage.maxLength && passage.maxLength > 0 || !paragraph) return;
    passage.value = words;
    place.value = paragraph.dataset.nexusPlace;
  });
}
