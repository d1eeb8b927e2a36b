"use strict";

// Everything works without this file. It adds the warning before an idle session ends, keeps a form
// from being sent twice by a double click, and closes the team list when you click elsewhere.
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

  const dialog = document.getElementById("idle-warning");
  if (dialog) watchIdleTime(dialog);
  document.querySelectorAll("form[method=post]").forEach(sendOnce);

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
