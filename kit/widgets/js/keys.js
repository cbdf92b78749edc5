// The keys: the row that is always in sight says what works now, the page behind "?" says all of them.
import { SIGN, WORD, make } from "./dom.js";

const ALL = [
  ["a / x / space", "accept / reject / ignore"], ["Ctrl+Z", "undo"], ["Ctrl+Shift+Z", "redo"], ["n / p", "next / previous suggestion"],
  ["arrows", "move by words in the article"], ["Shift+arrows", "extend the selection"], ["Alt+Shift+arrows", "by one character"],
  ["1 to 9", "pick a label; with nothing selected, label the suggestion"], ["Enter", "add the selected words"],
  ["e", "edit: parts, form, voice, stance, numbers"], ["l", "link a figure to another claim"], ["m", "merge and split sources"],
  ["g", "grade: A to F, 1 to 6"], ["c", "note"], ["q", "copy the quotation with its citation"], ["f", "find in the article"],
  ["Tab", "next control, as everywhere"], ["?", "these keys"], ["Esc", "close, then leave"],
];
const NOW = {
  walk: [["a", "accept"], ["x", "reject"], ["space", "ignore"], ["n p", "walk"], ["e", "edit"], ["l", "link"], ["m", "source"], ["g", "grade"], ["c", "note"], ["f", "find"], ["?", "all keys"]],
  select: [["1–9", "label"], ["Enter", "add the words"], ["Shift+← →", "extend"], ["Alt+Shift", "by characters"], ["q", "copy"], ["Esc", "drop"]],
  edit: [["1–9", "part"], ["Shift+← →", "move the edge"], ["Alt+Shift", "by characters"], ["s", "other edge"], ["← →", "other words"], ["Enter", "set"], ["Del", "remove"], ["Esc", "done"]],
  fill: [["← →", "go to the words"], ["Shift+← →", "extend"], ["Enter", "set"], ["f", "find"], ["Esc", "leave it open"]],
  grade: [["A–F", "the source"], ["1–6", "the claim"], ["Esc", "done"]],
  link: [["↑ ↓", "choose"], ["Enter", "link"], ["Esc", "leave"]],
  source: [["↑ ↓", "choose"], ["Enter", "merge"], ["Esc", "leave"]],
  note: [["Enter", "save"], ["Shift+Enter", "new line"], ["Esc", "leave"]],
};

// What the marks are, for whoever sees them the first time; a screen reader is told at each mark.
export function legend(marks) {
  const samples = marks.map(([classes, name, what]) => make("span", {}, make("mark", { class: classes, "data-tag": classes.includes("content") ? "1" : null,
    "data-sign": classes === "kit-source" ? "1" : null }, name), make("span", {}, ` ${what}`)));
  const signs = [...Object.entries(SIGN).map(([answer, sign]) => `${sign} ${WORD[answer]}`), "+ added"];
  return make("div", { class: "kit-legend", "aria-hidden": "true" }, ...samples, ...signs.map((one) => make("span", {}, one)));
}

export function allKeys() {
  return make("section", { class: "kit-help", "aria-label": "Keys", hidden: "" },
    make("dl", {}, ...ALL.map(([key, what]) => make("div", {}, make("dt", {}, key), make("dd", {}, what)))));
}

export class Hints {
  constructor(desk) {
    this.desk = desk;
    this.root = make("div", { class: "kit-hints", role: "note", "aria-label": "Keys that work now" });
  }

  now() {
    const { panel, filling, article } = this.desk;
    if (panel) return NOW[filling ? "fill" : panel];
    return NOW[article.selected() ? "select" : "walk"];
  }

  words() { return this.desk.panel ? this.now().map(([key, what]) => `${key} ${what}`).join(", ") : ""; }

  draw() {
    const now = this.now();
    if (now === this.drawn) return;
    this.drawn = now;
    this.root.replaceChildren(...now.map(([key, what]) => make("span", {}, make("kbd", {}, key), ` ${what}`)));
  }
}
