// What opens in the card for one task: correcting, linking, sources, grades, a note. Each sends one event per change.
import { button, choice, either, make, quiet } from "./dom.js";

const ROLE = { source: "Source", cue: "Cue", content: "Content", figure: "Figure", affected: "Befalls", actor: "Actor", place: "Place", date: "Date", words: "Words" };
export const RELIABILITY = { A: "completely reliable", B: "usually reliable", C: "fairly reliable", D: "not usually reliable",
  E: "unreliable", F: "reliability cannot be judged" };
export const CREDIBILITY = { 1: "confirmed by other sources", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
  6: "truth cannot be judged" };

const close = (desk) => button("Done", "Esc", () => desk.openPanel(null), { "data-k": "done" });
const box = (name, ...children) => make("section", { "aria-label": name }, ...children);
const row = (...children) => make("div", { class: "kit-row" }, ...children);
const hint = (words) => make("p", { class: "kit-quiet" }, words);

export const panels = { edit, link, source, grade, note };

function edit(desk, item) {
  const parts = item.parts.map(([role, start, end], index) => {
    const name = ROLE[role] + (role === "content" && item.parts.filter((part) => part[0] === role).length > 1 ? ` ${index - 1}` : "");
    const words = start === null ? "none" : desk.article.slice(start, end);
    const pick = make("button", { type: "button", class: "kit-part", "data-k": `part ${index}`, "aria-pressed": String(desk.part === index),
      "aria-label": `${name}: ${words}`, on: { click: () => desk.pickPart(index) } },
    make("kbd", { "aria-hidden": "true" }, String(index + 1)), make("b", {}, name), make("span", { dir: "auto" }, words));
    const needed = role === "figure" || role === "date" || role === "words"
      || (role === "content" && item.parts.filter((part) => part[0] === role).length === 1);
    const drop = start === null || needed ? null
      : make("button", { type: "button", class: "kit-drop", "data-k": `drop ${index}`, "aria-label": `Remove ${name}`, title: `Remove ${name}`,
        on: { click: () => desk.setPart(index, null) } }, "×");
    return make("li", {}, pick, drop);
  });
  const more = item.record === "claim" && item.drawn
    ? button("Another piece of content", null, () => desk.pickPart(item.parts.length), { "data-k": "more", "aria-pressed": String(desk.part === item.parts.length) }) : null;
  const change = (name) => (value) => desk.send({ type: "edit", target: item.id, fields: { [name]: value } });
  const kinds = item.record !== "claim" ? [] : [
    either("Form", [["direct", "direct"], ["mixed", "mixed"], ["indirect", "indirect"]], item.values.form, change("form")),
    either("Voice", [["attributed", "cited"], ["outlet", "outlet"], ["question", "question"]], item.values.voice, change("voice")),
    either("Cue", [["neutral", "neutral"], ["endorsing", "endorsing"], ["distancing", "distancing"]], item.values.stance, change("stance"))];
  return box("Edit", hint(desk.part === null ? "Pick a part, then select its words."
    : desk.filling ? `Select the words of the ${desk.partName()}, or leave it out with Esc.` : "Select the right words, drag an edge, or move it with Shift and the arrows; Enter sets it."),
  make("ol", { class: "kit-parts" }, ...parts), more, ...kinds, item.record === "quantity" || item.record === "date" ? values(desk, item) : null, row(close(desk)));
}

// The numbers behind a figure, or the value of a date: typed, saved together.
function values(desk, item) {
  const fields = item.record === "quantity" ? [["value", "Number"], ["low", "From"], ["high", "To"], ["unit", "Unit"]] : [["value", "Read as"]];
  const inputs = fields.map(([name, label]) => [name, make("input", { type: "text", "aria-label": label, "data-k": name, placeholder: "none",
    value: item.values[name] ?? "" })]);
  const bound = item.record === "quantity" ? choice("Bound", desk.about.bounds, item.values.bound, { "data-k": "bound" }) : null;
  const save = () => {
    const typed = Object.fromEntries(inputs.map(([name, input]) => [name, input.value.trim() || null]));
    desk.send({ type: "edit", target: item.id, fields: bound ? { ...typed, bound: bound.value } : typed });
  };
  inputs.forEach(([, input]) => input.addEventListener("keydown", (event) => event.key === "Enter" && save()));
  return make("div", { class: "kit-values" }, ...fields.flatMap(([, label], index) => [quiet(label), inputs[index][1]]),
    ...(bound ? [quiet("Bound"), bound] : []), button("Save", null, save, { "data-k": "save" }));
}

