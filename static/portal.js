// What a page does beyond plain HTML: puts the focus where a person needs it. Everything works without this file.
(() => {
  "use strict";

  const focusErrors = (root) => {
    const summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  };

  document.addEventListener("DOMContentLoaded", () => focusErrors(document));
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));

  // What is closed on the screen is on the paper too, also where the browser cannot do it by style alone.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
    opened = [];
  });

  // A link in the summary goes to the field itself, so that the person can write at once.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const input = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
    (input || field).focus();
    (input || field).scrollIntoView({ block: "center" });
  });
})();
