// On the page for those who embed: a choice of piece, and its code. Without it all codes are on pages of their own.
"use strict";
(() => {
  const section = document.querySelector("[data-embed-chooser]");
  const form = section.querySelector("form"), frame = section.querySelector("iframe");
  const code = section.querySelector("code"), status = section.querySelector("[role=status]");
  const escaped = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  const asText = (value) => String(value).replace(/[&<>"']/g, (sign) => escaped[sign]);
  const lists = {};
  let shelves = [];

  function fill(select, names) {
    const before = select.selectedIndex;
    select.replaceChildren(...names.map((name, index) => new Option(name, index)));
    select.selectedIndex = Math.min(Math.max(before, 0), names.length - 1);
  }

  function show() {
    const piece = shelves[form.section.value].pieces[form.piece.value];
    for (const option of form.way.options) option.disabled = !piece.ways.includes(option.value);
    if (form.way.selectedOptions[0].disabled) form.way.value = "frame";
    form.count.closest("p").hidden = !piece.heights;
    const blank = form.way.selectedOptions[0].dataset.blank;
    const values = { ...piece, site: lists.site, script: lists.script, language: form.language.value, filter: piece.filter || "" };
    if (piece.heights) {
      values.count = form.count.value;
      values.piece += `#n${values.count}`;
      values.height = piece.heights[values.count];
    }
    code.textContent = blank.replace(/\{(\w+)\}/g, (_, name) => (name === "filter" ? values.filter : asText(values[name])));
    const here = new URL(values.piece);
    frame.src = here.pathname + here.hash;
    frame.title = piece.title;
    frame.height = values.height;
  }

  async function load() {
    const list = form.language.selectedOptions[0].dataset.list;
    const told = lists[list] || (lists[list] = await (await fetch(list)).json());
    ({ site: lists.site, script: lists.script, shelves } = told);
    fill(form.section, shelves.map((shelf) => shelf.name));
    fill(form.piece, shelves[form.section.value].pieces.map((piece) => piece.name));
  }

  form.addEventListener("change", async (event) => {
    try {
      if (event.target === form.language) await load();
      if (event.target === form.section) {
        form.piece.selectedIndex = 0;
        fill(form.piece, shelves[form.section.value].pieces.map((piece) => piece.name));
      }
      show();
      status.textContent = section.dataset.changed;
    } catch {
      status.textContent = section.dataset.unloaded;
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  load().then(() => { form.hidden = false; form.language.autocomplete = "off"; }, () => {});
})();
