// What lies over the article for the record being judged: a line from source to cue to content, and handles at the edges
// of its spans. Both repeat what the card says in words, so a screen reader hears neither.
import { highlight, make } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const ASIDE = new Set(["affected", "actor", "place"]);

export class Overlay {
  constructor(article, words, { moved, said }) {
    this.article = article;
    this.words = words;
    this.moved = moved; // (part index, start, end) in units, once a handle is let go
    this.said = said;
    this.item = null;
    this.part = null;
  }

  show(item, part = null) {
    this.item = item;
    this.part = part;
    this.draw();
  }

  // Boxes of a span in the coordinates of the article's scrolled content.
  boxes(start, end) {
    const { region } = this.article, frame = region.getBoundingClientRect();
    const range = this.article.rangeOfPoints(start, end);
    const [dx, dy] = [region.scrollLeft - frame.left - region.clientLeft, region.scrollTop - frame.top - region.clientTop];
    return [...(range?.getClientRects() ?? [])].filter((box) => box.width > 0)
      .map((box) => ({ left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy }));
  }

  draw() {
    if (this.held) return;
    const item = this.item && this.item.answer !== "reject" ? this.item : null;
    const parts = (item?.parts ?? []).map((part, index) => ({ role: part[0], start: part[1], end: part[2], index })).filter((one) => one.start !== null);
    for (const one of parts) one.boxes = this.boxes(one.start, one.end);
    const seen = parts.filter((one) => one.boxes.length);
    const children = item?.record === "claim" ? [this.line(seen)] : [];
    for (const one of item?.editable ? seen : []) {
      if (ASIDE.has(one.role) && this.part === null) continue;
      if (this.part === null || this.part === one.index) children.push(this.handle(one, "start"), this.handle(one, "end"));
    }
    this.article.overlay.replaceChildren(...children);
    const aside = item && !item.drawn ? parts : parts.filter((one) => ASIDE.has(one.role));
    highlight(this, "kit-aside", aside.map((one) => this.article.rangeOfPoints(one.start, one.end)).filter(Boolean));
    const part = this.part === null ? null : parts.find((one) => one.index === this.part);
    highlight(this, "kit-part", part ? [this.article.rangeOfPoints(part.start, part.end)].filter(Boolean) : []);
  }

  line(parts) {
    const at = (role) => parts.find((one) => one.role === role);
    const chain = [at("source"), at("cue"), at("content")].filter(Boolean);
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("class", "kit-line");
    for (let index = 0; index + 1 < chain.length; index += 1) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", curve(chain[index].boxes, chain[index + 1].boxes));
      drawing.append(path);
    }
    return drawing;
  }

  handle(part, edge) {
    const box = edge === "start" ? part.boxes[0] : part.boxes[part.boxes.length - 1];
    const block = this.article.blocks[this.article.blockAt(part.start)].element;
    const leftwards = block && getComputedStyle(block).direction === "rtl";
    const x = (edge === "start") === !leftwards ? box.left : box.right;
    const knob = make("div", { class: `kit-handle kit-handle-${edge}${this.part === null ? "" : " kit-handle-on"}`, title: `Drag to move the ${edge} of the ${part.role}; with Alt by characters` });
    Object.assign(knob.style, { left: `${x}px`, top: `${box.top}px`, height: `${box.bottom - box.top}px` });
    knob.addEventListener("pointerdown", (event) => this.grab(event, knob, part, edge));
    return knob;
  }

  grab(event, knob, part, edge) {
    if (event.button) return;
    event.preventDefault();
    event.stopPropagation();
    const { starts, overlay } = this.article;
    const still = starts[edge === "start" ? part.end : part.start];
    this.held = { at: starts[edge === "start" ? part.start : part.end] };
    knob.classList.add("kit-handle-on");
    overlay.classList.add("kit-dragging"); // the pointer looks through the overlay at the words
    const move = (event) => {
      const found = this.article.unitUnder(event.clientX, event.clientY);
      if (found === null) return;
      const u = event.altKey ? found : this.words.snapped(found, edge === "start" ? 0 : 1);
      if (edge === "start" ? u >= still : u <= still) return;
      this.held.at = u;
      this.article.select(still, u);
      const caret = this.article.rangeOf(...(edge === "start" ? [u, still] : [still, u])).getClientRects();
      const box = caret[edge === "start" ? 0 : caret.length - 1], frame = overlay.getBoundingClientRect();
      if (box) Object.assign(knob.style, { left: `${(edge === "start" ? box.left : box.right) - frame.left}px`, top: `${box.top - frame.top}px` });
    };
    const done = (event) => {
      for (const [type, heard] of [["pointermove", move], ["pointerup", done], ["pointercancel", done], ["keydown", stop]]) {
        window.removeEventListener(type, heard, true);
      }
      overlay.classList.remove("kit-dragging");
      const { at } = this.held;
      this.held = null;
      window.getSelection().removeAllRanges();
      const was = starts[edge === "start" ? part.start : part.end];
      if (event.type === "pointerup" && at !== was) this.moved(part.index, Math.min(at, still), Math.max(at, still));
      this.draw();
    };
    const stop = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      done(event);
    };
    for (const [type, heard] of [["pointermove", move], ["pointerup", done], ["pointercancel", done], ["keydown", stop]]) {
      window.addEventListener(type, heard, true);
    }
    this.said(`Moving the ${edge} of the ${part.role}. Escape to leave it`);
  }

  stop() {
    for (const name of ["kit-aside", "kit-part"]) highlight(this, name, []);
  }
}

// A curve between the two nearest boxes: under the line they share, or from one line to the other.
function curve(from, to) {
  let best = null;
  for (const one of [from[0], from[from.length - 1]]) {
    for (const other of [to[0], to[to.length - 1]]) {
      const far = Math.abs(one.bottom - other.bottom) * 3 + Math.abs((one.left + one.right - other.left - other.right) / 2);
      if (!best || far < best[0]) best = [far, one, other];
    }
  }
  const [, one, other] = best;
  const middle = (box) => (box.left + box.right) / 2;
  if (Math.abs(one.bottom - other.bottom) < 6) {
    const before = one.left <= other.left;
    const x1 = before ? Math.max(one.right - 14, middle(one)) : Math.min(one.left + 14, middle(one));
    const x2 = before ? Math.min(other.left + 14, middle(other)) : Math.max(other.right - 14, middle(other));
    const y = Math.max(one.bottom, other.bottom) + 1;
    return `M ${x1} ${y} C ${x1} ${y + 9}, ${x2} ${y + 9}, ${x2} ${y}`;
  }
  const below = one.top < other.top;
  const [x1, y1, x2, y2] = [middle(one), below ? one.bottom : one.top, middle(other), below ? other.top : other.bottom];
  const lean = Math.max(10, Math.abs(y2 - y1) / 2) * (below ? 1 : -1);
  return `M ${x1} ${y1} C ${x1} ${y1 + lean}, ${x2} ${y2 - lean}, ${x2} ${y2}`;
}
