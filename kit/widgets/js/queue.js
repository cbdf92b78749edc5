// The queue: what is to be judged, filtered and ordered by the person, and how much of it is left.
import { SIGN, choice, make } from "./dom.js";
import { stateOf } from "./card.js";

const SHOW = [["", "all suggestions"], ["open", "undecided"], ["claim", "claims"], ["quantity", "figures"], ["date", "dates"], ["added", "added by people"],
  ["labelled", "labelled or noted"], ["differ", "annotators differ"], ["outlet", "the outlet's own words"], ["question", "questions"]];
const ORDER = [["reading", "as in the article"], ["confidence", "least certain first"], ["worth", "most worth checking first"]];

export class Queue {
  constructor(desk) {
    this.desk = desk;
    this.rows = new Map();
    this.kept = null; // what was judged a moment ago stays in its place in the list of the undecided
    const changed = { on: { change: () => desk.filter() } };
    this.show = choice("Show", SHOW, "", changed);
    this.order = choice("Order", ORDER, "reading", changed);
    this.source = choice("Source", [["", "any source"]], "", changed);
    this.list = make("ol", { on: { keydown: (event) => this.walk(event) } });
    this.count = make("span", { class: "kit-quiet" });
    this.root = make("nav", { class: "kit-list", "aria-label": "Suggestions" },
      make("div", { class: "kit-filters" }, this.show, this.source, this.order, this.count), this.list);
  }

  drawSources(sources) {
    const before = this.source.value;
    const options = [["", "any source"], ["outlet", "the outlet itself"], ...sources.map((one) => [one.id, one.name])];
    this.source.replaceChildren(...options.map(([value, name]) => make("option", { value, dir: "auto" }, name)));
    this.source.value = options.some(([value]) => value === before) ? before : "";
  }

  shown(item) {
    const show = this.show.value, source = this.source.value;
    if (source && (item.source ?? "outlet") !== source) return false;
    const own = item.record === "claim" && !item.drawn;
    if (show === "outlet" || show === "question") return own && item.values.voice === show;
    if (own) return item.suggested && (show === "" || show === "claim");
    if (show === "open") return !item.answer;
    if (show === "added") return item.added;
    if (show === "labelled") return item.labels.length > 0 || Boolean(item.note);
    if (show === "differ") return item.differ.length > 0;
    return !show || item.record === show;
  }

  // Ids in the order of the walk.
  ids() {
    const found = this.desk.order.filter((id) => this.shown(this.desk.items[id]));
    const place = { confidence: (item) => item.confidence ?? 2, worth: (item) => -(item.worth?.score ?? -1) }[this.order.value];
    return place ? found.map((id) => [place(this.desk.items[id]), id]).sort(([one], [other]) => one - other).map(([, id]) => id) : found;
  }

  // The first undecided suggestion after place (an index in ids), going round once.
  nextOpen(ids, place) {
    const open = (id) => !this.desk.items[id].answer;
    return ids.slice(place + 1).find(open) ?? ids.find(open) ?? null;
  }

  // Where an answer leads: to what is undecided, and among differences, which are answered already, to the next one.
  after(ids, target) {
    const place = ids.indexOf(target);
    return this.show.value === "differ" ? ids[place + 1] ?? ids[0] : this.nextOpen(ids, place);
  }

  draw() {
    const ids = this.ids(), rows = new Map();
    for (const id of ids) rows.set(id, this.rows.get(id) ?? this.row(id));
    if (ids.length !== this.rows.size || ids.some((id, index) => this.drawn[index] !== id)) {
      this.list.replaceChildren(...[...rows.values()].map((row) => row.parentElement));
    }
    this.rows = rows;
    this.drawn = ids;
    ids.forEach((id) => this.restyle(id));
    this.count.textContent = `${ids.length} shown`;
  }

  row(id) {
    const row = make("button", { type: "button", tabindex: "-1", on: { click: () => this.desk.choose(id) } },
      make("span", { "aria-hidden": "true" }), make("span", {}), make("span", { dir: "auto" }));
    make("li", {}, row);
    return row;
  }

  restyle(id) {
    const row = this.rows.get(id), item = this.desk.items[id];
    if (!row || !item) return;
    const current = id === this.desk.current;
    const key = `${item.name}\n${stateOf(item)}\n${item.title}\n${current}`;
    if (row.kit === key) return;
    row.kit = key;
    const sign = item.added && item.answer === "accept" ? "+" : SIGN[item.answer] ?? "○";
    [sign, item.name, item.title].forEach((words, index) => { row.children[index].textContent = words; });
    row.setAttribute("aria-label", `${item.name}, ${stateOf(item)}: ${item.title}`);
    row.tabIndex = current ? 0 : -1;
    if (current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  // One stop for Tab; the arrows walk inside the list.
  walk(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.desk.step(by);
    this.rows.get(this.desk.current)?.focus({ preventScroll: true });
  }

  reveal(id) {
    const row = this.rows.get(id);
    if (!row) return;
    const box = row.getBoundingClientRect(), frame = this.list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) this.list.scrollTop += box.top - frame.top - frame.height / 3;
  }
}
