"use strict";
(() => {
  const body = document.body;
  const one = (query, of = document) => of.querySelector(query);
  const all = (query, of = document) => [...of.querySelectorAll(query)];
  const make = (name, set = {}, ...inner) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(set)) {
      if (key in made && !key.includes("-")) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...inner);
    return made;
  };
  const wide = matchMedia("(min-width: 60rem)");
  const online = location.protocol.startsWith("http");
  const root = location.pathname.replace(/\/docs\/?$/, "").replace(/\/$/, "");
  const stored = (value) => {
    try {
      if (value) localStorage.setItem("docs.language", value);
      return localStorage.getItem("docs.language");
    } catch { return null; }
  };

  // What is said to those who cannot see it happen.
  const said = make("p", { id: "said", role: "status" });

  // Colours for code, when it comes near.
  const colour = (code, calls) => {
    const text = code.textContent;
    const parts = /("(?:[^"\\\n]|\\.)*")(\s*:)?|'(?:[^'\\]|\\.)*'|\b(?:true|false|null|nil|const|await|for|of|new|range|if|return|curl)\b|-?\b\d[\d.]*n?\b/g;
    let end = 0;
    const out = [];
    for (const found of text.matchAll(parts)) {
      out.push(text.slice(end, found.index));
      const kind = found[2] ? "k" : /^["']/.test(found[0]) ? "t" : calls && /^[a-z]/.test(found[0]) ? "k" : "n";
      const word = found[2] ? found[1] : found[0];
      out.push(make("span", { className: kind }, word), found[2] || "");
      end = found.index + found[0].length;
    }
    out.push(text.slice(end));
    code.replaceChildren(...out);
  };

  const copy = (code) => make("button", {
    type: "button",
    className: "copy",
    textContent: "Copy",
    async onclick(event) {
      const button = event.currentTarget;
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = said.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = said.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 1500);
    },
  });

  // One language of the calls is shown, the same everywhere.
  const sheet = document.styleSheets[0];
  const rule = sheet.insertRule("#none {}", sheet.cssRules.length);
  const languages = [...new Set(all("figure[data-l]").map((figure) => figure.dataset.l))];
  let language = "";
  const choose = (word) => {
    language = word;
    sheet.deleteRule(rule);
    sheet.insertRule(`figure[data-l]:not([data-l=${word}]), figure[data-t]:not([data-t=${word}]) { display: none }`, rule);
    all(".tabs button").forEach(mark);
  };
  const mark = (button) => button.setAttribute("aria-pressed", button.dataset.word === language);
  const tabs = (figures) => {
    const names = figures.map((figure) => [figure.dataset.l, one("figcaption", figure).firstChild.textContent]);
    for (const figure of figures) {
      const list = make("div", { className: "tabs", role: "group", "aria-label": "Language" });
      for (const [word, name] of names) {
        const button = make("button", { type: "button", "data-word": word }, name);
        button.addEventListener("click", () => {
          choose(stored(word) || word);
          one(`figure[data-l=${word}] [data-word=${word}]`, figure.parentNode).focus();
        });
        mark(button);
        list.append(button);
      }
      one("figcaption", figure).firstChild.replaceWith(list);
    }
  };

  const ready = (figure) => {
    const code = one("code", figure);
    if (online && !body.dataset.fixed) code.textContent = code.textContent.replace("http://localhost:8080", location.origin + root);
    one("figcaption", figure).append(copy(code));
    colour(code, figure.dataset.l || figure.dataset.t);
  };

  // A request that is made from the page.
  let token = "";
  const attempt = (op) => {
    const method = op.dataset.m;
    const fields = all("li[data-in]", op).map((row) => ({
      place: row.dataset.in,
      name: one(".name", row).textContent,
      must: !!one(".must", row),
      type: one(".type", row).textContent,
    }));
    const label = (name, input) => make("label", {}, name, input);
    const input = (field) => {
      field.input = make("input", { required: field.must, autocomplete: "off", spellcheck: false, placeholder: field.type });
      return label(field.name + (field.must ? " (required)" : ""), field.input);
    };
    const main = fields.filter((field) => field.must || field.place === "path");
    const rest = fields.filter((field) => !main.includes(field));
    const example = /--data '((?:[^']|'\\'')*)'$/.exec(one("figure[data-l=curl] code", op)?.textContent || "");
    const text = "b" in op.dataset && make("textarea", { spellcheck: false, value: example ? example[1].replaceAll("'\\''", "'") : "{}" });
    const out = make("div", { role: "status" });
    const send = make("button", { className: "go", type: "submit", textContent: method === "DELETE" ? "Delete" : "Send" });
    const form = make("form", {
      className: "try",
      onsubmit: async (event) => {
        event.preventDefault();
        if (method === "DELETE" && send.textContent === "Delete") {
          send.textContent = "Yes, delete it";
          out.replaceChildren(make("p", { className: "danger" }, "This deletes on the running server."));
          return;
        }
        if (method === "DELETE") send.textContent = "Delete";
        send.disabled = true;
        await request(op, fields, text, out);
        send.disabled = false;
      },
    });
    form.setAttribute("aria-label", `Try ${method} ${op.dataset.p}`);
    form.append(...main.map(input));
    if (rest.length) form.append(make("details", {}, make("summary", {}, "Optional"), ...rest.map(input)));
    if (text) form.append(label("Body", text));
    form.append(make("div", { className: "row" }, send), out);
    return form;
  };

  const request = async (op, fields, text, out) => {
    const headers = new Headers({ Accept: "application/json" });
    const query = new URLSearchParams();
    let path = op.dataset.p;
    for (const { place, name, input } of fields) {
      const value = input.value.trim();
      if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
      else if (value && place === "query") query.append(name, value);
      else if (value) headers.set(name, value);
    }
    if (token && body.dataset.auth === "bearer") headers.set("Authorization", `Bearer ${token}`);
    if (token && body.dataset.auth === "api_key") headers.set("X-API-Key", token);
    if (text) headers.set("Content-Type", op.dataset.m === "PATCH" ? "application/merge-patch+json" : "application/json");
    const address = root + path + (query.size ? `?${query}` : "");
    const begun = performance.now();
    try {
      const answer = await fetch(address, { method: op.dataset.m, headers, body: text ? text.value : undefined, credentials: "omit" });
      const got = await answer.text();
      const time = Math.round(performance.now() - begun);
      let shown = got;
      try { shown = JSON.stringify(JSON.parse(got), null, 2); } catch { }
      const code = make("code", { textContent: shown });
      const names = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      out.replaceChildren(
        make("p", {}, make("span", { className: answer.ok ? "s ok" : "s" }, String(answer.status)), ` ${answer.statusText} in ${time} ms`),
        make("details", {}, make("summary", {}, "Headers"), make("pre", { tabIndex: 0 }, names)),
      );
      if (got) out.append(make("pre", { tabIndex: 0 }, code));
      colour(code);
    } catch (error) {
      out.replaceChildren(make("p", { className: "danger" }, `No answer: ${error.message}. Does the server run?`));
    }
  };

  const enhance = (part) => {
    all("figure", part).forEach(ready);
    const calls = all("figure[data-l]", part);
    if (calls.length > 1) tabs(calls);
    if (!calls.length || !online) return;
    const button = make("button", { type: "button", className: "go", textContent: "Try it", "aria-expanded": false });
    button.addEventListener("click", () => {
      const open = one(".try", part);
      button.setAttribute("aria-expanded", !open);
      if (open) return open.remove();
      one(".route", part).after(attempt(part));
      one(".try input, .try textarea, .try button", part).focus();
    });
    one(".route", part).append(button);
  };

  // The search knows headings, addresses, fields and errors.
  let index;
  const look = () => {
    const entry = (to, title, about) => ({ to, title, about, words: `${title} ${about}`.toLowerCase() });
    const heading = (of) => one("h1, h2, h3", of)?.textContent.trim();
    const parts = all("main .group[id], main article[id]").map((part) => {
      const { m, p } = part.dataset;
      return entry(part.id, heading(part), m ? `${m} ${p} ${part.id}` : part.id);
    });
    const fields = all("main li[id]").map((row) => {
      const name = one(".name", row).textContent;
      return entry(row.id, name, `field of ${heading(row.closest("[id]:not(li)"))}`);
    });
    return parts.concat(fields);
  };
  const find = (text) => {
    index ||= look();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const hits = index.filter((each) => words.every((word) => each.words.includes(word)));
    const rank = ({ title }) => !title.toLowerCase().startsWith(words[0]);
    return hits.sort((a, b) => rank(a) - rank(b)).slice(0, 12);
  };
  const search = () => {
    const list = make("ul", { id: "found", role: "listbox", "aria-label": "Found", hidden: true });
    const field = make("input", {
      type: "search", placeholder: "Search (press /)", role: "combobox", "aria-label": "Search", "aria-expanded": false,
      "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: false,
    });
    let hits = [], at = 0;
    const show = () => {
      list.hidden = !hits.length;
      field.setAttribute("aria-expanded", !!hits.length);
      list.replaceChildren(...hits.map((hit, place) => make("li", {
        id: `found-${place}`, role: "option", "aria-selected": place === at, onmousedown: (event) => { event.preventDefault(); go(hit); },
      }, hit.title, make("small", {}, hit.about))));
      field.setAttribute("aria-activedescendant", hits.length ? `found-${at}` : "");
      list.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const close = () => { hits = []; show(); };
    const go = (hit) => {
      close();
      field.value = "";
      field.blur();
      location.hash = hit.to;
      const target = document.getElementById(hit.to);
      const link = one("h2 a, h3 a", target) || target;
      if (link === target) target.tabIndex = -1;
      link.focus({ preventScroll: true });
    };
    field.addEventListener("input", () => {
      [hits, at] = [find(field.value), 0];
      show();
      said.textContent = field.value ? `${hits.length} found` : "";
    });
    field.onblur = close;
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && hits.length) { at = (at + step + hits.length) % hits.length; show(); }
      else if (event.key === "Enter" && hits.length) go(hits[at]);
      else if (event.key === "Escape") { field.value = ""; close(); field.blur(); }
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.focus();
    });
    return make("div", { className: "search", role: "search" }, field, list);
  };

  const top = one("#top");
  top.append(search());
  if (online && body.dataset.auth) {
    top.append(make("input", {
      type: "password", className: "token", placeholder: "Token", "aria-label": "Token, kept in memory only",
      autocomplete: "off", oninput: (event) => { token = event.target.value.trim(); },
    }));
  }
  body.append(said);
  const chosen = stored();
  if (languages.length) choose(languages.includes(chosen) ? chosen : languages[0]);

  const contents = one("#contents");
  const fold = () => { contents.open = wide.matches; };
  fold();
  wide.onchange = fold;
  contents.onclick = (event) => { if (!wide.matches && event.target.closest("a")) contents.open = false; };

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enhance(target);
    }
  }, { rootMargin: "800px" });
  all("main .pair").forEach((part) => near.observe(part));

  // Where the reader is.
  const links = new Map(all("nav a").map((link) => [link.hash.slice(1), link]));
  let current, seen;
  const reach = (entries) => {
    const here = entries.find((entry) => entry.isIntersecting);
    const link = here && (links.get(here.target.closest("[id]").id) || links.get(here.target.closest(".group").id));
    if (!link) return;
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "location");
    const folded = link.closest("details details");
    if (folded) folded.open = true;
    if (wide.matches) link.scrollIntoView({ block: "nearest" });
  };
  // One line of the window, so that one part is there at a time.
  const watch = () => {
    seen?.disconnect();
    seen = new IntersectionObserver(reach, { rootMargin: `-140px 0px ${141 - innerHeight}px 0px` });
    all("main .pair, .group > h2").forEach((part) => seen.observe(part));
  };
  watch();
  onresize = watch;
})();
