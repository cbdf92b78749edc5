// The tagging widget's page: it draws what Python says and sends what the person does. No state of its own but where
// the person looks. Article text only ever becomes text nodes. Offsets towards Python are code points; the DOM counts
// UTF-16 units ("u" below).

const SIGN = { accept: "✓", reject: "✗", ignore: "\u2013" };
const WORD = { accept: "accepted", reject: "rejected", ignore: "ignored" };
const SPACE_ABOVE = 48; // pixels kept above what is scrolled to
const KEYS = [
  ["a", "accept"], ["x", "reject"], ["space", "ignore"], ["Ctrl+Z", "undo"], ["Ctrl+Shift+Z", "redo"],
  ["n / p", "next / previous suggestion"], ["arrows", "move by words in the article"],
  ["Shift+arrows", "extend the selection"], ["1 to 9", "pick a label"], ["Enter", "add the selected words"],
  ["f", "find in the article"], ["Tab", "next control, as everywhere"], ["?", "these keys"], ["Esc", "close, then leave"],
];

// Keys go to JupyterLab unless the focused element itself says no, so every element that takes focus says it.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, heard] of Object.entries(value)) element.addEventListener(type, heard);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  if (["BUTTON", "INPUT", "SELECT"].includes(element.tagName) || element.hasAttribute("tabindex")) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function button(label, key, act, attributes = {}) {
  const children = key ? [label, make("kbd", { "aria-hidden": "true" }, key)] : [label];
  return make("button", { type: "button", "aria-label": label, on: { click: act }, ...attributes }, ...children);
}

// Code point n starts at unit starts[n]; the last entry is the length in units.
function unitStarts(text) {
  const starts = [];
  for (let u = 0; u < text.length; u += text.codePointAt(u) > 0xffff ? 2 : 1) starts.push(u);
  starts.push(text.length);
  return starts;
}

// Index of the first element for which test is true (the tests go false … true).
function firstWhere(list, test) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

class Desk {
  constructor(model, el) {
    this.model = model;
    this.view = Math.random().toString(36).slice(2);
    this.current = null;
    this.label = 0;
    this.cursor = null;
    this.hits = [];
    this.queue = [];
    this.pending = false;
    this.build(el);
    this.drawText();
    this.drawItems();
    this.choose(this.nextOpen(-1) ?? this.items()[0]?.id ?? null, { scroll: false });
    this.showReply(model.get("reply"));
    this.listen();
  }

  // --- skeleton -----------------------------------------------------------------------------------------------------
  build(el) {
    const act = (action) => () => this.answer(action);
    this.left = make("span", { class: "kit-left" });
    this.saved = make("span", { class: "kit-saved" });
    this.helpButton = button("Keys", "?", () => this.toggleHelp(), { "aria-expanded": "false" });
    this.alert = make("div", { class: "kit-alert", role: "alert", hidden: "" });
    this.live = make("div", { class: "kit-live kit-sr", "aria-live": "polite" });
    this.search = make("input", { type: "search", "aria-label": "Find in the article", placeholder: "Find in the article",
      on: { input: () => this.find(), keydown: (event) => this.findKey(event) } });
    this.count = make("span", { class: "kit-hits", role: "status" });
    this.finder = make("div", { class: "kit-finder", role: "search", hidden: "" }, this.search, this.count,
      button("Previous hit", null, () => this.hit(-1)), button("Next hit", null, () => this.hit(1)),
      button("Close", "Esc", () => this.closeFind()));
    this.help = make("section", { class: "kit-help", "aria-label": "Keys", hidden: "" },
      make("dl", {}, ...KEYS.map(([key, what]) => make("div", {}, make("dt", {}, key), make("dd", {}, what)))));
    this.body = make("div", { class: "kit-text" });
    this.region = make("div", { class: "kit-region", role: "document", "aria-label": "Article", tabindex: "0" }, this.body);
    this.heading = make("h3", {});
    this.fields = make("dl", {});
    this.undo = button("Undo", "Ctrl+Z", () => this.send({ type: "undo" }));
    this.redo = button("Redo", "Ctrl+Shift+Z", () => this.send({ type: "redo" }));
    this.choices = { accept: button("Accept", "a", act("accept")), reject: button("Reject", "x", act("reject")),
      ignore: button("Ignore", "space", act("ignore")) };
    this.card = make("section", { class: "kit-card", "aria-label": "Suggestion" }, this.heading, this.fields,
      make("div", { class: "kit-row" }, ...Object.values(this.choices)),
      make("div", { class: "kit-row" }, button("Previous", "p", () => this.step(-1)), button("Next", "n", () => this.step(1))),
      make("div", { class: "kit-row" }, this.undo, this.redo));
    this.only = make("select", { "aria-label": "Walk through", on: { change: () => this.filter() } },
      ...[["", "everything"], ["open", "what is open"], ["claim", "claims"], ["quantity", "figures"], ["date", "dates"],
        ["added", "added by people"]].map(([value, name]) => make("option", { value }, name)));
    this.list = make("ol", {});
    const nav = make("nav", { class: "kit-list", "aria-label": "Suggestions" }, make("label", {}, "Walk through", this.only), this.list);
    this.tags = this.model.get("labels").map((label, index) => button(label, index < 9 ? String(index + 1) : null,
      () => this.add(index), { "aria-label": `Tag as ${label}` })); // made once: a button that is replaced gets no click
    this.picker = make("div", { class: "kit-picker", role: "toolbar", "aria-label": "Tag the selection", hidden: "",
      on: { mousedown: (event) => event.preventDefault() } }, ...this.tags); // a click here must not clear the selection
    this.root = make("div", { class: "kit-article kit-desk", tabindex: "-1" },
      make("div", { class: "kit-top" }, this.left, this.saved, button("Find", "f", () => this.openFind()), this.helpButton),
      this.alert, this.finder, this.help,
      make("div", { class: "kit-columns" }, this.region, make("div", { class: "kit-side" }, this.card, nav)),
      this.picker, this.live);
    el.append(this.root);
  }

