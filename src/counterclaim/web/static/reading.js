// Keys on the reading view: j and k walk the claims, Enter opens the derivation; pointing at words lights their claims, and back.
const cards = [...document.querySelectorAll(".card")];
let at = -1;

function marksOf(number) {
  return [...document.querySelectorAll("mark[data-claims]")].filter((mark) => mark.dataset.claims.split(" ").includes(number));
}

function light(numbers, on) {
  for (const number of numbers) {
    document.getElementById(`n-${number}`)?.classList.toggle("lit", on);
    for (const mark of marksOf(number)) mark.classList.toggle("lit", on);
  }
}

function go(to) {
  if (!cards.length) return;
  if (at >= 0) light([cards[at].dataset.claim], false);
  at = Math.max(0, Math.min(cards.length - 1, to));
  const card = cards[at];
  light([card.dataset.claim], true);
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  const beginning = marksOf(card.dataset.claim)[0] ?? card;
  beginning.scrollIntoView({ block: "center" });
}

// Words selected in one paragraph can be made a claim. Places are counted in characters as the record counts them, without our references.
const adding = document.getElementById("add-here");

function textBefore(line, node, offset) {
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  const words = range.cloneContents();
  for (const ref of words.querySelectorAll(".ref")) ref.remove();
  return [...words.textContent].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const line = range.startContainer.parentElement?.closest("p[data-start]") ?? null;
  if (!line || !line.contains(range.endContainer)) return null;
  const from = Number(line.dataset.start);
  const [start, end] = [from + textBefore(line, range.startContainer, range.startOffset), from + textBefore(line, range.endContainer, range.endOffset)];
  return start < end ? { start, end } : null;
}

document.addEventListener("selectionchange", () => {
  const place = selected();
  adding.hidden = !place;
  const link = adding.querySelector("a");
  if (place) link.search = new URLSearchParams(place);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at < 0 ? 0 : at - 1);
  else if (event.key === "m" && !adding.hidden) adding.querySelector("a").click();
  else if (event.key === "Enter" && at >= 0 && document.activeElement === cards[at]) location.href = cards[at].dataset.at;
});

for (const mark of document.querySelectorAll("mark[data-claims]")) {
  const numbers = mark.dataset.claims.split(" ");
  mark.addEventListener("mouseenter", () => light(numbers, true));
  mark.addEventListener("mouseleave", () => light(numbers, false));
}
for (const card of cards) {
  card.addEventListener("mouseenter", () => light([card.dataset.claim], true));
  card.addEventListener("mouseleave", () => light([card.dataset.claim], false));
}
