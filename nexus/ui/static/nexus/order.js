// Lines of a table are put in order by dragging; the order is saved as the line is let go. Only an addition: each line
// has its Up and Down buttons, which work by keyboard and without this file.
const form = document.getElementById("order");
let dragged = null;

for (const row of document.querySelectorAll("[data-nexus-order] [data-nexus-entry]")) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.nexusEntry);
  });
  row.addEventListener("dragover", (event) => {
    if (dragged?.parentElement === row.parentElement) event.preventDefault();
  });
  row.addEventListener("drop", (event) => {
    if (!dragged || dragged === row || dragged.parentElement !== row.parentElement) return;
    event.preventDefault();
    const below = event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;
    row[below ? "after" : "before"](dragged);
    const rows = row.parentElement.querySelectorAll("[data-nexus-entry]");
    form.elements.order.value = Array.from(rows, (each) => each.dataset.nexusEntry).join(",");
    form.requestSubmit();
  });
}