  listen() {
    this.stops = [];
    const on = (target, type, heard) => {
      target.addEventListener(type, heard);
      this.stops.push(() => target.removeEventListener(type, heard));
    };
    on(this.root, "keydown", (event) => this.key(event));
    on(this.region, "pointerdown", () => { this.dragging = true; this.cursor = null; });
    on(window, "pointerup", () => { this.dragging = false; this.showPicker(); });
    on(this.region, "click", (event) => this.click(event));
    on(this.region, "scroll", () => this.showPicker());
    on(document, "selectionchange", () => { if (!this.dragging) this.showPicker(); });
    const watch = new ResizeObserver(() => this.showPicker());
    watch.observe(this.region);
    watch.observe(this.help);
    this.stops.push(() => watch.disconnect());
    const hear = (names, heard) => {
      for (const name of names) {
        this.model.on(`change:${name}`, heard);
        this.stops.push(() => this.model.off(`change:${name}`, heard));
      }
    };
    // One update may change several of these: draw once, after all of them are there.
    hear(["text", "blocks", "pieces", "marks", "items"], () => { this.redrawAll = true; this.stale(); });
    hear(["answers", "history", "reply"], () => this.stale());
  }

  stale() {
    if (this.waiting) return;
    this.waiting = true;
    queueMicrotask(() => {
      this.waiting = false;
      const held = this.root.contains(document.activeElement);
      if (this.redrawAll) {
        this.redrawAll = false;
        this.drawText();
        this.drawItems();
        if (this.search.value && !this.finder.hidden) this.find();
      }
      this.restyle();
      const reply = this.model.get("reply");
      if (reply.n !== this.heard) this.showReply(reply);
      this.drawCard();
      if (held && !this.root.contains(document.activeElement)) this.region.focus({ preventScroll: true });
    });
  }

  stop() {
    this.stops.forEach((off) => off());
    this.highlight([], null);
  }

  // --- the article --------------------------------------------------------------------------------------------------
  drawText() {
    const text = this.model.get("text"), marks = this.model.get("marks");
    this.text = text;
    this.starts = unitStarts(text);
    this.words = null;
    this.marks = marks;
    this.drawn = [];
    const top = this.region.scrollTop, pieces = this.model.get("pieces");
    const blocks = [];
    let at = 0, before = "";
    for (const [kind, , end, voice] of this.model.get("blocks")) {
      const inside = [];
      while (at < pieces.length && pieces[at][1] <= end) inside.push(pieces[at++]);
      if (kind === "gap" && !this.slice(inside[0][0], end).trim()) continue;
      const label = kind === "boilerplate" ? (before === kind ? null : "page furniture, not read")
        : { outlet: "outlet", question: "question" }[voice];
      before = kind;
      blocks.push(make(kind === "headline" ? "h2" : "p", { class: `kit-${kind}`, dir: "auto", "data-label": label,
        "data-voice": voice || null }, ...inside.flatMap((piece) => this.pieceNodes(piece))));
    }
    this.body.replaceChildren(...blocks);
    this.region.scrollTop = top;
    this.restyle();
  }

