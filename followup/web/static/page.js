"use strict";

// Everything works without this file. It adds the warning before an idle session ends, keeps a form
// from being sent twice by a double click, copies a figure, draws the answer to a question without leaving the page,
// says why a page of statistics takes a while, and closes the team list when you click elsewhere.
(() => {
  const MINUTE = 60000;
  const WARN_BEFORE = 2;

  function watchIdleTime(dialog) {
    const minutes = Number(dialog.dataset.idleMinutes);
    if (!(minutes > WARN_BEFORE)) return;
    let timer;
    const start = () => {
      clearTimeout(timer);
      timer = setTimeout(() => dialog.showModal(), (minutes - WARN_BEFORE) * MINUTE);
    };
    const stay = async () => {
      dialog.close();
      const answer = await fetch(dialog.dataset.stayUrl, { credentials: "same-origin" }).catch(() => null);
      if (answer && answer.ok && !answer.redirected) start();
    };
    dialog.querySelector("[data-stay]").addEventListener("click", stay);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
    start();
  }

  function sendOnce(form) {
    let sent = null;
    form.addEventListener("submit", (event) => {
      const content = new URLSearchParams(new FormData(form, event.submitter)).toString();
      // Another choice in the same form, such as a second file format, is no double click.
      if (content === sent) event.preventDefault();
      sent = content;
      setTimeout(() => { sent = null; }, 3000);
    });
  }

  function answerInPlace(form) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
      form.setAttribute("aria-busy", "true");
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (!answer || !answer.ok || answer.redirected) return location.assign(address);
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.title = drawn.title;
      history.replaceState(null, "", address);
      const main = document.getElementById("main");
      main.replaceChildren(...drawn.getElementById("main").childNodes);
      prepare(main);
      show(main);
    });
  }

  // Whoever asked stays at the button and hears what was found; an error takes focus, as on a new page.
  function show(main) {
    const errors = main.querySelector("#error-summary");
    if (errors) return errors.focus();
    main.querySelector("form[data-answer-in-place] button").focus({ preventScroll: true });
    const found = main.querySelector(".chart__finding");
    if (!found) return;
    found.scrollIntoView({ block: "nearest" });
    heard.textContent = found.textContent;
  }

  // The buttons stay hidden where the browser cannot copy; the figures can be marked and copied by hand.
  function copyOnPress(button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      heard.textContent = `${button.dataset.copy} är kopierat`;
      button.classList.add("is-copied");
      setTimeout(() => button.classList.remove("is-copied"), 2000);
    });
  }

  function prepare(root) {
    root.querySelectorAll("[data-copy]").forEach(copyOnPress);
    root.querySelectorAll("form[method=post]").forEach(sendOnce);
    root.querySelectorAll("form[data-answer-in-place]").forEach(answerInPlace);
  }

  // Statistics that nobody has seen yet are protected first, which takes seconds. The page stands until they come.
  const PROTECTED = new RegExp(
    "^/(statistik|forbundet/(mal|tidigare-ar|uppfoljning-finsam)|utgavor/(kontrollera|forhandsgranska|publicera))(/|$)",
  );
  const PATIENCE = 1000;

  function sayWhyItTakesLong() {
    const said = document.createElement("p");
    said.className = "waiting";
    said.setAttribute("role", "status");
    let timer;
    const wait = (address) => {
      const to = new URL(address, location.href);
      if (to.origin !== location.origin || !PROTECTED.test(to.pathname)) return;
      if (to.hash && to.pathname + to.search === location.pathname + location.search) return;
      document.body.append(said);
      timer = setTimeout(() => {
        said.textContent = "Sidan hämtas. Siffror som ingen har sett förut skyddas först. Det tar oftast några sekunder, "
          + "ibland upp till en minut.";
      }, PATIENCE);
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
      if (link && !isElsewhere && !link.target && !link.hasAttribute("download")) wait(link.href);
    });
    document.addEventListener("submit", (event) => {
      if (event.target.method === "get" && !event.defaultPrevented) wait(event.target.action);
    });
    window.addEventListener("pagehide", () => {
      clearTimeout(timer);
      said.remove();
      said.textContent = "";
    });
  }

  const heard = document.createElement("p");
  heard.className = "sr-only";
  heard.setAttribute("role", "status");
  // Only where something will be said: two places that speak on one page are one too many.
  if (document.querySelector("[data-copy], form[data-answer-in-place]")) document.body.append(heard);

  const dialog = document.getElementById("idle-warning");
  if (dialog) watchIdleTime(dialog);
  prepare(document);
  if (dialog) sayWhyItTakesLong();

  const chooser = document.querySelector(".team-chooser");
  if (chooser) {
    document.addEventListener("click", (event) => {
      if (!chooser.contains(event.target)) chooser.open = false;
    });
    chooser.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      chooser.open = false;
      chooser.querySelector("summary").focus();
    });
  }
})();
