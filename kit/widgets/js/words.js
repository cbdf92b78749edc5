// The word cursor: arrows move it, Shift extends. It is the browser's own selection, from anchor to focus, in units.
import { firstWhere } from "./dom.js";

const NEAR = 48; // units looked at for the next drawn character

export class Words {
  constructor(article) {
    this.article = article;
    this.cursor = null;
  }

  list() {
    if (!this.all) {
      const parts = new Intl.Segmenter(undefined, { granularity: "word" }).segment(this.article.text);
      this.all = [...parts].filter((part) => part.isWordLike).map((part) => [part.index, part.index + part.segment.length]);
    }
    return this.all;
  }

  clear() { this.cursor = null; }

  // Start from a span, its end ready to move.
  take(u, uEnd) { this.cursor = { anchor: u, focus: uEnd }; }

  swap() {
    this.settle();
    if (this.cursor) this.cursor = { anchor: this.cursor.focus, focus: this.cursor.anchor };
  }

  settle(fallback = null) {
    const found = this.cursor ? null : this.article.selected();
    if (found) this.take(found.u, found.uEnd);
    else if (!this.cursor && fallback !== null) return this.word(firstWhere(this.list(), ([, end]) => end > fallback));
    return false;
  }

  word(index) {
    const found = this.list()[Math.max(0, Math.min(this.list().length - 1, index))];
    if (found) this.cursor = { anchor: found[0], focus: found[1] };
    return Boolean(found);
  }

  // Where the cursor goes for an arrow key; fallback is where it starts when nothing is selected.
  move(key, { extend = false, character = false, fallback = 0 } = {}) {
    const words = this.list();
    if (!words.length) return;
    if (this.settle(fallback) && !extend) return;
    const { anchor, focus } = this.cursor, forward = key === "ArrowRight" || key === "ArrowDown";
    if (key === "ArrowUp" || key === "ArrowDown") {
      const to = words[this.lineAway(this.wordAt(focus, anchor), forward ? 1 : -1)];
      this.cursor = extend ? { anchor, focus: to[0] < anchor ? to[0] : to[1] } : { anchor: to[0], focus: to[1] };
    } else if (extend) {
      this.cursor.focus = character ? this.characterAway(focus, forward) : this.edgeAway(focus, anchor, forward);
    } else this.word(this.wordAt(focus, anchor) + (forward ? 1 : -1));
  }

  wordAt(focus, anchor) {
    const words = this.list();
    const index = focus > anchor ? firstWhere(words, ([, end]) => end >= focus) : firstWhere(words, ([, end]) => end > focus);
    return Math.min(index, words.length - 1);
  }

  // The next place for the moving edge: the end of a word when it is the end, else the start of one.
  edgeAway(focus, anchor, forward) {
    const words = this.list();
    const side = focus > anchor || (focus === anchor && forward) ? 1 : 0;
    const index = forward ? firstWhere(words, (word) => word[side] > focus) : firstWhere(words, (word) => word[side] >= focus) - 1;
    return words[index]?.[side] ?? focus;
  }

  characterAway(focus, forward) {
    const near = forward ? this.article.text.slice(focus, focus + NEAR) : this.article.text.slice(Math.max(0, focus - NEAR), focus);
    const drawn = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(near)];
    if (!drawn.length) return focus;
    return forward ? focus + drawn[0].segment.length : focus - drawn[drawn.length - 1].segment.length;
  }

  // The word of the neighbouring line that stands closest above or below.
  lineAway(from, by) {
    const words = this.list(), box = (index) => this.article.rangeOf(...words[index]).getBoundingClientRect();
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

  // A place snapped to the nearest edge of a word, as an end or a start.
  snapped(u, side) {
    const words = this.list(), index = firstWhere(words, (word) => word[side] >= u);
    const [before, after] = [words[index - 1]?.[side], words[index]?.[side]];
    if (before === undefined) return after ?? u;
    return after === undefined || u - before < after - u ? before : after;
  }

  show() {
    if (!this.cursor) return "";
    const { anchor, focus } = this.cursor;
    this.article.select(anchor, focus);
    const near = this.article.rangeOf(Math.max(0, Math.min(focus, this.article.text.length) - 1), focus) ?? this.article.rangeOf(anchor, focus);
    this.article.scrollTo(near);
    return this.article.text.slice(Math.min(anchor, focus), Math.max(anchor, focus));
  }
}
