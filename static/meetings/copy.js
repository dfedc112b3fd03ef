// A button that copies what stands in a field. Without this file, or where copying is not allowed, the button is not there.
(() => {
  "use strict";

  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const told = document.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "Adressen är kopierad.";
      } catch {
        field.select();
        told.textContent = "Det gick inte att kopiera. Adressen är markerad, kopiera den själv.";
      }
    });
  }
})();
