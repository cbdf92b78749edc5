// The article: its blocks, cut into one <mark> for each piece between two edges, and places in it. A change of some
// records redraws only the blocks they stand in. "u" is a UTF-16 unit, as in the DOM; towards Python places are code points.
import { SIGN, firstWhere, make, unitStarts } from "./dom.js";

const SPACE_ABOVE = 56; // pixels kept above what is scrolled to
const DRAWN = new Set(["source", "cue", "content", "figure", "date"]);
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

export class Article {
  constructor(text, blocks, items) {
    this.text = text;
    this.items = items;
    this.starts = unitStarts(text);
    this.current = null;
    this.where = new Map(); // record id -> indexes of the blocks it stands in
    this.pieceOf = new WeakMap(); // element -> piece
    this.body = make("div", { class: "kit-text" });
    this.overlay = make("div", { class: "kit-overlay", "aria-hidden": "true" });
    this.region = make("div", { class: "kit-region", role: "document", "aria-label": "Article", tabindex: "0" }, this.body, this.overlay);
    let before = "";
    this.blocks = blocks.map(([kind, start, end, voice]) => {
      const block = { start, end, u: this.starts[start], uEnd: this.starts[end], marks: [], pieces: [], element: null };
      if (kind === "gap" && !this.slice(start, end).trim()) return block;
      const label = kind === "boilerplate" ? (before === kind ? null : "page furniture, not read")
        : { outlet: "outlet", question: "question" }[voice];
      before = kind;
      block.element = make(kind === "headline" ? "h2" : "p",
        { class: `kit-${kind}`, dir: "auto", "data-label": label, "data-voice": voice || null });
      return block;
    });
    this.update(Object.keys(items), this.blocks);
    this.body.append(...this.blocks.map((block) => block.element).filter(Boolean));
  }

  slice(start, end) { return this.text.slice(this.starts[start], this.starts[end]); }

  // --- drawing ------------------------------------------------------------------------------------------------------
  update(ids, dirty = []) {
    const redraw = new Set(dirty);
    for (const id of ids) {
      for (const index of this.where.get(id) ?? []) {
        const block = this.blocks[index];
        block.marks = block.marks.filter((mark) => mark.id !== id);
        redraw.add(block);
      }
      this.where.delete(id);
      const item = this.items[id];
      if (!item?.drawn) continue;
      const found = new Set();
      for (const [role, start, end] of item.parts) {
        if (start === null || !DRAWN.has(role)) continue;
        for (let index = this.blockAt(start); index < this.blocks.length && this.blocks[index].start < end; index += 1) {
          this.blocks[index].marks.push({ id, role, start, end, item });
          redraw.add(this.blocks[index]);
          found.add(index);
        }
      }
      this.where.set(id, [...found]);
    }
    redraw.forEach((block) => this.drawBlock(block));
  }

  blockAt(start) { return firstWhere(this.blocks, (block) => block.end > start); }

  drawBlock(block) {
    if (!block.element) return;
    const marks = block.marks.sort((one, other) => one.start - other.start || other.end - one.end);
    const edges = new Set([block.start, block.end]);
    for (const mark of marks) {
      edges.add(Math.max(mark.start, block.start));
      edges.add(Math.min(mark.end, block.end));
    }
    const cuts = [...edges].sort((one, other) => one - other), nodes = [];
    let next = 0, active = [];
    block.pieces = [];
    for (let index = 0; index + 1 < cuts.length; index += 1) {
      const [start, end] = [cuts[index], cuts[index + 1]];
      active = active.filter((mark) => mark.end > start);
      while (next < marks.length && marks[next].start <= start) {
        if (marks[next].end > start) active.push(marks[next]);
        next += 1;
      }
      nodes.push(...this.pieceNodes(block, start, end, [...active]));
    }
    block.element.replaceChildren(...nodes);
  }

  pieceNodes(block, start, end, marks) {
    const node = document.createTextNode(this.slice(start, end));
    const element = make(marks.length ? "mark" : TURNING.test(node.data) ? "bdi" : "span", { "data-start": start, "data-end": end });
    if (marks.length) element.dataset.id = [...new Set(marks.map((mark) => mark.id))].join(" ");
    element.append(node);
    const piece = { element, node, start, end, u: this.starts[start], uEnd: this.starts[end], marks };
    block.pieces.push(piece);
    this.pieceOf.set(element, piece);
    this.stylePiece(piece);
    // A screen reader hears where a mark starts and ends, and never a word split in two.
    const said = (words) => make("span", { class: "kit-sr", dir: "ltr" }, words); // with a direction of its own it does not set the block's
    const name = ({ role, item }) => (item.record === "claim" ? `${item.spoken} ${role}` : item.spoken);
    return [...marks.filter((mark) => mark.start === start).map((mark) => said(`${name(mark)}: `)), element,
      ...marks.filter((mark) => mark.end === end).reverse().map((mark) => said(` (end of ${name(mark)})`))];
  }

