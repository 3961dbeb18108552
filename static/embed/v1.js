// For pages of other sites, version 1: this address and what it does hold for ever, and only additions are made.
// It gives our iframes (data-project-embed) the height of their content, and fills <project-news> with our newest news.
// If anything fails, what stands in the page stays as it is. No cookies, no storage, nothing but our own site is asked.
(function () {
  "use strict";
  var script = document.currentScript;
  if (window.projectEmbed === 1 || !script || !script.src) return;
  window.projectEmbed = 1;
  const address = new URL(script.src), PAUSE = 60, waiting = new WeakMap();

  // Frames: the message must come from the very frame, from our site, and be a height.
  function ours(frame) {
    try { return new URL(frame.src).origin === address.origin; } catch (error) { return false; }
  }
  const frames = () => Array.from(document.querySelectorAll("iframe[data-project-embed]")).filter(ours);
  // However often a frame asks, its height is set once in a while, and to what it asked for last.
  function setHeight(frame, height) {
    const before = waiting.has(frame);
    waiting.set(frame, height);
    if (!before) setTimeout(() => {
      frame.style.height = Math.ceil(waiting.get(frame)) + "px";
      waiting.delete(frame);
    }, PAUSE);
  }
  window.addEventListener("message", (event) => {
    const data = event.data;
    if (typeof data !== "object" || data === null || data.projectEmbed !== 1) return;
    const height = data.height;
    if (typeof height !== "number" || !(height >= 100 && height <= 4000)) return;
    for (const frame of frames()) {
      const origin = frame.hasAttribute("sandbox") && event.origin === "null" ? address.origin : event.origin;
      if (event.source === frame.contentWindow && origin === address.origin) setHeight(frame, height);
    }
  });
  const ask = () => frames().forEach((frame) => frame.contentWindow.postMessage({ projectEmbed: 1 }, "*"));
  ask();
  document.addEventListener("DOMContentLoaded", ask);

  // <project-news lang count category|facility|service heading><a href="…">…</a></project-news>
  const STYLE = ":host{display:block}[part=title]{margin:0 0 .5em}ul{list-style:none;margin:0;padding:0}" +
    "li{padding:.5em 0;border-top:1px solid var(--project-line,currentColor)}a{color:var(--project-link,inherit)}" +
    "[part=date],[part=source],[part=fund]{display:block;font-size:.9em}[part=eu]{margin:.75em 0}img{background:#fff}";
  const KINDS = ["category", "facility", "service"];

  function dataAddress(element) {
    const around = element.closest("[lang]");
    let path = ((around && around.lang) || "").slice(0, 2).toLowerCase() + "/news";
    for (const kind of KINDS) {
      const key = element.getAttribute(kind);
      if (key) { path += "/" + kind + "/" + key; break; }
    }
    return /^[a-z]{2}(\/[a-z0-9-]+){1,3}$/.test(path) ? new URL("v1/" + path + ".json", address) : null;
  }
  const text = (value) => (typeof value === "string" ? value : "");
  function made(name, part, words) {
    const one = document.createElement(name);
    one.setAttribute("part", part);
    one.textContent = text(words);
    return one;
  }
  function link(part, words, href) {
    const one = made("a", part, words);
    one.href = href;
    return one;
  }
  function isOurs(href) {
    try { return new URL(href).origin === address.origin; } catch (error) { return false; }
  }
  function supportOf(one) {
    const part = made("div", "eu", ""), picture = made("img", "emblem", "");
    picture.alt = text(one.words);
    picture.width = one.width;
    picture.height = one.height;
    if (isOurs(one.picture)) picture.src = one.picture;
    part.append(picture);
    for (const fund of one.funds || []) part.append(made("span", "fund", fund));
    return part;
  }
  function show(element, data) {
    const count = Math.min(10, Math.max(1, parseInt(element.getAttribute("count"), 10) || 5));
    const items = data.items.filter((item) => item && text(item.title) && isOurs(item.url)).slice(0, count);
    if (!items.length) return;
    const level = /^[2-6]$/.test(element.getAttribute("heading") || "") ? element.getAttribute("heading") : "2";
    const list = made("ul", "list", "");
    for (const item of items) {
      const row = made("li", "item", "");
      row.append(link("link", item.title, item.url), made("span", "date", item.date_text));
      list.append(row);
    }
    const whole = made("section", "news", "");
    whole.lang = text(data.language);
    if (text(data.title)) whole.append(made("h" + level, "title", data.title));
    whole.append(list, document.createElement("slot"));
    if (text(data.source)) whole.append(made("span", "source", data.source));
    for (const one of data.eu || []) whole.append(supportOf(one));
    const root = element.shadowRoot || element.attachShadow({ mode: "open" });
    root.textContent = "";
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch (error) { /* a browser without them shows a plain list */ }
    root.append(whole);
  }
  if (window.customElements && !customElements.get("project-news")) {
    customElements.define("project-news", class extends HTMLElement {
      connectedCallback() {
        const from = dataAddress(this);
        if (!from) return;
        fetch(from.href, { credentials: "omit", referrerPolicy: "no-referrer" })
          .then((answer) => (answer.ok ? answer.json() : null))
          .then((data) => { if (data && Array.isArray(data.items)) show(this, data); })
          .catch(() => { /* the link inside stays */ });
      }
    });
  }
})();
