// Leave at once: a tap, or Shift three times. Without a script the same link leads the same way.
(() => {
  "use strict";
  const out = document.querySelector("a.out");
  if (!out) return;
  let presses = 0, last = 0, alone = false;
  const leave = () => {
    document.documentElement.style.display = "none";
    dispatchEvent(new Event("encircle:leave"));
    location.replace(out.href);
  };
  out.addEventListener("click", (event) => { event.preventDefault(); leave(); });
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
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(out.href); });
})();
