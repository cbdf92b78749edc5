// The tagging desk: it draws what Python says and sends what the person does. Python owns the records, the answers, undo
// and saving; here is only where the person looks and which panel is open. One change is one message, and one event.
import { Article } from "./article.js";
import { Card, stateOf } from "./card.js";
import { Find } from "./find.js";
import { Hints, allKeys, legend } from "./keys.js";
import { Overlay } from "./overlay.js";
import { Picker } from "./picker.js";
import { Queue } from "./queue.js";
import { Words } from "./words.js";
import { button, flag, make } from "./dom.js";

class Desk {
  constructor(model, el) {
    this.model = model;
    this.view = Math.random().toString(36).slice(2);
    this.items = model.get("items");
    this.order = model.get("order");
    this.about = model.get("about");
    this.current = null;
    this.panel = null;
    this.part = null; // index of the part that is being corrected
    this.filling = false; // a new claim waits for its source and cue
    this.waiting = [];
    this.pending = false;
    this.article = new Article(model.get("text"), model.get("blocks"), this.items);
    this.words = new Words(this.article);
    this.overlay = new Overlay(this.article, this.words, { moved: (index, u, uEnd) => this.setPart(index, [this.article.pointAt(u), this.article.pointAt(uEnd, true)]), said: (words) => this.say(words) });
    this.find = new Find(this.article, { left: (hit) => this.leaveFind(hit) });
    this.queue = new Queue(this);
    this.card = new Card(this);
    this.picker = new Picker(this);
    this.hints = new Hints(this);
    this.build(el);
    this.queue.drawSources(this.about.sources);
    this.queue.draw();
    const ids = this.queue.drawn;
    this.choose(this.queue.nextOpen(ids, -1) ?? ids[0] ?? null, { scroll: false });
    this.showReply({ saved: this.about.saved });
    this.listen();
    model.send({ type: "look", view: this.view });
  }

  item(id = this.current) { return this.items[id]; }
  source(id) { return this.about.sources.find((one) => one.id === id); }

  // --- skeleton -----------------------------------------------------------------------------------------------------
  build(el) {
    this.left = make("span", { class: "kit-left" });
    this.saved = make("span", { class: "kit-saved" });
    this.bar = make("div", {});
    this.undo = button("Undo", "Ctrl+Z", () => this.send({ type: "undo" }));
    this.redo = button("Redo", "Ctrl+Shift+Z", () => this.send({ type: "redo" }));
    this.helpButton = button("Keys", "?", () => this.toggleHelp(), { "aria-expanded": "false" });
    this.alert = make("div", { class: "kit-alert", role: "alert", hidden: "" });
    this.live = make("div", { class: "kit-live kit-sr", "aria-live": "polite" });
    this.help = allKeys();
    this.strays = make("details", { class: "kit-strays", hidden: "" }, make("summary", { tabindex: "0" }), make("ul", {}));
    this.root = make("div", { class: "kit-article kit-desk", tabindex: "-1" },
      make("div", { class: "kit-top" }, this.left, this.saved, this.undo, this.redo, button("Find", "f", () => this.find.show()), this.helpButton),
      make("div", { class: "kit-progress", "aria-hidden": "true" }, this.bar), this.alert, this.strays, this.find.root, this.help,
      legend(this.about.legend),
      make("div", { class: "kit-columns" }, this.article.region, make("div", { class: "kit-side" }, this.card.root, this.queue.root)),
      this.hints.root, this.picker.root, this.live);
    el.append(this.root);
  }

  listen() {
    this.stops = [];
    const on = (target, type, heard) => {
      target.addEventListener(type, heard);
      this.stops.push(() => target.removeEventListener(type, heard));
    };
    const { region } = this.article;
    on(this.root, "keydown", (event) => this.key(event));
    on(region, "pointerdown", () => { this.selecting = true; this.words.clear(); });
    on(window, "pointerup", () => {
      if (!this.selecting) return;
      this.selecting = false;
      setTimeout(() => this.selectedByMouse()); // the browser drops an old selection after this event
    });
    on(region, "click", (event) => this.click(event));
    on(region, "mouseover", (event) => this.article.hover(this.under(event)));
    on(region, "mouseleave", () => this.article.hover(null));
    on(region, "scroll", () => this.picker.show());
    on(document, "selectionchange", () => { if (!this.selecting) this.picker.show(); this.hints.draw(); });
    on(this.root, "focusin", (event) => { if (!this.root.contains(event.relatedTarget)) this.look(); });
    const watch = new ResizeObserver(() => { this.overlay.draw(); this.picker.show(); });
    watch.observe(region);
    watch.observe(this.help);
    this.stops.push(() => watch.disconnect(), () => this.find.close(), () => this.overlay.stop());
    const heard = (message) => { if (message?.type === "state") this.hear(message); };
    this.model.on("msg:custom", heard);
    this.stops.push(() => this.model.off("msg:custom", heard));
  }

