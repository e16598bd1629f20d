// A talk looks by itself whether something is new, ends when the page is left, and is covered after ten minutes unused.
(() => {
  "use strict";
  const form = document.getElementById("form"), main = document.querySelector("main"), out = document.querySelector("a.out");
  const EVERY = 4000, UNUSED = 10 * 60 * 1000;
  let used = Date.now(), timer = 0;
  const asked = (step) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("step", step);
    return body;
  };
  const look = () => {
    if (Date.now() - used > UNUSED) { cover(); return; }
    const answer = new XMLHttpRequest();
    answer.open("POST", form.action);
    answer.responseType = "document";
    answer.addEventListener("load", () => {
      const found = answer.status === 200 && answer.response && answer.response.getElementById("lines");
      const here = document.getElementById("lines");
      if (found && found.textContent !== here.textContent) here.replaceChildren(...document.importNode(found, true).childNodes);
    });
    answer.addEventListener("loadend", again);
    answer.send(asked("look"));
  };
  const again = () => { timer = setTimeout(look, EVERY); };
  const cover = () => {
    const still = document.createElement("button");
    still.type = "button";
    still.className = "go";
    still.textContent = document.getElementById("lines").dataset.still;
    form.hidden = true;
    main.append(still);
    still.addEventListener("click", () => { used = Date.now(); still.remove(); form.hidden = false; look(); });
  };
  for (const event of ["keydown", "pointerdown"]) addEventListener(event, () => { used = Date.now(); });
  if (out) {
    const left = () => navigator.sendBeacon(form.action, asked("part"));
    addEventListener("encircle:leave", left);
  }
  form.addEventListener("submit", () => clearTimeout(timer));
  again();
})();