  slice(start, end) { return this.text.slice(this.starts[start], this.starts[end]); }

  pieceNodes([start, end, indexes]) {
    const marks = indexes.map((index) => this.marks[index]);
    const node = document.createTextNode(this.slice(start, end));
    const element = make(marks.length ? "mark" : /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(node.data) ? "bdi" : "span",
      { "data-start": start, "data-end": end });
    if (marks.length) element.dataset.id = [...new Set(marks.map((mark) => mark.id))].join(" ");
    element.append(node);
    this.drawn.push({ element, node, start, end, u: this.starts[start], uEnd: this.starts[end], marks });
    // A screen reader hears where a mark starts and ends, and never a word split in two.
    const said = (words) => make("span", { class: "kit-sr" }, words);
    return [...marks.filter((mark) => mark.start_char === start).map((mark) => said(`${mark.spoken}: `)), element,
      ...marks.filter((mark) => mark.end_char === end).map((mark) => said(` (end of ${mark.spoken})`))];
  }

  restyle() {
    const answers = this.model.get("answers");
    for (const { element, start, end, marks } of this.drawn) {
      if (!marks.length) continue;
      const live = marks.filter((mark) => answers[mark.id] !== "reject");
      const names = new Set(live.length ? [] : ["kit-rejected"]);
      for (const mark of live) {
        names.add(`kit-${mark.role}`);
        if (mark.start_char === start) names.add(`kit-${mark.role}-start`);
        if (mark.end_char === end) names.add(`kit-${mark.role}-end`);
        if (mark.added) names.add("kit-added");
      }
      if (live.filter((mark) => mark.role === "content").length > 1) names.add("kit-deep");
      const tags = marks.filter((mark) => mark.start_char === start && mark.tag)
        .map((mark) => [mark.tag, mark.added ? "+" : SIGN[answers[mark.id]]].filter(Boolean).join("\u00a0"));
      const signs = marks.filter((mark) => mark.end_char === end && !mark.tag && (mark.role === "figure" || mark.role === "date"))
        .map((mark) => SIGN[answers[mark.id]]).filter(Boolean);
      element.className = [...names].join(" ");
      for (const [name, words] of [["tag", tags], ["sign", signs]]) {
        if (words.length) element.dataset[name] = words.join(" ");
        else delete element.dataset[name];
      }
      element.toggleAttribute("data-current", marks.some((mark) => mark.id === this.current));
      element.title = [...new Set(marks.map((mark) => mark.note).filter(Boolean))].join("; ");
    }
  }

  // A place in the DOM as a unit of the text; places between pieces count as the start of the next one.
  unitAt(node, offset) {
    const range = document.createRange();
    const index = firstWhere(this.drawn, (piece) => {
      range.selectNode(piece.element);
      return range.comparePoint(node, offset) <= 0;
    });
    const piece = this.drawn[index];
    if (!piece) return this.text.length;
    if (node === piece.node) return piece.u + offset;
    if (node === piece.element) return offset ? piece.uEnd : piece.u;
    return piece.u;
  }

  // A unit as a code point; half a pair counts as its start, or as its end at the end of a selection.
  pointAt(unit, atEnd = false) {
    const index = firstWhere(this.starts, (start) => start >= unit);
    return this.starts[index] === unit || atEnd ? index : index - 1;
  }

  rangeOf(u, uEnd) {
    const range = document.createRange();
    const first = this.drawn[firstWhere(this.drawn, (piece) => piece.uEnd > u)];
    const last = this.drawn[firstWhere(this.drawn, (piece) => piece.uEnd >= uEnd)];
    if (!first || !last) return null;
    range.setStart(first.node, Math.max(0, u - first.u));
    range.setEnd(last.node, Math.max(0, uEnd - last.u));
    return range;
  }

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

  scrollTo(range) {
    const box = range.getBoundingClientRect(), frame = this.region.getBoundingClientRect();
    if (box.top < frame.top + 8 || box.bottom > frame.bottom - 8) this.region.scrollTop += box.top - frame.top - SPACE_ABOVE;
  }

