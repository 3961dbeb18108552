"""Pages of other sites: WordPress's steps with a pasted address, copied from its version 6, and a server for them."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "aB3dE5gH7j"
# What wp_filter_oembed_result lets through of a provider that it does not know.
ALLOWED = {
    "a": {"href"},
    "blockquote": set[str](),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}


class _Kses(HTMLParser):
    """Other elements go, and their text stays."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ALLOWED:
            named = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in ALLOWED[tag])
            self.kept.append(f"<{tag}{named}>")

    def handle_endtag(self, tag: str) -> None:
        self.kept += [f"</{tag}>"] if tag in ALLOWED else []

    def handle_data(self, data: str) -> None:
        self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.kept.append(f"&#{name};")


def wordpress_result(html: str) -> str:
    """What WordPress shows of an oEmbed answer (embed.php, wp_filter_oembed_result): nothing without an iframe."""
    kses = _Kses()
    kses.feed(html)
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", "".join(kses.kept), re.DOTALL)
    if not found:
        return ""
    quoted, frame = found[1] or "", found[2]
    frame = re.sub(r' src="(.*?)"', rf' src="\1#?secret={SECRET}" data-secret="{SECRET}"', frame, count=1)
    if quoted:
        frame = frame.replace("<iframe", '<iframe style="position: absolute; visibility: hidden;"')
    quoted = quoted.replace("<blockquote", f'<blockquote class="wp-embedded-content" data-secret="{SECRET}"')
    frame = frame.replace(
        "<iframe", '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    )
    return (quoted + frame).replace("\n", "")


# What js/wp-embed.js does; it is printed only where the blockquote is there. `told` is for the tests.
WORDPRESS_SCRIPT = """
window.told = [];
addEventListener("message", (event) => {
  const data = event.data;
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  told.push(data);
  const frames = document.querySelectorAll(`iframe[data-secret="${data.secret}"]`);
  const quotations = document.querySelectorAll(`blockquote[data-secret="${data.secret}"]`);
  for (const one of quotations) one.style.display = "none";
  for (const frame of frames) {
    if (event.source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (data.message === "height") {
      let height = parseInt(data.value, 10);
      if (height > 1000) height = 1000;
      else if (~~height < 200) height = 200;
      frame.height = height;
    }
    if (data.message === "link") {
      const from = new URL(frame.getAttribute("src")), to = new URL(data.value);
      if (/^https?:$/.test(to.protocol) && to.host === from.host && document.activeElement === frame) {
        window.top.location.href = data.value;
      }
    }
  }
});
addEventListener("DOMContentLoaded", () => {
  for (const frame of document.querySelectorAll("iframe.wp-embedded-content")) {
    const secret = frame.getAttribute("data-secret");
    frame.contentWindow.postMessage({ message: "ready", secret }, "*");
  }
});
"""


def host_page(language: str, *parts: str) -> str:
    """A page of another site with things pasted into it; a theme keeps frames within their column."""
    head = "<style>iframe { max-width: 100%; } body { margin: 0; }</style>"
    script = f"<script>{WORDPRESS_SCRIPT}</script>" if any("wp-embedded-content" in part for part in parts) else ""
    body = "".join(f"<section><h2>{number}</h2>{part}</section>" for number, part in enumerate(parts, 1))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Host</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}{script}</head>'
        f"<body><main><h1>Host</h1>{body}</main></body></html>"
    )


@contextmanager
def hosting(pages: dict[str, str]) -> Iterator[str]:
    """The address of a server on a free loopback port that answers with `pages` by path, which may change."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(self.path.partition("?")[0])
            content = (found or "").encode()
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
