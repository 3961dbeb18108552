// What only a script can add. Every page works without it.
"use strict";

// "Copy the address": shown where the browser lets a page write to the clipboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const status = button.closest("section").querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = "";
    navigator.clipboard.writeText(button.dataset.copy).then(
      () => { status.textContent = button.dataset.copied; },
      () => { status.textContent = button.dataset.failed; },
    );
  });
}
