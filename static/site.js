// What only a script can add. Every page works without it.
"use strict";

// Buttons that copy an address, or the code that stands in their section: shown where a page may write to the clipboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const status = button.closest("section").querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = "";
    navigator.clipboard.writeText(button.dataset.copy || button.closest("section").querySelector("pre").textContent).then(
      () => { status.textContent = button.dataset.copied; },
      () => { status.textContent = button.dataset.failed; },
    );
  });
}