function link(desk, item) {
  const claims = Object.values(desk.items).filter((one) => one.record === "claim" && one.drawn)
    .sort((one, other) => Math.abs(one.start - item.start) - Math.abs(other.start - item.start));
  const select = choice("Claim that reports this figure", [["", "no claim: the outlet's own"], ...claims.map((one) => [one.id, `${one.tag} ${one.title}`])],
    item.claim ?? "", { "data-k": "claim" });
  return box("Link", hint("Which claim reports this figure? Click the claim in the article, or choose it here."), select,
    row(button("Link", "Enter", () => desk.link(select.value || null), { "data-k": "link" }), close(desk)));
}

function source(desk, item) {
  const mine = desk.source(item.source);
  if (!mine) return box("Source", hint("Nobody is named here. Edit the claim to name its source."), row(close(desk)));
  const others = desk.about.sources.filter((one) => one.id !== mine.id);
  const select = choice(`Who is the same as ${mine.name}`, others.map((one) => [one.id, one.name]), others[0]?.id, { "data-k": "same" });
  const send = (message) => desk.send({ target: mine.id, ...message });
  const merged = mine.merged.map(([id, name]) => make("li", { dir: "auto" }, make("span", {}, name),
    button("Take out", null, () => send({ type: "unmerge", others: [id] }), { "data-k": `out ${id}`, "aria-label": `Take out ${name}` })));
  const part = item.record === "claim" ? item.parts.find(([role, start]) => role === "source" && start !== null) : null;
  const alone = part && mine.mentions > 1 ? button(`“${desk.article.slice(part[1], part[2])}” is somebody else`, null,
    () => send({ type: "split", mentions: [[part[1], part[2]]] }), { "data-k": "split" }) : null;
  return box("Source", make("p", { dir: "auto" }, make("b", {}, mine.name), make("span", { class: "kit-quiet" }, ` ${mine.about}`)),
    merged.length ? make("ul", { class: "kit-merged", "aria-label": "Merged into this source" }, ...merged) : null,
    others.length ? make("div", { class: "kit-same" }, quiet("same as"), select,
      button("Merge", "Enter", () => send({ type: "merge", others: [select.value] }), { "data-k": "merge" })) : null,
    row(alone, close(desk)));
}

function grade(desk, item) {
  const scale = (label, words, value, act, off) => make("div", { class: "kit-scale", role: "group", "aria-label": label },
    quiet(label),
    ...Object.keys(words).map((code) => make("button", { type: "button", "data-k": `grade ${code}`, "aria-label": `${code}: ${words[code]}`, title: words[code],
      "aria-pressed": String(code === value), "aria-disabled": String(off), on: { click: () => act(code) } }, code)),
    make("span", { class: "kit-meaning" }, off ? "no source is named" : words[value] ?? ""));
  // "Confirmed" is refused where one source group says it here; then the person names who confirms it elsewhere.
  const elsewhere = item.digit === null ? null : make("input", { type: "text", "aria-label": "Confirmed elsewhere by", "data-k": "elsewhere",
    placeholder: "for 1: who confirms it elsewhere?", value: desk.elsewhere ?? "", on: { input: (event) => { desk.elsewhere = event.target.value; } } });
  return box("Grade", scale("Source", RELIABILITY, item.letter, (code) => desk.grade(code), item.letter === null),
    scale("Claim", CREDIBILITY, item.digit, (code) => desk.grade(code), item.digit === null),
    elsewhere, row(close(desk)));
}

function note(desk, item) {
  const words = make("textarea", { rows: "3", "aria-label": "Note", "data-k": "note", dir: "auto" });
  words.value = item.note;
  const save = () => desk.send({ type: "note", target: item.id, note: words.value.trim() }, () => desk.openPanel(null));
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    save();
  });
  return box("Note", words, row(button("Save note", "Enter", save, { "data-k": "save" }), close(desk)));
}