  stop() { this.stops.forEach((off) => off()); }

  // --- from Python --------------------------------------------------------------------------------------------------
  // The model has taken the new records in already (see initialize); here only what they change is drawn.
  hear({ changed, gone, about, reply }) {
    const held = this.root.contains(document.activeElement), before = this.current;
    this.about = this.model.get("about");
    this.order = this.model.get("order");
    const ids = [...Object.keys(changed), ...gone];
    if (ids.length) {
      const picked = this.article.selected();
      this.article.update(ids);
      if (picked) this.article.select(picked.u, picked.uEnd);
      if (this.find.open) this.find.draw();
    }
    if (about.sources) this.queue.drawSources(this.about.sources);
    if (!this.items[this.current]) this.current = null;
    const mine = reply && reply.view === this.view;
    if (mine) this.goOn(reply);
    if (reply) this.showReply(reply);
    this.refresh();
    if (mine && this.current !== before) this.reveal();
    if (mine && reply.asked === "edit" && this.panel === "edit" && this.part !== null) this.takePart();
    if (held && !this.root.contains(document.activeElement)) this.article.region.focus({ preventScroll: true });
    if (!mine) return;
    if (reply.ok) this.announce(reply);
    if (this.waiting.length) this.send(...this.waiting.shift());
  }

  refresh() {
    this.queue.draw();
    if (!this.current) this.current = this.queue.nextOpen(this.queue.drawn, -1) ?? this.queue.drawn[0] ?? null;
    this.article.setCurrent(this.current);
    this.queue.restyle(this.current);
    this.drawCounts();
    this.card.draw();
    this.overlay.show(this.item(), this.panel === "edit" ? this.part : null);
    this.hints.draw();
    this.picker.show();
  }

  drawCounts() {
    const suggested = Object.values(this.items).filter((item) => item.suggested && item.counted);
    const open = suggested.filter((item) => !item.answer).length;
    this.left.textContent = `${open} of ${suggested.length} left`;
    this.bar.style.width = `${suggested.length ? 100 * (1 - open / suggested.length) : 100}%`;
    const { history, strays } = this.about, [summary, list] = this.strays.children;
    this.strays.hidden = !strays.length;
    summary.textContent = `${strays.length} earlier decision${strays.length === 1 ? " does" : "s do"} not stand as taken`;
    list.replaceChildren(...strays.map((words) => make("li", { dir: "auto" }, words)));
    flag(this.undo, "disabled", !history.undo);
    flag(this.redo, "disabled", !history.redo);
  }

  showReply(reply) {
    if (reply.saved !== undefined) this.saved.textContent = reply.saved;
    this.alert.hidden = !reply.error;
    this.alert.textContent = reply.error ?? "";
  }

  // Where the person looks after an answer of Python's to this view. The queue still shows what it showed before.
  goOn({ ok, asked, target }) {
    clearTimeout(this.slow);
    const { next } = this.pending || {}, item = this.items[target], ids = this.queue.drawn;
    this.pending = false;
    if (!ok) return void (this.waiting = []);
    this.words.clear();
    if (asked === "add" && item) this.added(item);
    else if (asked === "answer" && item) this.current = this.queue.after(ids, target) ?? target;
    else if ((asked === "undo" || asked === "redo") && item) this.current = target;
    else if (asked === "edit" && this.panel === "edit") this.edited();
    next?.();
    if (this.panel && !this.filling && this.current !== this.article.current) this.openPanelQuietly(null);
  }

  announce({ said, saved, target }) {
    const now = this.item();
    this.say(`${said}${saved && target ? `, ${saved}` : ""}. ${this.filling ? `Now the ${this.partName()}` : now && now.id !== target ? `Now ${now.name}: ${now.title}` : ""}`);
  }

  // --- walking ------------------------------------------------------------------------------------------------------
  choose(id, { scroll = true } = {}) {
    if (this.panel === "link" && id !== this.current && this.item(id)?.record === "claim") return this.link(id);
    if (id !== this.current && this.panel) this.openPanelQuietly(null);
    this.current = id;
    this.refresh();
    this.reveal(scroll);
  }

