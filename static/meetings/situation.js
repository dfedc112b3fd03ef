// Reporting to Örat mot marken: another block without a round to the server, and days with one tap.
// Without this file each observation is saved by itself, and the dates are written.
(() => {
  "use strict";

  const blocksOf = (form) => form.querySelectorAll("[data-blocks] [data-block]");

  const nextNumber = (form) => {
    const numbers = [...blocksOf(form)].map((block) => parseInt(block.querySelector("[name]").name, 10));
    return Math.max(...numbers) + 1;
  };

  const keep = (from, to, name) => {
    const value = from.querySelector(`[name$="-${name}"]:checked, input[type=date][name$="-${name}"]`);
    if (!value) return;
    const same = [...to.querySelectorAll(`[name$="-${name}"]`)].find(
      (input) => input.type === "date" || input.value === value.value
    );
    if (!same) return;
    if (same.type === "date") same.value = value.value;
    else same.checked = true;
  };

  const addBlock = (form) => {
    const most = Number(form.dataset.most);
    const blocks = blocksOf(form);
    if (blocks.length >= most) return;
    const number = nextNumber(form);
    const fragment = form.querySelector("template").content.cloneNode(true);
    for (const element of fragment.querySelectorAll("[id], [for], [name], [aria-describedby]")) {
      for (const attribute of ["id", "for", "name", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replaceAll("nummer-", `${number}-`));
      }
    }
    const block = fragment.querySelector("[data-block]");
    block.querySelector("[data-number]").textContent = blocks.length + 1;
    for (const name of ["area", "occurred_from", "occurred_to"]) keep(blocks[blocks.length - 1], block, name);
    show(block);
    form.querySelector("[data-blocks]").append(block);
    form.querySelector("[name=number]").value = number + 1;
    const first = block.querySelector("input");
    if (first) first.focus();
    block.scrollIntoView({ block: "start" });
    if (blocks.length + 1 >= most) form.querySelector("[data-add-block]").hidden = true;
  };

  const show = (root) => {
    for (const element of root.querySelectorAll(".quick-days")) element.hidden = false;
    const add = root.querySelector("[data-add-block]");
    if (add) add.hidden = false;
  };

  document.addEventListener("DOMContentLoaded", () => show(document));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-block], [data-days]");
    if (!button) return;
    if (button.hasAttribute("data-add-block")) return addBlock(button.form);
    const [first, last] = button.dataset.days.split(" ");
    const block = button.closest("[data-block]");
    block.querySelector("[name$=occurred_from]").value = first;
    block.querySelector("[name$=occurred_to]").value = last || first;
  });

  // The usual case is one day: the last follows the first until it is changed by itself.
  document.addEventListener("change", (event) => {
    if (!event.target.name || !event.target.name.endsWith("occurred_from")) return;
    const last = event.target.form.elements[event.target.name.replace("_from", "_to")];
    if (last && last.value < event.target.value) last.value = event.target.value;
  });

  // Signed out meanwhile: the answer is the page to sign in, which then shows what was written.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "rapportera" || event.detail.xhr.responseText.includes('id="rapportera"')) return;
    event.detail.shouldSwap = false;
    if (event.detail.xhr.status < 400) location.assign(event.detail.xhr.responseURL);
  });

  // A report in place: the next one is written at once, or what is wrong is read.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "rapportera") return;
    const section = document.getElementById("rapportera");
    const first = section && (section.querySelector(".error-summary") || section.querySelector("select, textarea"));
    if (first) first.focus();
  });
})();
