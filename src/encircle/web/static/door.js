// The door. Leave at once: a tap, or Shift three times. Go from page to page here, so that the browser keeps nothing of what
// is sent: a page that it asks for itself with words in it stays in its file of open tabs. And a talk looks by itself whether
// something is new. Without a script all works as well.
(() => {
  "use strict";
  const LEFT = "left", EVERY = 4000, UNUSED = 10 * 60 * 1000, before = [];
  let presses = 0, last = 0, alone = false, busy = false, own = true, used = Date.now(), timer = 0;
  const root = document.documentElement;
  const out = document.querySelector("a.out");
  const form = () => document.getElementById("form");
  const lines = () => document.getElementById("lines");
  const isTalk = () => lines() && form() && form().elements.code;
  const post = (to, body, then) => {
    const asked = new XMLHttpRequest();
    asked.responseType = "document";
    asked.open("POST", to);
    asked.onload = () => then(asked.response, asked.status);
    asked.send(body);
    return asked;
  };
  if (!out) return;
  const away = out.href;

  // Leaving.
  const leave = () => {
    root.style.display = "none";
    if (isTalk()) navigator.sendBeacon(form().action, asking("part"));
    window.name = LEFT;
    location.replace(away);
  };
  const [opened] = performance.getEntriesByType("navigation");
  if (window.name === LEFT && opened && opened.type === "back_forward") return leave();
  window.name = "";
  addEventListener("click", (event) => {
    if (!event.target.closest("a.out")) return;
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) presses = 0;
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = event.timeStamp - last < 5000 ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === 3) leave();
  });
  addEventListener("pageshow", (event) => { if (event.persisted && window.name === LEFT) leave(); });

  // From page to page.
  const show = (page) => {
    root.replaceChild(page.body, document.body);
    document.title = page.title;
    root.lang = page.lang;
    root.dir = page.dir;
    scrollTo(0, 0);
    const heading = document.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    again();
  };
  addEventListener("popstate", () => {
    if (!before.length) return;
    show(before.pop());
    if (before.length) history.pushState(null, "");
  });
  addEventListener("submit", (event) => {
    const of = event.target, button = event.submitter;
    if (!own || of !== form()) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    of.setAttribute("aria-busy", "true");
    const sent = new FormData(of);
    if (button && button.name) sent.append(button.name, button.value);
    const withFiles = (button && button.formEnctype || of.enctype) === "multipart/form-data";
    const words = [...sent].filter(([, value]) => typeof value === "string");
    const failed = document.getElementById("failed");
    const asked = post(of.action, withFiles ? sent : new URLSearchParams(words), (page) => {
      if (!page || !page.querySelector("h1")) {
        own = false;
        of.requestSubmit(button);
        own = true;
        return;
      }
      failed.hidden = true;
      if (!before.length) history.pushState(null, "");
      before.push({ body: document.body, title: document.title, lang: root.lang, dir: root.dir });
      const { lang, dir } = page.documentElement;
      show({ body: document.adoptNode(page.body), title: page.title, lang, dir });
    });
    asked.onerror = () => { failed.hidden = false; scrollTo(0, 0); again(); };
    asked.onloadend = () => { busy = false; of.removeAttribute("aria-busy"); };
  });

  // A talk: what is new comes by itself; after ten minutes unused it is covered.
  const asking = (step) => {
    const body = new URLSearchParams(new FormData(form()));
    body.set("step", step);
    return body;
  };
  const look = () => {
    if (!isTalk()) return;
    if (Date.now() - used > UNUSED) { cover(); return; }
    const here = lines();
    post(form().action, asking("look"), (page, status) => {
      const found = status === 200 && page && page.getElementById("lines");
      if (found && found.textContent !== here.textContent) here.replaceChildren(...document.importNode(found, true).childNodes);
    }).onloadend = again;
  };
  const again = () => {
    clearTimeout(timer);
    if (isTalk()) timer = setTimeout(look, EVERY);
  };
  const cover = () => {
    const of = form(), still = document.createElement("button");
    still.type = "button";
    still.className = "go";
    still.textContent = lines().dataset.still;
    of.hidden = true;
    of.after(still);
    still.addEventListener("click", () => { used = Date.now(); still.remove(); of.hidden = false; look(); });
  };
  for (const event of ["keydown", "pointerdown"]) addEventListener(event, () => { used = Date.now(); });
  again();
})();
