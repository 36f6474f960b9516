// Long texts: they grow while one types, and what is pasted keeps the shape that improvement/texts reads.
const LONG = "textarea.govuk-textarea";
const SKIPPED = new Set(["head", "meta", "script", "style", "template", "title", "xml"]);
const INLINE = new Set(["a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "mark", "o:p", "s", "small", "span", "strong", "sub", "sup", "u"]);
const NUMBER = /^\(?(\d{1,3}|[a-z]{1,4})[.)]$/i;

function plain(text) {
  return text.replace(/[\s\u00a0]+/g, " ").trim();
}

function cell(text) {
  return plain(text).replace(/[\\|]/g, "\\$&");
}

// The texts of a table's cells, one for each place: what spans several is said in the first of them.
function grid(table) {
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, at) => {
    let place = 0;
    for (const own of row.cells) {
      while (rows[at][place] !== undefined) place += 1;
      for (let down = 0; down < own.rowSpan && at + down < rows.length; down += 1) {
        for (let along = 0; along < own.colSpan; along += 1) {
          rows[at + down][place + along] = down || along ? "" : cell(own.textContent);
        }
      }
    }
  });
  return rows.filter((row) => row.some(Boolean));
}

function table(element) {
  const rows = grid(element);
  if (rows.length < 2 || Math.max(...rows.map((row) => row.length)) < 2) {
    return { kind: "text", text: rows.map((row) => row.join(" ")).join("\n") };
  }
  return { kind: "table", text: rows.map((row) => `| ${row.join(" | ")} |`).join("\n") };
}

// Word writes the items of a list as paragraphs, each with its own mark.
function wordItem(element) {
  const copy = element.cloneNode(true);
  const marks = [...copy.querySelectorAll("[data-style*='mso-list']")];
  const mark = plain(marks.map((one) => one.textContent).join(""));
  const level = Number(/level(\d)/.exec(element.getAttribute("data-style"))?.[1] ?? 1) - 1;
  marks.forEach((one) => one.remove());
  return { kind: "item", text: `${"  ".repeat(level)}${NUMBER.test(mark) ? mark : "•"} ${plain(copy.textContent)}` };
}

function listItem(element, level) {
  const list = element.parentElement;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("ul, ol").forEach((inner) => inner.remove());
  const items = [...list.children].filter((one) => one.localName === "li");
  const mark = list.localName === "ol" ? `${items.indexOf(element) + (list.start || 1)}.` : "•";
  const inner = [...element.children].filter((one) => ["ul", "ol"].includes(one.localName));
  const own = { kind: "item", text: `${"  ".repeat(level)}${mark} ${plain(copy.textContent)}` };
  return [own, ...inner.flatMap((one) => pieces(one, level + 1))];
}

function pieces(parent, level = 0) {
  const found = [];
  let open = "";
  const close = () => {
    const text = open.split("\n").map(plain).filter(Boolean).join("\n");
    if (text) found.push({ kind: "text", text });
    open = "";
  };
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) open += node.data.replace(/\s+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.localName)) return;
    if (node.localName === "br") open += "\n";
    else if (INLINE.has(node.localName) && !node.querySelector("table, li, p, div")) node.childNodes.forEach(read);
    else {
      close();
      if (node.localName === "table") found.push(table(node));
      else if (node.localName === "li") found.push(...listItem(node, level));
      else if (/mso-list:\s*l/.test(node.getAttribute("data-style") || "")) found.push(wordItem(node));
      else found.push(...pieces(node, level));
    }
  };
  parent.childNodes.forEach(read);
  close();
  return found;
}

// The content security policy complains of styles even in a document that is never shown.
function unstyled(html) {
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "");
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

// What was copied as text, or nothing where it has neither a table nor a list: the browser pastes that well enough.
function asText(html) {
  const found = pieces(new DOMParser().parseFromString(unstyled(html), "text/html").body).filter((piece) => piece.text);
  if (found.every((piece) => piece.kind === "text")) return "";
  return found.reduce((text, piece, at) => {
    if (!at) return piece.text;
    return text + (piece.kind === "item" && found[at - 1].kind === "item" ? "\n" : "\n\n") + piece.text;
  }, "");
}

function paste(event) {
  const area = event.target.closest?.(LONG);
  const text = area && asText(event.clipboardData.getData("text/html"));
  if (!text) return;
  event.preventDefault();
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const whole = (before && !before.endsWith("\n") ? "\n" : "") + text + (after && !after.startsWith("\n") ? "\n" : "");
  // It alone can be undone with the keyboard.
  if (document.execCommand("insertText", false, whole)) return;
  area.setRangeText(whole, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Where the style sheet cannot do it.
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function write() {
  document.addEventListener("paste", paste);
  if (CSS.supports("field-sizing", "content")) return;
  document.querySelectorAll(LONG).forEach(grow);
  document.addEventListener("input", ({ target }) => target.matches?.(LONG) && grow(target));
}
