// The card beside the article: the suggestion being judged, in words, and the buttons that decide it.
import { SIGN, WORD, button, flag, make } from "./dom.js";
import { panels } from "./panels.js";

export function stateOf(item) {
  const words = item.added ? ["added"] : [WORD[item.answer] ?? "open"];
  if (item.added && item.answer && item.answer !== "accept") words.push(WORD[item.answer]);
  if (item.edited.length) words.push("corrected");
  return words.join(", ");
}

export class Card {
  constructor(desk) {
    this.desk = desk;
    this.heading = make("h3", {});
    this.fields = make("dl", {});
    this.panel = make("div", { class: "kit-panel", hidden: "" });
    const answer = (action) => () => desk.answer(action);
    this.choices = { accept: button("Accept", "a", answer("accept")), reject: button("Reject", "x", answer("reject")),
      ignore: button("Ignore", "space", answer("ignore")) };
    this.tools = {
      edit: button("Edit", "e", () => desk.openPanel("edit")), link: button("Link", "l", () => desk.openPanel("link")),
      source: button("Source", "m", () => desk.openPanel("source")), grade: button("Grade", "g", () => desk.openPanel("grade")),
      note: button("Note", "c", () => desk.openPanel("note")), copy: button("Copy", "q", () => desk.copy()),
    };
    const steps = [["Previous", "p", "‹", -1], ["Next", "n", "›", 1]].map(([name, key, sign, by]) => make("button",
      { type: "button", "aria-label": name, "aria-keyshortcuts": key, title: `${name} (${key})`, on: { click: () => desk.step(by) } }, sign));
    this.root = make("section", { class: "kit-card", "aria-label": "Suggestion" },
      make("div", { class: "kit-head" }, this.heading, ...steps),
      make("div", { class: "kit-row kit-answers" }, ...Object.values(this.choices)),
      make("div", { class: "kit-row kit-tools" }, ...Object.values(this.tools)), this.panel, this.fields);
  }

  draw() {
    const { desk } = this, item = desk.item();
    const held = this.panel.contains(document.activeElement) ? document.activeElement.dataset.k : null;
    this.heading.replaceChildren(item ? item.name : "Nothing to judge", make("span", {}, item ? stateOf(item) : ""));
    for (const [action, one] of Object.entries(this.choices)) {
      flag(one, "pressed", item?.answer === action);
      flag(one, "disabled", !item);
    }
    for (const [name, one] of Object.entries(this.tools)) {
      flag(one, "disabled", !item || !desk.can(name));
      if (name !== "copy") flag(one, "expanded", desk.panel === name);
    }
    const open = item && desk.panel ? panels[desk.panel](desk, item) : null;
    this.panel.hidden = !open;
    this.panel.replaceChildren(...(open ? [open] : []));
    if (held) this.panel.querySelector(`[data-k="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    this.fields.replaceChildren(...(item && desk.panel !== "edit" ? this.rows(item) : []).flatMap(([name, ...words]) =>
      [make("dt", {}, name), make("dd", { dir: "auto" }, ...words)]));
  }

  rows(item) {
    const { desk } = this, rows = item.fields.map((one) => [...one]);
    const jump = (id) => {
      const other = desk.items[id];
      return other ? make("button", { type: "button", class: "kit-plain", "data-k": `to ${id}`, on: { click: () => desk.choose(id) } },
        make("span", { "aria-hidden": "true" }, SIGN[other.answer] ?? "○"), ` ${other.title}`) : null;
    };
    if (item.claim && desk.items[item.claim]) rows.push(["In claim", jump(item.claim)]);
    const inside = desk.inside(item);
    if (inside.quantity.length) rows.push(["Figures", ...inside.quantity.map(jump)]);
    if (inside.date.length) rows.push(["Dates", ...inside.date.map(jump)]);
    if (item.worth) rows.push(["To check", ...worthWords(item.worth)]);
    if (item.letter || item.digit) rows.push(["Grade", gradeWords(item)]);
    if (item.labels.length) rows.push(["Labels", item.labels.join(", ")]);
    if (item.note) rows.push(["Note", item.note]);
    const others = Object.entries(item.answers);
    if (others.length) rows.push([others.length > 1 ? "Decided" : "By", others.map(([who, answer]) => `${SIGN[answer] ?? ""} ${who}`).join(", ")]);
    const apart = item.differ.filter(([what]) => what !== "answer").map(([what, said]) => make("span", { class: "kit-apart" },
      `${what.replace("_", " ")}: ${Object.entries(said).map(([who, words]) => `${words} (${who})`).join("; ")}`));
    if (apart.length) rows.push(["Differing", ...apart]);
    return rows;
  }
}

function gradeWords(item) {
  return `${item.letter ?? "\u2013"}${item.digit ?? "\u2013"}${item.graded ? "" : " (not graded yet)"}`;
}

// The score and the criteria that made it, in the order of their weights.
function worthWords({ score, fired }) {
  const why = fired.map(([name, weight, words]) => `${name} +${weight}${words ? ` (${words.length > 40 ? `${words.slice(0, 40)}\u2026` : words})` : ""}`);
  return [make("b", {}, `${Math.round(score * 100)} of 100`), why.length ? `: ${why.join(", ")}` : ""];
}