  click(event) {
    if (!window.getSelection().isCollapsed) return;
    const mark = event.target.closest?.("mark[data-id]");
    if (!mark) return;
    const ids = mark.dataset.id.split(" ").reverse(); // innermost first; a further click goes outwards
    this.choose(ids[(ids.indexOf(this.current) + 1) % ids.length], { scroll: false });
  }

  // --- suggestions --------------------------------------------------------------------------------------------------
  items() {
    const wanted = this.only.value, answers = this.model.get("answers");
    return this.model.get("items").filter((item) => !wanted || (wanted === "added" ? item.added
      : wanted === "open" ? !answers[item.id] : item.record === wanted && !item.added));
  }

  item(id = this.current) { return this.model.get("items").find((item) => item.id === id); }

  // The first suggestion without an answer after place (in the whole list), going round once.
  nextOpen(place) {
    const answers = this.model.get("answers"), all = this.model.get("items");
    const shown = new Set(this.items().map((item) => item.id));
    const open = all.map((item, index) => [item, index]).filter(([item]) => !answers[item.id] && shown.has(item.id));
    return (open.find(([, index]) => index > place) ?? open[0])?.[0].id ?? null;
  }

  drawItems() {
    this.rows = new Map();
    for (const item of this.items()) {
      const sign = make("span", { "aria-hidden": "true" });
      const row = make("button", { type: "button", on: { click: () => this.choose(item.id) } },
        sign, make("span", {}, item.name), make("span", {}, item.title));
      this.rows.set(item.id, { row, sign, item });
    }
    this.list.replaceChildren(...[...this.rows.values()].map(({ row }) => make("li", {}, row)));
    if (!this.item()) this.current = this.nextOpen(-1) ?? this.items()[0]?.id ?? null;
  }

  filter() {
    this.drawItems();
    this.choose(this.rows.has(this.current) ? this.current : this.nextOpen(-1) ?? this.items()[0]?.id ?? this.current);
  }

  state(item, answer) { return item.added ? `added${answer === "accept" ? "" : `, ${WORD[answer]}`}` : WORD[answer] ?? "open"; }

