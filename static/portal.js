// What a page does beyond plain HTML: puts the focus where a person needs it. Everything works without this file.
(() => {
  "use strict";

  const focusErrors = (root) => {
    const summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  };

  document.addEventListener("DOMContentLoaded", () => focusErrors(document));
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));

  // A part of the page that htmx could not renew says so where it stands, and keeps what is written in it.
  const LOGIN = "/konto/logga-in/";
  const tell = (place, ...words) => {
    const note = document.createElement("p");
    note.className = "note note-warn";
    note.dataset.told = "";
    note.setAttribute("role", "alert");
    note.append(...words);
    for (const old of place.querySelectorAll("[data-told]")) old.remove();
    place.prepend(note);
  };
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, (event) => {
      tell(event.detail.target, "Det gick inte. Pröva igen, eller ladda om sidan. Det du skrev finns kvar här.");
    });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!(event.detail.xhr.responseURL || "").includes(LOGIN)) return;
    event.detail.shouldSwap = false;
    event.detail.isError = false;
    const link = document.createElement("a");
    Object.assign(link, { href: LOGIN, textContent: "Logga in i en ny flik", target: "_blank", rel: "noopener" });
    tell(event.detail.target, "Du har loggats ut. ", link, " och försök igen. Det du skrev finns kvar.");
  });

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
