// Small tools that every other file here uses. Article text only ever becomes text nodes and attribute values.

export const SIGN = { accept: "✓", reject: "✗", ignore: "\u2013" };
export const WORD = { accept: "accepted", reject: "rejected", ignore: "ignored" };

// Keys go to JupyterLab unless the focused element itself says no, so every element that takes focus says it.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, heard] of Object.entries(value)) element.addEventListener(type, heard);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  if (["BUTTON", "INPUT", "SELECT", "TEXTAREA"].includes(element.tagName) || element.hasAttribute("tabindex")) {
    element.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, key, act, attributes = {}) {
  const children = key ? [label, make("kbd", { "aria-hidden": "true" }, key)] : [label];
  const spoken = { "aria-label": label, "aria-keyshortcuts": key ? key.replace("Ctrl", "Control").replace("space", "Space") : null };
  return make("button", { type: "button", ...spoken, on: { click: act }, ...attributes }, ...children);
}

export function choice(label, options, value, attributes = {}) {
  const select = make("select", { "aria-label": label, ...attributes },
    ...options.map(([code, name]) => make("option", { value: code, dir: "auto" }, name)));
  select.value = value ?? "";
  return select;
}

export const flag = (element, name, on) => element.setAttribute(`aria-${name}`, String(Boolean(on)));

export const quiet = (words) => make("span", { class: "kit-quiet", "aria-hidden": "true" }, words);

// A row of buttons of which one is pressed: what a native select would change at each arrow key, these change on a press.
export function either(label, options, value, act) {
  return make("div", { class: "kit-either", role: "group", "aria-label": label },
    quiet(label),
    ...options.map(([code, name, about]) => make("button", { type: "button", "aria-pressed": String(code === value), "data-k": `${label} ${code}`,
      "aria-label": `${label}: ${about ?? name}`, title: about ?? null, on: { click: () => act(code) } }, name)));
}

// Index of the first element for which test is true (the tests go false … true).
export function firstWhere(list, test) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Code point n starts at unit starts[n]; the last entry is the length in units.
export function unitStarts(text) {
  const starts = [];
  for (let u = 0; u < text.length; u += text.codePointAt(u) > 0xffff ? 2 : 1) starts.push(u);
  starts.push(text.length);
  return starts;
}

// The names of highlights are shared by all views on the page, so each owner takes back only its own ranges.
export function highlight(owner, name, ranges) {
  if (!globalThis.CSS?.highlights) return;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  const all = CSS.highlights.get(name);
  (owner[name] ?? []).forEach((range) => all.delete(range));
  ranges.forEach((range) => all.add(range));
  owner[name] = ranges;
}