  drawCard() {
    const answers = this.model.get("answers"), history = this.model.get("history");
    const suggested = this.model.get("items").filter((item) => !item.added);
    this.left.textContent = `${suggested.filter((item) => !answers[item.id]).length} of ${suggested.length} left`;
    for (const { row, sign, item } of this.rows.values()) {
      const answer = answers[item.id];
      sign.textContent = item.added && answer === "accept" ? "+" : SIGN[answer] ?? "○";
      row.setAttribute("aria-label", `${item.name}, ${this.state(item, answer)}: ${item.title}`);
      if (item.id === this.current) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const item = this.item();
    this.heading.replaceChildren(item ? item.name : "Nothing to judge", make("span", {}, item ? this.state(item, answers[item.id]) : ""));
    this.fields.replaceChildren(...(item?.fields ?? []).flatMap(([name, text]) => [make("dt", {}, name), make("dd", { dir: "auto" }, text)]));
    for (const [action, one] of Object.entries(this.choices)) {
      one.setAttribute("aria-pressed", String(Boolean(item) && answers[item.id] === action));
      one.setAttribute("aria-disabled", String(!item));
    }
    this.undo.setAttribute("aria-disabled", String(!history.undo));
    this.redo.setAttribute("aria-disabled", String(!history.redo));
  }

  choose(id, { scroll = true } = {}) {
    this.current = id;
    this.restyle();
    this.drawCard();
    const first = this.drawn.find((piece) => piece.marks.some((mark) => mark.id === id));
    if (first && scroll) this.scrollTo(this.rangeOf(first.u, first.uEnd));
    const row = this.rows.get(id)?.row;
    if (row) {
      const box = row.getBoundingClientRect(), frame = this.list.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) this.list.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }

  step(by) {
    const ids = this.items().map((item) => item.id);
    if (!ids.length) return;
    const at = ids.indexOf(this.current);
    this.choose(ids[at < 0 ? 0 : (at + by + ids.length) % ids.length]);
    const item = this.item();
    this.say(`${item.name}, ${this.state(item, this.model.get("answers")[item.id])}: ${item.title}`);
  }

  // --- to Python and back -------------------------------------------------------------------------------------------
  answer(action) { this.send(() => (this.item() ? { type: "answer", action, target: this.current } : null)); }

  add(label) {
    const found = this.selected();
    if (!found) return this.say("Select words in the article first");
    this.send({ type: "add", start_char: found.start, end_char: found.end, label: this.model.get("labels")[label] });
  }

  // One message at a time: a fast second key means the suggestion that the first one leads to.
  send(asked) {
    if (this.pending) return void (this.queue.length < 50 && this.queue.push(asked));
    const message = typeof asked === "function" ? asked() : asked;
    if (!message) return;
    this.pending = true;
    this.model.send({ ...message, view: this.view });
    this.slow = setTimeout(() => { this.saved.textContent = "waiting for Python \u2026"; }, 700);
  }

  showReply(reply) {
    this.heard = reply.n;
    this.saved.textContent = reply.saved ?? "";
    this.alert.hidden = !reply.error;
    this.alert.textContent = reply.error ?? "";
    if (reply.view !== this.view) return;
    clearTimeout(this.slow);
    this.pending = false;
    if (reply.ok) this.goOn(reply);
    else this.queue = [];
    if (this.queue.length) this.send(this.queue.shift());
  }

  goOn({ target, said, saved }) {
    const place = this.model.get("items").findIndex((item) => item.id === target);
    const answer = this.model.get("answers")[target];
    const added = place >= 0 && this.item(target).added;
    if (added) window.getSelection().removeAllRanges();
    this.cursor = null;
    if (this.only.value === "open") this.drawItems();
    if (place >= 0) this.choose(answer && !added ? this.nextOpen(place) ?? target : target);
    const next = this.item();
    this.say(`${said}${saved ? `, ${saved}` : ""}. ${next ? `Now ${next.name}: ${next.title}` : ""}`);
  }

  say(words) { this.live.textContent = words; }

  // --- selecting and tagging ----------------------------------------------------------------------------------------
  showPicker() {
    const found = this.selected();
    this.picker.hidden = !found;
    if (!found) return;
    this.tags.forEach((tag, index) => tag.setAttribute("aria-pressed", String(index === this.label)));
    const boxes = this.rangeOf(found.u, found.uEnd).getClientRects(), root = this.root.getBoundingClientRect();
    const box = boxes[boxes.length - 1], frame = this.region.getBoundingClientRect();
    const hidden = !box || box.bottom < frame.top || box.top > frame.bottom;
    this.picker.hidden = hidden;
    if (hidden) return;
    this.picker.style.left = "0"; // its natural width is measured where nothing narrows it
    const room = this.picker.offsetHeight + 6;
    const below = box.bottom + room <= root.bottom;
    this.picker.style.top = `${(below ? box.bottom + 6 : box.top - room) - root.top}px`;
    this.picker.style.left = `${Math.max(0, Math.min(box.left - root.left, root.width - this.picker.offsetWidth - 4))}px`;
  }

  wordList() {
    if (!this.words) {
      const parts = new Intl.Segmenter(undefined, { granularity: "word" }).segment(this.text);
      this.words = [...parts].filter((part) => part.isWordLike).map((part) => [part.index, part.index + part.segment.length]);
    }
    return this.words;
  }

  moveCursor(key, extend) {
    const words = this.wordList();
    if (!words.length) return;
    if (!this.cursor) {
      const start = this.selected()?.u ?? this.starts[this.item()?.start_char ?? 0];
      const word = Math.min(firstWhere(words, ([, end]) => end > start), words.length - 1);
      this.cursor = { anchor: word, focus: word };
      if (!extend) return this.showCursor();
    }
    const { anchor, focus } = this.cursor;
    const to = key === "ArrowRight" ? focus + 1 : key === "ArrowLeft" ? focus - 1 : this.lineAway(focus, key === "ArrowDown" ? 1 : -1);
    const next = Math.max(0, Math.min(words.length - 1, to));
    this.cursor = { anchor: extend ? anchor : next, focus: next };
    this.showCursor();
  }

  // The word of the neighbouring line that stands closest above or below.
  lineAway(from, by) {
    const words = this.wordList(), box = (index) => this.rangeOf(...words[index]).getBoundingClientRect();
    const here = box(from), middle = here.left + here.width / 2;
    let best = null, line = null;
    for (let index = from + by; index >= 0 && index < words.length; index += by) {
      const there = box(index);
      if (by * (there.top - here.top) < here.height / 2) continue;
      line ??= there.top;
      if (Math.abs(there.top - line) > here.height / 2) break;
      const off = Math.abs(there.left + there.width / 2 - middle);
      if (best === null || off < best[0]) best = [off, index];
    }
    return best ? best[1] : from;
  }

  showCursor() {
    const words = this.wordList(), { anchor, focus } = this.cursor;
    const range = this.rangeOf(words[Math.min(anchor, focus)][0], words[Math.max(anchor, focus)][1]);
    window.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.scrollTo(this.rangeOf(...words[focus]));
    this.say(range.toString());
  }

  // --- finding ------------------------------------------------------------------------------------------------------
  openFind() {
    this.finder.hidden = false;
    this.search.focus();
    this.search.select();
    this.find();
  }

  closeFind() {
    this.finder.hidden = true;
    const hit = this.hits[this.at];
    this.highlight([], null);
    this.region.focus({ preventScroll: true });
    if (hit) this.cursor = null, window.getSelection().setBaseAndExtent(hit.startContainer, hit.startOffset, hit.endContainer, hit.endOffset);
    this.hits = [];
  }

  find() {
    const asked = this.search.value.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
      .replace(/['’]/g, "['’]").replace(/["“”]/g, "[\"“”]").replace(/\s+/g, "\\s+");
    const found = asked ? [...this.text.matchAll(new RegExp(asked, "giu"))] : [];
    this.hits = found.map((one) => this.rangeOf(one.index, one.index + one[0].length)).filter(Boolean);
    this.at = 0;
    this.hit(0);
  }

