// Minutes that save themselves while they are written, together with what others write at the same time.
// Without this file each item has a button. What is not saved yet is kept in the tab until it is.
(() => {
  "use strict";

  const PAUSE = 1000;
  const POLL = 10000;
  const LOGIN = "/konto/logga-in/";
  const page = document.querySelector(".meeting-page[data-user]");
  if (!page) return;

  const user = page.dataset.user;
  let token = (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const isSignedOut = (answer) => answer.type === "opaqueredirect" || answer.redirected || answer.status === 401;
  const clock = () => new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

  // Where a place in one text is in the other, by what the two have in common around the change.
  const moved = (place, from, to) => {
    const shortest = Math.min(from.length, to.length);
    let start = 0;
    while (start < shortest && from[start] === to[start]) start += 1;
    if (place <= start) return place;
    let end = 0;
    while (end < shortest - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
    if (place >= from.length - end) return place + to.length - from.length;
    return Math.min(place, to.length - end);
  };

  class Minutes {
    constructor(form) {
      this.form = form;
      this.key = `minutes-${user}-${form.dataset.minutes}`;
      this.area = form.querySelector("textarea");
      this.state = form.querySelector("[data-state]");
      this.trouble = form.querySelector("[data-trouble]");
      this.base = this.area.value;
      this.version = Number(form.elements.version.value);
      this.sent = [];
      this.timer = 0;
      this.isSaving = false;
      this.isClosed = false;
      this.answerToQuestion = null;
      this.refusedText = null;
      for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
      this.area.addEventListener("input", () => this.written());
      this.area.addEventListener("blur", () => this.isDirty && this.save());
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.save();
      });
      this.restore();
      this.grow();
    }

    get isDirty() {
      return this.area.value !== this.base;
    }

    say(words) {
      if (this.state.textContent !== words) this.state.textContent = words;
    }

    grow() {
      const lines = this.area.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 80), 0);
      this.area.rows = Math.max(3, Math.min(30, lines + 1));
    }

    // --- Kept in the tab until it is saved ---

    keep() {
      try {
        if (this.isDirty) {
          const { base, version, sent } = this;
          sessionStorage.setItem(this.key, JSON.stringify({ base, version, sent, text: this.area.value }));
        } else sessionStorage.removeItem(this.key);
        return true;
      } catch {
        return false;
      }
    }

    restore() {
      let kept = null;
      try {
        kept = JSON.parse(sessionStorage.getItem(this.key));
      } catch {
        return;
      }
      if (!kept || typeof kept.text !== "string" || kept.text === this.area.value) return this.keep();
      this.base = kept.base;
      this.version = kept.version;
      this.sent = Array.isArray(kept.sent) ? kept.sent : [];
      this.area.value = kept.text;
      this.say("Det du skrev fanns kvar och sparas nu.");
      this.later(0);
    }

    // --- Saving ---

    written() {
      this.keep();
      this.grow();
      this.say("Inte sparat än.");
      this.later(PAUSE);
    }

    later(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), delay);
    }

    async save() {
      clearTimeout(this.timer);
      if (this.isSaving || this.isClosed || !this.isDirty) return;
      // Refused as it stands: nothing new to send until it is changed, or the question answered.
      if (this.area.value === this.refusedText && !this.answerToQuestion) return;
      this.isSaving = true;
      const text = this.area.value;
      const body = new URLSearchParams({
        minutes: text,
        base_version: this.version,
        base_text: this.base,
        ...(this.answerToQuestion && this.answerToQuestion()),
      });
      for (const sent of this.sent) body.append("unconfirmed", sent);
      this.sent = [...this.sent, text].slice(-5);
      this.keep();
      try {
        const answer = await fetch(this.form.dataset.save, {
          method: "POST",
          body,
          headers: { "X-CSRFToken": token, Accept: "application/json" },
          credentials: "same-origin",
          redirect: "manual",
        });
        if (isSignedOut(answer)) this.signedOut();
        else if (answer.ok) this.saved(text, await answer.json());
        else if (answer.status === 422 || answer.status === 409) this.refused(text, answer.status, await answer.json());
        else this.failed(answer.status);
      } catch {
        this.failed(0);
      }
      this.isSaving = false;
    }

    // Saved before the page is left on purpose; false when that does not go.
    async settle() {
      for (let tries = 0; tries < 60 && this.isDirty && this.trouble.hidden; tries += 1) {
        if (this.isSaving) await new Promise((resolve) => setTimeout(resolve, 100));
        else await this.save();
      }
      return !this.isDirty;
    }

    saved(text, answer) {
      this.hideTrouble();
      const now = this.area.value;
      if (now === text) {
        this.version = answer.version;
        this.base = answer.text;
        this.show(answer.text);
      } else if (answer.text === text) {
        this.version = answer.version;
        this.base = text;
        this.later(PAUSE);
      } else {
        // Others wrote, and more has been written here meanwhile: the next save puts all of it together.
        this.base = text;
        this.version = -1;
        this.later(PAUSE);
      }
      this.sent = [];
      this.keep();
      if (this.isDirty) return;
      let words = `Sparat ${answer.saved_at}`;
      if (answer.was_merged) words += ". Någon annan skrev samtidigt; texterna är hopvävda.";
      if (!answer.went_together) words += " Båda versionerna står kvar där ni skrev på samma rad.";
      this.say(words);
    }

    show(text) {
      const before = this.area.value;
      if (text === before) return;
      const { selectionStart, selectionEnd, scrollTop } = this.area;
      this.area.value = text;
      this.area.setSelectionRange(moved(selectionStart, before, text), moved(selectionEnd, before, text));
      this.area.scrollTop = scrollTop;
      this.grow();
    }

    // --- What others have saved ---

    heard(text, version) {
      if (this.isDirty || this.isSaving || version === this.version) return;
      const isNew = text !== this.base;
      this.version = version;
      this.base = text;
      this.show(text);
      if (isNew) this.say(`Någon annan skrev ${clock()}`);
    }

    // --- When it does not go well ---

    signedOut() {
      const words = "Du har loggats ut. Logga in i en ny flik. Texten finns kvar här och sparas när du har loggat in.";
      this.showTrouble([words], { href: LOGIN, text: "Logga in i en ny flik" });
      this.say("Inte sparat.");
      this.later(POLL / 2);
    }

    failed(status) {
      const why = status === 403 ? "Sidan kunde inte spara." : "Det gick inte att nå portalen.";
      this.showTrouble([`${why} Texten finns kvar här, och nytt försök görs om en stund.`]);
      this.say("Inte sparat.");
      this.later(POLL / 2);
    }

    refused(text, status, answer) {
      this.isClosed = status === 409;
      this.refusedText = text;
      this.sent = [];
      if (this.area.value !== text) this.later(PAUSE);
      this.say("Inte sparat.");
      const kept = this.isClosed ? ["Det du skrev finns kvar i rutan. Kopiera det om det ska med."] : [];
      this.showTrouble([...(answer.errors || []), ...kept], null, answer.question);
    }

    showTrouble(lines, link, question) {
      const told = JSON.stringify([lines, link, question && question.seen]);
      if (!this.trouble.hidden && this.trouble.dataset.told === told) return;
      const nodes = lines.map((line) => {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        return paragraph;
      });
      if (link) {
        const anchor = document.createElement("a");
        Object.assign(anchor, { href: link.href, textContent: link.text, target: "_blank", rel: "noopener" });
        nodes.push(anchor);
      }
      this.answerToQuestion = null;
      if (question) nodes.push(...this.ask(question));
      this.trouble.replaceChildren(...nodes);
      this.trouble.dataset.told = told;
      this.trouble.hidden = false;
      this.trouble.setAttribute("role", "alert");
    }

    // Something that leads to a person: taken out, or kept for a reason.
    ask(question) {
      const list = document.createElement("ul");
      for (const found of question.found) {
        const line = document.createElement("li");
        line.textContent = found;
        list.append(line);
      }
      const label = document.createElement("label");
      const reason = document.createElement("input");
      const button = document.createElement("button");
      const id = `skal-${this.form.dataset.minutes}`;
      Object.assign(label, { htmlFor: id, className: "form-label", textContent: question.label });
      Object.assign(reason, { id, className: "form-control mb-3", maxLength: 300, type: "text" });
      Object.assign(button, { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: "Spara med skälet" });
      const answer = () => ({ personal_data_seen: question.seen, personal_data_reason: reason.value });
      button.addEventListener("click", () => {
        this.answerToQuestion = answer;
        this.save();
      });
      reason.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        button.click();
      });
      return [list, label, reason, button];
    }

    hideTrouble() {
      this.answerToQuestion = null;
      this.trouble.hidden = true;
      this.trouble.removeAttribute("role");
      this.trouble.replaceChildren();
    }
  }

  const all = [...document.querySelectorAll("form[data-minutes]")].map((form) => new Minutes(form));

  // What was being written when somebody else closed the minutes is shown, to be copied.
  const showLeftBehind = (place) => {
    const key = `minutes-${user}-${place.id.replace("punkt-", "")}`;
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
    } catch {
      return;
    }
    if (!kept || place.querySelector("form[data-minutes]")) return;
    const note = document.createElement("div");
    const words = document.createElement("p");
    const text = document.createElement("p");
    const button = document.createElement("button");
    note.className = "note note-warn";
    words.textContent = "Det här hade du skrivit, men det hann inte sparas innan anteckningarna stängdes:";
    text.className = "left-behind";
    text.textContent = kept.text;
    Object.assign(button, { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: "Ta bort" });
    button.addEventListener("click", () => {
      sessionStorage.removeItem(key);
      note.remove();
    });
    note.append(words, text, button);
    place.append(note);
  };
  for (const place of document.querySelectorAll(".agenda-item[id]")) showLeftBehind(place);

  // The meeting's buttons wait for what is not saved yet.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const dirty = all.filter((minutes) => minutes.isDirty);
    if (event.defaultPrevented || form.hasAttribute("hx-post") || form.dataset.minutes || !dirty.length) return;
    event.preventDefault();
    const submitter = event.submitter;
    const outcomes = await Promise.all(dirty.map((minutes) => minutes.settle()));
    const first = dirty[outcomes.indexOf(false)];
    if (first) first.area.focus();
    else form.requestSubmit(submitter);
  });
  for (const button of document.querySelectorAll("#narvaro [data-without-script]")) button.hidden = true;

  const poll = async () => {
    if (!page.dataset.meetingPoll) return;
    if (document.hidden && !all.some((minutes) => minutes.isDirty)) return;
    const known = all.map((minutes) => `${minutes.form.dataset.minutes}-${minutes.version}`).join(",");
    try {
      const answer = await fetch(`${page.dataset.meetingPoll}?har=${known}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (isSignedOut(answer) || !answer.ok) return;
      const heard = await answer.json();
      // Somebody else has signed in here: nothing of this is saved in their name.
      if (String(heard.user) !== user) return;
      token = heard.token;
      for (const { item, text, version } of heard.items) {
        const minutes = all.find((one) => one.form.dataset.minutes === String(item));
        if (minutes) minutes.heard(text, version);
      }
    } catch {
      // Tried again in a while.
    }
  };
  setInterval(poll, POLL);
  document.addEventListener("visibilitychange", () => document.hidden || poll());

  // Leaving is only asked about when the text could not be kept in the tab.
  window.addEventListener("beforeunload", (event) => {
    const lost = all.filter((minutes) => minutes.isDirty && !minutes.keep());
    if (lost.length) event.preventDefault();
  });

  // Small forms that open at an item: the focus goes into them, and back when they close.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!token) return;
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const button of document.querySelectorAll("#narvaro [data-without-script]")) button.hidden = true;
  });
  document.addEventListener("htmx:load", (event) => {
    const swapped = event.detail.elt;
    if (!swapped.matches || !swapped.matches(".results")) return;
    // Who has gone on to something else stays there.
    const active = document.activeElement;
    if (active && active !== document.body && !swapped.contains(active)) return;
    const form = swapped.querySelector("[data-small-form]");
    const field = form && !form.querySelector(".error-summary") && form.querySelector("textarea, input:not([type=hidden])");
    if (field) field.focus();
    else if (!form) {
      const more = swapped.querySelector(".results-more a");
      if (more) more.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const away = event.target.closest("[data-put-away]");
    if (!away) return;
    event.preventDefault();
    const results = away.closest(".results");
    away.closest("form").remove();
    const more = results.querySelector(".results-more");
    more.hidden = false;
    more.querySelector("a").focus();
  });
})();
