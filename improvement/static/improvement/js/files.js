// Files are sent as soon as they are chosen or dropped, each with its progress, and wait with a tick to be added.
// Without it, the form sends them all at once.
const form = document.querySelector("form[data-files]");
const input = form.elements[form.dataset.files];
const group = input.closest(".govuk-form-group");
const waiting = new Set(); // what is on its way

const list = document.createElement("ul");
list.className = "govuk-list app-files";
const says = document.createElement("p");
says.className = "govuk-visually-hidden";
says.setAttribute("role", "status");
const hint = document.createElement("p");
hint.className = "govuk-body-s app-drop__hint";
hint.textContent = "Or drop files here.";
input.after(hint);
group.append(list, says);
group.classList.add("app-drop");

function made(tag, className, ...content) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

function line(name) {
  const progress = made("progress", "app-files__progress");
  Object.assign(progress, { max: 1, value: 0 });
  progress.setAttribute("aria-label", `Sending ${name}`);
  const item = made("li", "", `${name} `, progress);
  list.append(item);
  return { item, progress };
}

function refuse(item, sentence) {
  item.replaceChildren(made("span", "govuk-error-message", made("span", "govuk-visually-hidden", "Error: "), sentence));
  says.textContent = sentence;
}

// A tick like those that the page itself shows for the files that it kept.
function keep(item, told) {
  const tick = made("input", "govuk-checkboxes__input");
  Object.assign(tick, { type: "checkbox", name: "held", value: told.held, id: `held-${told.held}`, checked: true });
  const label = made("label", "govuk-label govuk-checkboxes__label", `${told.name}: ready to add`);
  label.htmlFor = tick.id;
  const boxes = made("div", "govuk-checkboxes govuk-checkboxes--small", made("div", "govuk-checkboxes__item", tick, label));
  item.replaceChildren(boxes);
  says.textContent = `${told.name} is ready to add.`;
}

function answer(request, name) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { message: `“${name}” could not be sent. Choose it again.` };
  }
}

function send(file) {
  const { item, progress } = line(file.name);
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append(input.name, file);
  request.open("POST", location.pathname);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress.value = event.loaded / event.total;
  });
  const sent = new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      const told = answer(request, file.name);
      if (request.status === 200) keep(item, told);
      else refuse(item, told.message);
      resolve();
    });
  });
  waiting.add(sent);
  sent.then(() => waiting.delete(sent));
  request.send(body);
}

input.addEventListener("change", () => {
  [...input.files].forEach(send);
  input.value = "";
});

group.addEventListener("dragover", () => group.classList.add("app-drop--over"));
group.addEventListener("dragleave", () => group.classList.remove("app-drop--over"));
group.addEventListener("drop", (event) => {
  group.classList.remove("app-drop--over");
  [...event.dataTransfer.files].forEach(send);
});
// A file that misses its place does not take the place of the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

// What is on its way is waited for.
form.addEventListener("submit", async (event) => {
  if (!waiting.size) return;
  event.preventDefault();
  const button = event.submitter;
  says.textContent = "Waiting for the files.";
  await Promise.all(waiting);
  form.requestSubmit(button);
});