  hit(by) {
    const n = this.hits.length;
    this.at = n ? (this.at + by + n) % n : 0;
    this.count.textContent = n ? `${this.at + 1} of ${n}` : this.search.value.trim() ? "not found" : "";
    this.highlight(this.hits, this.hits[this.at] ?? null);
    if (n) this.scrollTo(this.hits[this.at]);
  }

  findKey(event) {
    if (event.key === "Enter") this.hit(event.shiftKey ? -1 : 1);
  }

  // The names are shared by all views on the page, so each takes back only its own ranges.
  highlight(hits, now) {
    if (!CSS.highlights) return;
    const put = (name, ranges) => {
      if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
      const all = CSS.highlights.get(name);
      (this[name] ?? []).forEach((range) => all.delete(range));
      ranges.forEach((range) => all.add(range));
      this[name] = ranges;
    };
    put("kit-find", hits.filter((hit) => hit !== now));
    put("kit-find-now", now ? [now] : []);
  }

  toggleHelp(open = this.help.hidden) {
    this.help.hidden = !open;
    this.helpButton.setAttribute("aria-expanded", String(open));
  }

  // --- keys ---------------------------------------------------------------------------------------------------------
  key(event) {
    event.stopPropagation();
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape") return this.escape(event);
    const field = event.target.matches("input, select");
    const control = event.ctrlKey || event.metaKey, key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (control && key === "s") return void event.preventDefault(); // the browser would save the page; answers are saved
    if (field || event.altKey) return;
    const act = control ? this.controlKey(key, event.shiftKey) : this.plainKey(key, event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  controlKey(key, shift) {
    if (key === "z") return () => this.send({ type: shift ? "redo" : "undo" });
    return null;
  }

  plainKey(key, event) {
    const onButton = event.target.matches("button");
    if (onButton && (key === " " || key === "Enter")) return null; // they press the button, as everywhere
    if (key.startsWith("Arrow")) return onButton ? null : () => this.moveCursor(key, event.shiftKey);
    if (/^[1-9]$/.test(key)) return () => this.pick(Number(key) - 1);
    const acts = { a: () => this.answer("accept"), x: () => this.answer("reject"), " ": () => this.answer("ignore"),
      n: () => this.step(1), p: () => this.step(-1), f: () => this.openFind(), "?": () => this.toggleHelp(),
      Enter: () => this.add(this.label) };
    return acts[key] ?? null;
  }

  pick(index) {
    const labels = this.model.get("labels");
    if (index >= labels.length) return;
    this.label = index;
    this.showPicker();
    this.say(`Label ${labels[index]}. Enter adds the selected words`);
  }

  escape(event) {
    event.preventDefault();
    if (!this.help.hidden) return this.toggleHelp(false);
    if (!this.finder.hidden) return this.closeFind();
    if (this.selected()) { this.cursor = null; return window.getSelection().removeAllRanges(); }
    document.activeElement?.blur();
  }
}

export default {
  render({ model, el }) {
    const desk = new Desk(model, el);
    return () => desk.stop();
  },
};