  reveal(scroll = true) {
    const item = this.item();
    if (item && scroll) this.article.scrollTo(this.article.rangeOfPoints(item.start, item.end));
    this.queue.reveal(this.current);
  }

  step(by) {
    const ids = this.queue.drawn, at = ids.indexOf(this.current);
    if (!ids.length) return this.say("Nothing to judge here");
    this.choose(ids[at < 0 ? 0 : (at + by + ids.length) % ids.length]);
    const item = this.item();
    this.say(`${item.name}, ${stateOf(item)}: ${item.title}`);
  }

  filter() {
    this.queue.draw();
    const ids = this.queue.drawn;
    this.choose(ids.includes(this.current) ? this.current : this.queue.nextOpen(ids, -1) ?? ids[0] ?? this.current);
    this.say(`${ids.length} shown`);
  }

  // What lies inside a claim: its figures, and the dates within its content.
  inside(item) {
    const found = { quantity: [], date: [] };
    if (item.record !== "claim") return found;
    const content = item.parts.filter(([role]) => role === "content");
    for (const id of this.order) {
      const other = this.items[id];
      if (other.record === "quantity" && other.claim === item.id) found.quantity.push(id);
      if (other.record === "date" && content.some(([, start, end]) => start <= other.start && other.end <= end)) found.date.push(id);
    }
    return found;
  }

  under(event) { return event.target.closest?.("mark[data-id]")?.dataset.id.split(" ").pop() ?? null; }

  click(event) {
    if (this.filling || !window.getSelection().isCollapsed) return;
    const mark = event.target.closest?.("mark[data-id]");
    if (!mark) return;
    const ids = mark.dataset.id.split(" ").reverse(); // innermost first; a further click goes outwards
    const wanted = this.panel === "link" ? ids.filter((id) => this.item(id)?.record === "claim") : ids;
    if (wanted.length) this.choose(wanted[(wanted.indexOf(this.current) + 1) % wanted.length], { scroll: false });
  }

  // --- deciding -----------------------------------------------------------------------------------------------------
  answer(action) { this.send(() => (this.item() ? { type: "answer", action, target: this.current } : null)); }

  add(index) {
    const found = this.article.selected(), label = this.about.labels[index];
    if (!label) return undefined;
    if (!found) return this.toggleLabel(label);
    return this.send({ type: "add", start_char: found.start, end_char: found.end, label: label.name });
  }

  added(item) {
    window.getSelection().removeAllRanges();
    this.current = item.id;
    this.filling = item.record === "claim" && item.drawn && item.parts.some(([, start]) => start === null);
    if (!this.filling) return;
    this.panel = "edit";
    this.part = item.parts.findIndex(([, start]) => start === null);
  }

  // Without a selection a digit puts a label on the record being judged, or takes it away.
  toggleLabel(label) {
    const item = this.item();
    if (!item) return;
    if (label.adds !== "words") return void this.say("Select words in the article first");
    const labels = item.labels.includes(label.name) ? item.labels.filter((one) => one !== label.name) : [...item.labels, label.name];
    this.send({ type: "label", target: item.id, labels });
  }

  grade(code) {
    const item = this.item(), letter = /[A-F]/.test(code);
    if (!item || (letter ? item.letter : item.digit) === null) return this.say("Nothing to grade here");
    return this.send({ type: "grade", target: letter ? item.source : item.id, grade: code, elsewhere: code === "1" ? this.elsewhere ?? "" : "" });
  }

  link(claim) { this.send({ type: "link", target: this.current, claim }, () => this.openPanelQuietly(null)); }

