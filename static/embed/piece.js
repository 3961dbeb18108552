// Inside a piece: tells the page around it how high it is. Without a frame it does nothing.
// With a secret behind the # the page around is WordPress's (wp-embed.js); else it is one with our own /embed/v1.js.
"use strict";
(() => {
  const host = window.parent;
  if (host === window) return;
  const secret = () => (/[#?&]secret=([A-Za-z0-9]{10})(?![A-Za-z0-9])/.exec(location.hash) || [])[1];
  let told = 0;

  // The parts are counted, not the page: that is never lower than its frame. Fractions of a pixel count together.
  function height() {
    const body = document.body;
    let sum = body.offsetHeight - body.clientHeight;
    for (const part of body.children) sum += part.getBoundingClientRect().height;
    return Math.ceil(sum);
  }

  function tell(again) {
    const now = height();
    if (now === told && !again) return;
    told = now;
    const key = secret();
    host.postMessage(key ? { message: "height", value: now, secret: key } : { projectEmbed: 1, height: now }, "*");
  }

  window.addEventListener("message", (event) => {
    const data = event.data;
    if (event.source !== host || typeof data !== "object" || !data) return;
    if (data.projectEmbed === 1 || (data.message === "ready" && data.secret === secret())) tell(true);
  });
  // In WordPress's frame a link can lead nowhere; WordPress follows those to our own host when it is told of them.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]"), key = secret();
    if (!link || !key) return;
    event.preventDefault();
    host.postMessage({ message: "link", value: link.href, secret: key }, "*");
  });
  // Now and when loaded: a frame that is hidden still is not observed.
  tell(true);
  window.addEventListener("hashchange", () => tell(true));
  window.addEventListener("load", () => tell(true));
  if (window.ResizeObserver) {
    const observer = new ResizeObserver(() => tell(false));
    for (const part of document.body.children) observer.observe(part);
  } else {
    window.addEventListener("resize", () => tell(false));
  }
})();
