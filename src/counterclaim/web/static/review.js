// Keys of the review queue. Every key presses a button that is on the page, so all works without them; the address keeps where one is.
const items = [...document.querySelectorAll(".item")];
let at = items.findIndex((item) => item.id === decodeURIComponent(location.hash.slice(1)));

function go(to) {
  if (!items.length) return;
  at = Math.max(0, Math.min(items.length - 1, to));
  items[at].focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `#${encodeURIComponent(items[at].id)}`);
}

function press(key) {
  const control = items[at]?.querySelector(`[data-key="${key}"]`);
  if (!control) return false;
  if (control.tagName !== "SUMMARY") {
    control.click();
    return true;
  }
  const details = control.parentElement;
  details.open = true;
  const field = details.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus();
  field?.select?.();
  return true;
}

const keys = {
  j: () => go(at + 1),
  k: () => go(at < 0 ? 0 : at - 1),
  u: () => document.querySelector("#undo button:not(:disabled)")?.click(),
  n: () => document.getElementById("after")?.click(),
  p: () => document.getElementById("before")?.click(),
  o: () => items[at]?.querySelector("a.open")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && at >= 0) {
    const open = document.activeElement.closest("details[open]");
    if (open) open.open = false;
    go(at);
    return;
  }
  if (event.target.closest("input, textarea, select")) return;
  if (event.key in keys) keys[event.key]();
  else if (!"acrm".includes(event.key) || !press(event.key)) return;
  event.preventDefault();
});

// Wherever the focus goes by itself, the keys are about that item.
document.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  if (item) at = items.indexOf(item);
});

if (items.length) go(at >= 0 ? at : Math.max(0, items.findIndex((item) => item.dataset.state === "open")));
