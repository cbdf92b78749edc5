// The row of labels at a selection: a click or a digit and Enter tags the words.
import { button, flag, make } from "./dom.js";

export class Picker {
  constructor(desk) {
    this.desk = desk;
    this.label = 0;
    // Made once: a button that is replaced between press and release gets no click. A click must not clear the selection.
    this.tags = desk.about.labels.map((label, index) => button(label.name, label.key || null, () => desk.add(index),
      { "aria-label": `Tag as ${label.name}`, title: label.about || null }));
    this.root = make("div", { class: "kit-picker", role: "toolbar", "aria-label": "Tag the selection", hidden: "",
      on: { mousedown: (event) => event.preventDefault() } }, ...this.tags);
  }

  show() {
    const { desk } = this, { article } = desk, found = desk.panel === "edit" || desk.overlay.held ? null : article.selected();
    this.root.hidden = !found;
    if (!found) return;
    this.tags.forEach((tag, index) => flag(tag, "pressed", index === this.label));
    const boxes = article.rangeOf(found.u, found.uEnd).getClientRects(), root = desk.root.getBoundingClientRect();
    const box = boxes[boxes.length - 1], frame = article.region.getBoundingClientRect();
    const hidden = !box || box.bottom < frame.top || box.top > frame.bottom;
    this.root.hidden = hidden;
    if (hidden) return;
    this.root.style.left = "0"; // its natural width is measured where nothing narrows it
    const room = this.root.offsetHeight + 6;
    const below = box.bottom + room <= root.bottom;
    this.root.style.top = `${(below ? box.bottom + 6 : box.top - room) - root.top}px`;
    this.root.style.left = `${Math.max(0, Math.min(box.left - root.left, root.width - this.root.offsetWidth - 4))}px`;
  }
}
