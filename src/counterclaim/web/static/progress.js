// Shows a run of reading as it goes. Text from reports and file names is only ever set as text.
const run = document.getElementById("run");
const steps = document.getElementById("steps");
const events = new EventSource(run.dataset.events);

function cell(label, filling, name) {
  const td = document.createElement("td");
  td.setAttribute("role", "cell");
  td.dataset.label = label;
  if (name) td.className = name;
  const words = document.createElement("bdi");
  words.textContent = filling;
  td.append(words);
  return td;
}

// The page already shows what was done before it was made.
let toPass = steps.rows.length;

events.addEventListener("step", (event) => {
  if (toPass > 0) {
    toPass -= 1;
    return;
  }
  const step = JSON.parse(event.data);
  const row = document.createElement("tr");
  row.setAttribute("role", "row");
  const report = cell("Report", step.name);
  if (step.at) {
    const link = document.createElement("a");
    link.href = step.at;
    link.append(...report.childNodes);
    report.append(link);
  }
  row.append(report, cell("Outcome", step.outcome), cell("Claims", step.claims, "number"), cell("Why", step.reason ?? ""));
  steps.append(row);
});

function show(state) {
  document.getElementById("state").textContent = state.state;
  document.getElementById("done").textContent = state.done;
  document.getElementById("bar").value = state.done;
}

events.addEventListener("state", (event) => show(JSON.parse(event.data)));

events.addEventListener("over", (event) => {
  events.close();
  const state = JSON.parse(event.data);
  show(state);
  if (state.state === "failed") {
    location.reload();
    return;
  }
  document.getElementById("stop")?.remove();
  document.getElementById("after").hidden = false;
});
