// Filters the list of names on the search page. Without it the list is whole.
"use strict";
(() => {
  const form = document.querySelector('form[role="search"]');
  const status = document.querySelector('[role="status"]');
  const groups = [...document.querySelectorAll("[data-search-results] > section")];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  // A Latvian word changes its end: "ielas" must find "iela". Short words are compared whole.
  const stem = (word) => (word.length > 4 ? word.slice(0, -2) : word);

  const show = () => {
    const asked = words(form.q.value).map(stem);
    let found = 0;
    for (const group of groups) {
      let some = false;
      for (const item of group.querySelectorAll("li")) {
        const named = words(item.textContent);
        item.hidden = !asked.every((part) => named.some((word) => word.startsWith(part)));
        if (!item.hidden) {
          some = true;
          found += 1;
        }
      }
      group.hidden = !some;
    }
    status.textContent = asked.length ? `${status.dataset.label} ${found}` : "";
  };

  form.q.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", form.q.value ? `?q=${encodeURIComponent(form.q.value)}` : location.pathname);
    show();
  });
  form.q.addEventListener("input", show);
  show();
})();