  stylePiece({ element, start, end, marks }) {
    if (!marks.length) return;
    const live = marks.filter((mark) => mark.item.answer !== "reject");
    const names = new Set(live.length ? [] : ["kit-rejected"]);
    for (const mark of live) {
      names.add(`kit-${mark.role}`);
      if (mark.start === start) names.add(`kit-${mark.role}-start`);
      if (mark.end === end) names.add(`kit-${mark.role}-end`);
      if (mark.item.added) names.add("kit-added");
    }
    if (live.filter((mark) => mark.role === "content").length > 1) names.add("kit-deep");
    const sign = ({ item }) => (item.added && item.answer === "accept" ? (item.tag.startsWith("+") ? "" : "+") : SIGN[item.answer]);
    const tags = [], signs = [];
    for (const mark of marks) {
      const alone = mark.role === "figure" || mark.role === "date";
      if (mark.start === start && (mark.role === "content")) tags.push([mark.item.tag, sign(mark)].filter(Boolean).join("\u00a0"));
      if (mark.end === end && alone && sign(mark)) signs.push(sign(mark));
      if (mark.end === end && (mark.role === "source" || mark.role === "cue") && mark.item.answer !== "reject") signs.push(mark.item.tag);
    }
    element.className = [...names].join(" ");
    for (const [name, words] of [["tag", tags], ["sign", signs]]) {
      if (words.length) element.dataset[name] = words.join(" ");
      else delete element.dataset[name];
    }
    element.toggleAttribute("data-current", marks.some((mark) => mark.id === this.current));
    element.title = [...new Set(marks.map((mark) => mark.item.note_line).filter(Boolean))].join("; ");
  }

  piecesOf(id) {
    return (this.where.get(id) ?? []).flatMap((index) => this.blocks[index].pieces.filter((piece) => piece.marks.some((mark) => mark.id === id)));
  }

  setCurrent(id) {
    const before = this.current;
    this.current = id;
    for (const one of [before, id]) this.piecesOf(one).forEach((piece) => this.stylePiece(piece));
  }

  hover(id) {
    if (id === this.hovered) return;
    this.piecesOf(this.hovered).forEach((piece) => piece.element.removeAttribute("data-hover"));
    this.hovered = id;
    this.piecesOf(id).forEach((piece) => piece.element.toggleAttribute("data-hover", piece.marks.some((mark) => mark.id === id)));
  }

  // --- places -------------------------------------------------------------------------------------------------------
  // A place in the DOM as a unit of the text; places between pieces count as the start of the next one.
  unitAt(node, offset) {
    const inside = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");
    const piece = inside && this.pieceOf.get(inside);
    if (piece) return node === piece.node ? piece.u + offset : offset ? piece.uEnd : piece.u;
    const range = document.createRange();
    const before = (element) => {
      range.selectNode(element);
      return range.comparePoint(node, offset) <= 0;
    };
    const drawn = this.blocks.filter((block) => block.element);
    const last = firstWhere(drawn, (block) => before(block.element) || block.element.contains(node));
    for (const block of drawn.slice(last, last + 2)) {
      const next = block.pieces[firstWhere(block.pieces, (one) => before(one.element))];
      if (next) return next.u;
    }
    return drawn[last]?.uEnd ?? this.text.length;
  }

  // A unit as a code point; half a pair counts as its start, or as its end at the end of a selection.
  pointAt(unit, atEnd = false) {
    const index = firstWhere(this.starts, (start) => start >= unit);
    return this.starts[index] === unit || atEnd ? index : index - 1;
  }

  pieceAt(u, atEnd) {
    const reaches = atEnd ? (one) => one.uEnd >= u : (one) => one.uEnd > u;
    let index = firstWhere(this.blocks, reaches);
    const by = atEnd ? -1 : 1; // a place between two blocks belongs to the words before its end, or after its start
    while (this.blocks[index] && !this.blocks[index].element) index += by;
    const found = this.blocks[index]?.pieces;
    return found?.[Math.min(firstWhere(found, reaches), found.length - 1)];
  }

  rangeOf(u, uEnd) {
    const first = this.pieceAt(u, false), last = this.pieceAt(uEnd, true);
    if (!first || !last) return null;
    const range = document.createRange(), place = (piece, unit) => Math.max(0, Math.min(piece.node.length, unit - piece.u));
    range.setStart(first.node, place(first, u));
    range.setEnd(last.node, place(last, uEnd));
    return range;
  }

  rangeOfPoints(start, end) { return this.rangeOf(this.starts[start], this.starts[end]); }

  // What is selected in this article, in code points, without the spaces around it; null where it is nothing.
  selected() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!this.body.contains(selection.anchorNode) || !range.intersectsNode(this.body)) return null;
    const inside = this.body.contains(range.endContainer);
    let u = this.body.contains(range.startContainer) ? this.unitAt(range.startContainer, range.startOffset) : 0;
    let uEnd = inside ? this.unitAt(range.endContainer, range.endOffset) : this.text.length;
    while (u < uEnd && !this.text[u].trim()) u += 1;
    while (u < uEnd && !this.text[uEnd - 1].trim()) uEnd -= 1;
    return u < uEnd ? { start: this.pointAt(u), end: this.pointAt(uEnd, true), u, uEnd } : null;
  }

  // Select from anchor to focus; the focus may stand before the anchor.
  select(anchor, focus) {
    const range = this.rangeOf(Math.min(anchor, focus), Math.max(anchor, focus));
    if (!range) return;
    const ends = [[range.startContainer, range.startOffset], [range.endContainer, range.endOffset]];
    if (focus < anchor) ends.reverse();
    window.getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
  }

  // The unit under a point of the window, or null outside the article.
  unitUnder(x, y) {
    const place = document.caretPositionFromPoint?.(x, y);
    const [node, offset] = place ? [place.offsetNode, place.offset] : (() => {
      const range = document.caretRangeFromPoint?.(x, y);
      return [range?.startContainer, range?.startOffset];
    })();
    return node && this.body.contains(node) ? this.unitAt(node, offset) : null;
  }

  scrollTo(range) {
    const box = range?.getBoundingClientRect(), frame = this.region.getBoundingClientRect();
    if (box && (box.top < frame.top + 8 || box.bottom > frame.bottom - 8)) this.region.scrollTop += box.top - frame.top - SPACE_ABOVE;
  }
}
