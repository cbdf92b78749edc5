// A picture with an option of a list box over each of its rows. Python owns what is drawn and what is chosen.
const make = (tag, attributes = {}, ...children) => {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.append(...children);
  return one;
};
const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

export default {
  render({ model, el }) {
    const view = `${Math.random()}`;
    const image = make("img");
    const list = make("div", { role: "listbox", "aria-label": "Rows of the chart" });
    const plot = make("div", { class: "kit-plot" }, image, list);
    const hint = make("p", { class: "kit-hint" });
    const files = make("div", { class: "kit-files", role: "group", "aria-label": "Save the picture" });
    const said = make("p", { class: "kit-said", role: "status" });
    const wrong = make("p", { class: "kit-alert", role: "alert" });
    const passage = make("section", { class: "kit-passage", "aria-label": "The chosen row in its paragraph" });
    for (const ending of [".png", ".svg"]) {
      const button = make("button", { type: "button" }, `Save ${ending.slice(1).toUpperCase()}`);
      button.addEventListener("click", () => model.send({ type: "save", ending, view }));
      files.append(button);
    }
    el.classList.add("kit-article", "kit-chart-view");
    el.append(plot, hint, files, wrong, said, passage);
    let address = "";

    const rows = () => [...list.children];
    const stop = (row) => { for (const one of rows()) one.tabIndex = one === row ? 0 : -1; };
    const choose = (row) => model.send({ type: "choose", id: row.dataset.id });

    const drawPicture = () => {
      const { png, alt, width, rows: found = [] } = model.get("picture");
      if (!png) return;
      const held = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([png], { type: "image/png" }));
      image.src = address;
      image.alt = alt;
      plot.style.width = `${width}px`;
      list.replaceChildren(...found.map(({ id, top, bottom, name }) => {
        const row = make("div", { role: "option", "aria-label": name, title: name });
        row.dataset.id = id;
        row.style.top = `${100 * top}%`;
        row.style.height = `${100 * (bottom - top)}%`;
        row.addEventListener("click", () => { stop(row); row.focus({ preventScroll: true }); choose(row); });
        return row;
      }));
      list.hidden = !found.length;
      hint.textContent = found.length
        ? "Choose a row to read it in its paragraph: click it, or go to the chart with Tab, then arrows and Enter."
        : "";
      drawChosen();
      if (held) (rows().find((one) => one.dataset.id === held) || rows()[0])?.focus({ preventScroll: true });
      guard();
    };
    const drawChosen = () => {
      const chosen = model.get("chosen");
      for (const one of rows()) one.setAttribute("aria-selected", one.dataset.id === chosen);
      stop(rows().find((one) => one.dataset.id === chosen) || rows()[0]);
      passage.innerHTML = model.get("passage"); // made and escaped in Python
      passage.hidden = !passage.innerHTML;
      if (!passage.hidden) passage.scrollIntoView({ block: "nearest" });
    };
    const drawWords = () => {
      said.textContent = model.get("said");
      wrong.textContent = model.get("wrong");
      wrong.hidden = !wrong.textContent;
    };
    list.addEventListener("keydown", (event) => {
      const row = event.target.closest("[role=option]");
      const all = rows(), step = KEYS[event.key];
      if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" || event.key === " ") choose(row);
      else if (step !== undefined) {
        const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(row) + step))];
        stop(next);
        next.focus();
      } else return;
      event.preventDefault();
    });
    const download = (message, buffers) => {
      if (message.type !== "file" || message.view !== view) return;
      const link = make("a", { download: message.name });
      link.href = URL.createObjectURL(new Blob([buffers[0]], { type: message.mime }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    };
    // JupyterLab takes letters and arrows for its own unless the focused element itself says otherwise.
    const guard = () => {
      if (!el.isConnected) return;
      const root = el.closest(".kit-explorer") || el;
      for (const one of root.querySelectorAll("input, select, textarea, button, [tabindex]")) {
        one.dataset.lmSuppressShortcuts = "true";
      }
      if (root !== el) for (const name of ["role", "aria-label"]) el.removeAttribute(name);
      root.setAttribute("role", "group");
      root.setAttribute("aria-label", "Explore the figures");
    };
    const watch = new MutationObserver(guard);
    const timer = setInterval(() => {
      const root = el.closest(".kit-explorer");
      if (!root && el.isConnected === false) return;
      clearInterval(timer);
      guard();
      watch.observe(root || el, { childList: true, subtree: true });
    }, 20);
    const listeners = [["change:picture", drawPicture], ["change:chosen", drawChosen], ["change:passage", drawChosen],
      ["change:said", drawWords], ["change:wrong", drawWords], ["msg:custom", download]];
    for (const [event, listener] of listeners) model.on(event, listener);
    drawPicture();
    drawWords();
    return () => {
      clearInterval(timer);
      watch.disconnect();
      URL.revokeObjectURL(address);
      for (const [event, listener] of listeners) model.off(event, listener);
    };
  },
};