  copy() {
    const item = this.item(), found = this.article.selected();
    if (!item && !found) return;
    const [start, end] = found ? [found.start, found.end] : [item.start, item.end];
    const contents = item?.parts.filter(([role, at]) => role === "content" && at !== null).map(([, from, to]) => this.article.slice(from, to)) ?? [];
    const words = found || !contents.length ? this.article.slice(start, end) : contents.join(" … ");
    const quoted = /^["“„«]/.test(words) && /["”«»]$/.test(words) ? words : `“${words}”`;
    const who = found ? "" : item.cite;
    const cited = [who, this.about.citation, `characters ${start}–${end}`].filter(Boolean).join(", ");
    const done = () => { this.saved.textContent = "copied"; this.say("Copied with its citation"); };
    const text = `${quoted.replace(/\s+/g, " ")} (${cited})`;
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => this.copyOldWay(text, done));
    else this.copyOldWay(text, done);
  }

  copyOldWay(text, done) {
    const heard = (event) => { event.clipboardData.setData("text/plain", text); event.preventDefault(); };
    document.addEventListener("copy", heard, { once: true });
    if (document.execCommand("copy")) done();
    document.removeEventListener("copy", heard);
  }

  // --- correcting ---------------------------------------------------------------------------------------------------
  can(panel) {
    const item = this.item();
    if (!item) return false;
    return { edit: item.editable, link: item.record === "quantity", source: Boolean(this.source(item.source)), grade: item.record === "claim" && item.editable,
      note: true, copy: true }[panel];
  }

  openPanel(name) {
    const open = name && this.panel !== name ? name : null;
    if (open && !this.can(open)) return this.say(`Nothing to ${open === "source" ? "merge" : open} here`);
    this.openPanelQuietly(open);
    if (open === "edit") return this.pickPart(this.item().record === "claim" ? Math.max(0, this.item().parts.findIndex(([role]) => role === "content")) : 0);
    this.refresh();
    if (open === null || open === "grade") this.article.region.focus({ preventScroll: true });
    else this.card.panel.querySelector("textarea, select, input, button")?.focus({ preventScroll: true });
    return this.say(open ? this.hints.words() : "");
  }

  openPanelQuietly(name) {
    this.panel = name;
    this.part = null;
    this.elsewhere = "";
    if (name !== "edit") this.filling = false;
  }

  partName() { return this.item()?.parts[this.part]?.[0] ?? "content"; }

  pickPart(index) {
    const item = this.item();
    if (!item || index > item.parts.length || (index === item.parts.length && !(item.record === "claim" && item.drawn))) return;
    this.part = index;
    this.refresh();
    this.article.region.focus({ preventScroll: true });
    this.takePart();
    this.say(`${this.partName()}: ${item.parts[index]?.[1] == null ? "none yet. Select its words" : window.getSelection().toString()}`);
  }

  takePart() {
    const part = this.item()?.parts[this.part];
    if (!part || part[1] === null) {
      this.words.clear();
      return window.getSelection().removeAllRanges();
    }
    this.words.take(this.article.starts[part[1]], this.article.starts[part[2]]);
    return this.words.show();
  }

  // Words for a part, [start, end] in code points, or null to take the part away.
  setPart(index, place) {
    const item = this.item();
    if (!item) return undefined;
    const [role, start, end] = item.parts[index] ?? ["content", null, null];
    if (place ? place[0] === start && place[1] === end : start === null) return this.say("Nothing changed");
    let fields = { [role]: place };
    if (role === "content") {
      const all = item.parts.map((part, at) => (at === index ? place : part[0] === "content" ? [part[1], part[2]] : null));
      fields = { content: (index >= item.parts.length ? [...all, place] : all).filter(Boolean) };
    } else if (role === "figure" || role === "date") fields = { start_char: place[0], end_char: place[1] };
    return this.send({ type: "edit", target: item.id, fields });
  }

  // After a correction: a new claim goes on to what it lacks, anything else stays where it is.
  edited() {
    const item = this.item();
    window.getSelection().removeAllRanges();
    if (!this.filling) return;
    this.part = item.parts.findIndex(([role, start], index) => start === null && (index > this.part || role === "cue"));
    if (this.part < 0) this.openPanelQuietly(null);
  }

  selectedByMouse() {
    const found = this.article.selected();
    if (found && this.panel === "edit" && this.part !== null) return this.setPart(this.part, [found.start, found.end]);
    return this.picker.show();
  }

  enter() {
    const found = this.article.selected();
    if (this.panel === "edit" && this.part !== null && found) return this.setPart(this.part, [found.start, found.end]);
    return found ? this.add(this.picker.label) : this.say("Select words in the article first");
  }

  // --- to Python ----------------------------------------------------------------------------------------------------
  // One message at a time: a fast second key means the suggestion that the first one leads to.
  send(asked, next = null) {
    if (this.pending) return void (this.waiting.length < 50 && this.waiting.push([asked, next]));
    const message = typeof asked === "function" ? asked() : asked;
    if (!message) return;
    this.pending = { next };
    this.model.send({ ...message, view: this.view, adjudicates: this.queue.show.value === "differ" });
    this.slow = setTimeout(() => { this.saved.textContent = "waiting for Python \u2026"; }, 700);
  }

  // Somebody else may have decided meanwhile: ask when the person comes back to the desk.
  look() {
    if (!this.pending) this.model.send({ type: "look", view: this.view });
  }

  say(words) { this.live.textContent = words; }

  // --- keys ---------------------------------------------------------------------------------------------------------
  key(event) {
    event.stopPropagation();
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape") return this.escape(event);
    const control = event.ctrlKey || event.metaKey, key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (control && key === "s") return void event.preventDefault(); // the browser would save the page; answers are saved
    if (event.target.matches("input, select, textarea")) return this.fieldKey(event);
    const act = control ? (key === "z" ? () => this.send({ type: event.shiftKey ? "redo" : "undo" }) : null) : this.plainKey(key, event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  // In the choosers of a panel Enter does what the button beside them does.
  fieldKey(event) {
    if (event.key !== "Enter" || !event.target.matches(".kit-panel select")) return;
    event.preventDefault();
    this.card.panel.querySelector("[data-k=link], [data-k=merge], [data-k=save]")?.click();
  }

  plainKey(key, event) {
    const onButton = event.target.matches("button, summary");
    if (onButton && (key === " " || key === "Enter")) return null; // they press the button, as everywhere
    if (key.startsWith("Arrow")) return onButton ? null : () => this.arrow(key, event);
    if (event.altKey) return null;
    if (this.panel === "grade" && /^[a-f1-6]$/.test(key)) return () => this.grade(key.toUpperCase());
    if (this.panel === "edit") {
      if (/^[1-9]$/.test(key)) return () => this.pickPart(Number(key) - 1);
      if (key === "s") return () => { this.words.swap(); this.words.show(); this.say("The other edge moves now"); };
      if (key === "Delete" || key === "Backspace") return () => this.part !== null && this.item().parts[this.part]?.[1] != null && this.setPart(this.part, null);
    }
    const label = this.about.labels.findIndex((one) => one.key && one.key === key);
    if (label >= 0) return () => this.pick(label);
    const acts = { a: () => this.answer("accept"), x: () => this.answer("reject"), " ": () => this.answer("ignore"),
      n: () => this.step(1), p: () => this.step(-1), f: () => this.find.show(), "?": () => this.toggleHelp(), q: () => this.copy(),
      e: () => this.openPanel("edit"), l: () => this.openPanel("link"), m: () => this.openPanel("source"), g: () => this.openPanel("grade"),
      c: () => this.openPanel("note"), Enter: () => this.enter() };
    return acts[key] ?? null;
  }

  arrow(key, event) {
    const fallback = this.article.starts[this.item()?.start ?? 0];
    this.words.move(key, { extend: event.shiftKey, character: event.shiftKey && event.altKey, fallback });
    this.say(this.words.show());
  }

  pick(index) {
    const label = this.about.labels[index];
    if (!this.article.selected()) return this.toggleLabel(label);
    this.picker.label = index;
    this.picker.show();
    return this.say(`Label ${label.name}. Enter adds the selected words`);
  }

  leaveFind(hit) {
    this.article.region.focus({ preventScroll: true });
    if (!hit) return;
    this.words.clear();
    this.article.select(...hit);
  }

  toggleHelp(open = this.help.hidden) {
    this.help.hidden = !open;
    flag(this.helpButton, "expanded", open);
  }

  escape(event) {
    event.preventDefault();
    if (!this.help.hidden) return this.toggleHelp(false);
    if (this.find.open) return this.find.close();
    if (this.panel) {
      window.getSelection().removeAllRanges();
      this.words.clear();
      return this.openPanel(null);
    }
    if (this.article.selected()) {
      this.words.clear();
      return window.getSelection().removeAllRanges();
    }
    return document.activeElement?.blur();
  }
}

export default {
  // One model may have several views: the records are taken in once, before any of them draws.
  initialize({ model }) {
    model.on("msg:custom", (message) => {
      if (message?.type !== "state") return;
      const items = model.get("items"), about = model.get("about");
      Object.assign(items, message.changed);
      message.gone.forEach((id) => delete items[id]);
      Object.assign(about, message.about);
      if (message.order) model.get("order").splice(0, Infinity, ...message.order);
    });
  },
  render({ model, el }) {
    const desk = new Desk(model, el);
    // Where the static page's own style cannot tell that the desk is there.
    if (!el.closest(".jp-OutputArea")) document.querySelectorAll(".kit-still").forEach((still) => { still.hidden = true; });
    return () => desk.stop();
  },
};
