// Saves the draft a few seconds after a change. Without it, the form's buttons do the same.
const draft = document.querySelector("form[data-autosave]");
const says = document.getElementById("autosave");
let timer = null;
let saving = null;

async function save() {
  try {
    const options = { method: "POST", body: new FormData(draft), headers: { Accept: "application/json" } };
    const { message, version } = await (await fetch(draft.action, options)).json();
    if (version !== undefined) draft.elements.version.value = version;
    says.textContent = message;
  } catch {
    says.textContent = "Not saved: you may be signed out or offline. Copy what you wrote before you leave this page.";
  }
}

draft.addEventListener("input", () => {
  timer ??= setTimeout(async () => {
    timer = null;
    await saving;
    saving = save();
    await saving;
    saving = null;
  }, 1000 * draft.dataset.autosave);
});

// What is being saved is waited for: it changes the version that the form must carry.
draft.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!saving) return;
  event.preventDefault();
  const button = event.submitter;
  await saving;
  draft.requestSubmit(button);
});
