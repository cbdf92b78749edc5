// Finding in the article: quotation marks, apostrophes and runs of blanks match each other.
import { button, highlight, make } from "./dom.js";

const MANY = 2000; // hits that are drawn

export class Find {
  constructor(article, { left }) {
    this.article = article;
    this.left = left; // called with the last hit when the finder closes
    this.hits = [];
    this.at = 0;
    this.search = make("input", { type: "search", "aria-label": "Find in the article", placeholder: "Find in the article",
      on: { input: () => this.find(), keydown: (event) => event.key === "Enter" && this.hit(event.shiftKey ? -1 : 1) } });
    this.count = make("span", { class: "kit-hits", role: "status" });
    this.root = make("div", { class: "kit-finder", role: "search", hidden: "" }, this.search, this.count,
      button("Previous hit", null, () => this.hit(-1)), button("Next hit", null, () => this.hit(1)),
      button("Close", "Esc", () => this.close()));
  }

  get open() { return !this.root.hidden; }

  show() {
    this.root.hidden = false;
    this.search.focus();
    this.search.select();
    this.find();
  }

  close() {
    this.root.hidden = true;
    const hit = this.hits[this.at];
    this.hits = [];
    this.draw();
    this.left(hit);
  }

  find() {
    const asked = this.search.value.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
      .replace(/['’]/g, "['’]").replace(/["“”]/g, "[\"“”]").replace(/\s+/g, "\\s+");
    this.hits = [];
    if (asked) for (const one of this.article.text.matchAll(new RegExp(asked, "giu"))) {
      this.hits.push([one.index, one.index + one[0].length]);
      if (this.hits.length === MANY) break;
    }
    this.at = 0;
    this.hit(0);
  }

  hit(by) {
    const n = this.hits.length;
    this.at = n ? (this.at + by + n) % n : 0;
    this.count.textContent = n ? `${this.at + 1} of ${n}${n === MANY ? " or more" : ""}` : this.search.value.trim() ? "not found" : "";
    this.draw();
    if (n) this.article.scrollTo(this.article.rangeOf(...this.hits[this.at]));
  }

  draw() {
    const ranges = this.hits.map((hit) => this.article.rangeOf(...hit)).filter(Boolean);
    const now = ranges[this.at];
    highlight(this, "kit-find", ranges.filter((range) => range !== now));
    highlight(this, "kit-find-now", now ? [now] : []);
  }
}
