// What the browser tests ask a page: `look.…()` answers with plain values. Injected before the page's own scripts.
globalThis.look = (() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();

  // [red, green, blue, opacity] of any CSS colour, as the browser itself paints it
  function rgba(colour) {
    if (!colours.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, opacity] = canvas.getImageData(0, 0, 1, 1).data;
      colours.set(colour, [red, green, blue, opacity / 255]);
    }
    return colours.get(colour);
  }

  const over = (front, back) => [0, 1, 2].map((part) => front[part] * front[3] + back[part] * (1 - front[3]));

  // the colour behind an element's own text
  function ground(element) {
    if (!element) return [255, 255, 255];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  }

  // WCAG 2.2, relative luminance and contrast ratio
  function luminance(colour) {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  // an element as a person finds it again: its path of ids, else tags with classes, and the beginning of its words
  function name(element) {
    const path = [];
    for (let at = element; at && at !== document.body && path.length < 4; at = at.parentElement) {
      path.unshift(at.id ? `#${at.id}` : [at.localName, ...at.classList].join("."));
      if (at.id) break;
    }
    const words = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return words ? `${path.join(" > ")} “${words}”` : path.join(" > ");
  }

  // Focus: how an element looks without it is remembered first, so that only what changes counts as its indicator.
  const before = new Map();
  const visited = new Set();
  let last = null;
  const style = (element) => {
    const computed = getComputedStyle(element);
    const outlined = computed.outlineStyle !== "none" && parseFloat(computed.outlineWidth) > 0;
    return {
      outline: outlined ? computed.outlineColor : "", inside: parseFloat(computed.outlineOffset) < 0,
      shadow: computed.boxShadow, ground: computed.backgroundColor,
    };
  };

  function tabbable() {
    return [...document.querySelectorAll("body *")].filter(
      (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }),
    );
  }

  function indicator(element) {
    const [was, now] = [before.get(element) || style(document.body), style(element)];
    const [around, own] = [ground(element.parentElement), ground(element)];
    const painted = (colour, back) => contrast(over(rgba(colour), back), back);
    const found = [1];
    if (now.outline && now.outline !== was.outline) found.push(painted(now.outline, now.inside ? own : around));
    if (now.shadow !== was.shadow && now.shadow !== "none") {
      const colour = now.shadow.match(/^[a-z-]+\([^)]*\)/)[0];
      found.push(painted(colour, now.shadow.includes("inset") ? own : around));
    }
    if (now.ground !== was.ground) found.push(contrast(own, over(rgba(was.ground), around)));
    return Math.max(...found);
  }

  // whether any part of it is on the screen with nothing in front of it: left, middle or right of one of its boxes
  function seen(element) {
    return [...element.getClientRects()].some((box) => [0.05, 0.5, 0.95].some((share) => {
      const top = document.elementFromPoint(box.x + box.width * share, box.y + Math.min(box.height, innerHeight) / 2);
      return top && element.contains(top);
    }));
  }

  function startWalk() {
    for (const element of document.querySelectorAll("body *")) before.set(element, style(element));
    return tabbable().length;
  }

  function stop() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    // Within a frame the focus goes on, and here only the frame is seen to have it.
    const within = element === last && element.localName === "iframe";
    const follows = within || !last || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    const again = visited.has(element) && !within;
    last = element;
    visited.add(element);
    // Where a frame has the focus, something in it has, shows that itself and is scrolled to.
    const frame = element.localName === "iframe", contrast = frame ? 21 : indicator(element);
    return { name: name(element), follows, again, contrast, seen: frame || seen(element) };
  }

  const missed = () => tabbable().filter((element) => !visited.has(element)).map(name);

  // Text: the boxes of its lines, less what only screen readers get.
  function onlySpoken(element) {
    for (let at = element; at; at = at.parentElement) {
      const computed = getComputedStyle(at);
      if (computed.position === "absolute" && at.offsetWidth <= 1 && at.offsetHeight <= 1) return true;
      if (computed.clipPath === "inset(50%)") return true;
    }
    return false;
  }

  function lines() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || onlySpoken(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) found.push({ node, parent, box });
    }
    return found;
  }

  const scrolls = (element) =>
    Boolean(element) && element !== document.body && element !== document.documentElement
    && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));

  // text that lies over other text: the middle part of two lines' boxes meets
  function overlaps() {
    const found = [];
    const boxes = lines().map((line) => ({ ...line, top: line.box.top + line.box.height * 0.3,
      bottom: line.box.bottom - line.box.height * 0.3 })).sort((a, b) => a.top - b.top);
    boxes.forEach((one, index) => {
      for (let next = index + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
        const other = boxes[next];
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        if (wide > 2 && one.node !== other.node) found.push(`${name(one.parent)} over ${name(other.parent)}`);
      }
    });
    return [...new Set(found)];
  }

  // text cut by its own box (a region that can be scrolled cuts nothing)
  function clipped() {
    const cuts = (value) => value === "hidden" || value === "clip";
    return [...document.querySelectorAll("body, body *:not(svg *)")].filter((element) => {
      const computed = getComputedStyle(element);
      if (!element.checkVisibility() || onlySpoken(element) || !element.textContent.trim()) return false;
      return (cuts(computed.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (cuts(computed.overflowY) && element.scrollHeight > element.clientHeight + 1);
    }).map(name);
  }

  // text past the sides of the screen where nothing can be scrolled
  function beyond() {
    const sides = lines().filter(({ box, parent }) =>
      (box.right > innerWidth + 1 || (box.left < -1 && box.right > 0)) && !scrolls(parent));
    return [...new Set(sides.map(({ parent }) => name(parent)))];
  }

  // text of less than 4.5:1 (WCAG 1.4.3; large text may have 3:1, which this does not grant)
  function faint() {
    return lines().flatMap(({ parent }) => {
      const [colour, back] = [rgba(getComputedStyle(parent).color), ground(parent)];
      const ratio = contrast(over(colour, back), back);
      return ratio < 4.5 ? [`${name(parent)} has a contrast of ${ratio.toFixed(2)}`] : [];
    });
  }

  // every element and where it is, whether it is seen and whether it can be scrolled: all of a page but its colours
  function shape() {
    return [...document.querySelectorAll("*")].map((element) => {
      const { display, visibility, opacity, overflowX, overflowY, position, pointerEvents } = getComputedStyle(element);
      const boxes = [...element.getClientRects()].flatMap(({ x, y, width, height }) => [x, y, width, height]);
      const seen = [display, visibility, opacity, overflowX, overflowY, position, pointerEvents];
      return [element.localName, ...seen, ...boxes].join();
    }).join("\n");
  }

  // the style of a reader's own tool, in place of the last; a constructed sheet is not the page's, so no policy forbids it
  function setStyle(text) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }

  function moving() {
    const found = document.getAnimations().map((animation) => `${name(animation.effect.target)} is animated`);
    for (const element of document.querySelectorAll("*")) {
      if (["marquee", "blink"].includes(element.localName) || element.autoplay) found.push(name(element));
      for (const part of [null, "::before", "::after"]) {
        const computed = getComputedStyle(element, part);
        const still = computed.animationName === "none" && /^(0s(, )?)+$/.test(computed.transitionDuration)
          && computed.scrollBehavior === "auto";
        if (!still) found.push(`${name(element)}${part || ""} moves`);
      }
    }
    return found;
  }

  // Events since the page began
  const refused = [];
  const moves = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`));
  const box = ({ x, y, width, height }) => `${x},${y} ${width}x${height}`;
  const moved = ({ node, previousRect, currentRect }) =>
    `${node ? name(node.localName ? node : node.parentElement) : "what is gone"} from ${box(previousRect)} to ${box(currentRect)}`;
  const add = (entries) => moves.push(...entries.map((entry) => ({ by: entry.value, what: entry.sources.map(moved).join(", ") })));
  const shifts = new PerformanceObserver((list) => add(list.getEntries()));
  shifts.observe({ type: "layout-shift", buffered: true });

  async function stored() {
    const found = [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    found.push(...(await indexedDB.databases()).map((database) => database.name), ...(await caches.keys()));
    found.push(...(await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope));
    return found.filter(Boolean);
  }

  function pictures() {
    return [...document.images].map((image) => ({
      name: image.getAttribute("src"), sized: image.hasAttribute("width") && image.hasAttribute("height"),
      lazy: image.loading === "lazy", top: image.getBoundingClientRect().top + scrollY,
    }));
  }

  // the emblem on the screen, its file, and every other picture in header and footer
  function logos() {
    const size = (element) => {
      const { top, bottom, width, height } = element.getBoundingClientRect();
      return { name: element.getAttribute("src") || name(element), top, bottom, width, height };
    };
    const emblem = document.querySelector("img[data-eu-emblem]");
    const others = [...document.querySelectorAll("header :is(img, svg), footer :is(img, svg)")];
    const visible = others.filter((element) => element !== emblem && element.checkVisibility());
    return { emblem: emblem && emblem.checkVisibility() ? size(emblem) : null, others: visible.map(size) };
  }

  // every text of the EU block with what the rules on it ask for
  function euWords() {
    return lines().filter(({ parent }) => parent.closest(".eu")).map(({ node, parent }) => {
      const computed = getComputedStyle(parent);
      let underlined = false;
      for (let at = parent; at && at.closest(".eu"); at = at.parentElement) {
        underlined ||= getComputedStyle(at).textDecorationLine.includes("underline");
      }
      const colour = rgba(computed.color);
      return {
        text: node.data.trim(), family: computed.fontFamily.split(",")[0].replace(/["']/g, ""),
        slanted: computed.fontStyle !== "normal", underlined: underlined && !parent.closest("a"),
        colour: colour.slice(0, 3), contrast: contrast(over(colour, ground(parent)), ground(parent)),
      };
    });
  }

  // the flag in an emblem's own SVG: its largest rectangle of reflex blue
  function flag() {
    const blue = [...document.querySelectorAll("rect")].filter(
      (rectangle) => rgba(getComputedStyle(rectangle).fill).join() === "0,51,153,1");
    const boxes = blue.map((rectangle) => rectangle.getBoundingClientRect());
    const largest = boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
    const view = document.documentElement.viewBox.baseVal;
    return { flag: largest ? largest.width / largest.height : 0, file: view.width / view.height };
  }

  return { startWalk, stop, missed, overlaps, clipped, beyond, faint, shape, setStyle, moving, stored, pictures, logos, euWords, flag,
    refused: () => refused, shifts: () => { add(shifts.takeRecords()); return moves; } };
})();
