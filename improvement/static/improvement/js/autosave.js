// Saves the draft after a short pause, and when one leaves the page. Without it, the form's buttons do the same.
const PAUSE = 2000;
const KEEPALIVE_LIMIT = 60000; // bytes that a browser sends for a page that is gone
const OTHER = "Someone else is signed in on this browser. Copy your text, then sign in again.";
const draft = document.querySelector("form[data-autosave]");
const says = document.getElementById("autosave");
let timers = [];
let saving = null;
let isTyped = false; // something that is not sent yet
let isAtRisk = false; // something that could not be saved
let isStale = false; // somebody may have signed out or in since the page got its token
let isSubmitting = false;

function say(message, signIn) {
  says.textContent = message;
  says.classList.toggle("app-autosave--problem", isAtRisk);
  if (!signIn) return;
  const link = document.createElement("a");
  Object.assign(link, { href: signIn, target: "_blank", rel: "noopener", className: "govuk-link" });
  link.textContent = "Sign in (opens in a new tab)";
  says.append(" Your text is still on this page. ", link, ", then come back here. Your text will then be saved.");
}

// A page's token changes when one signs in; the page as it is now has the present one. It is taken, and true returned,
// unless that page is somebody else's: what was typed here must not be sent in their name.
async function renew() {
  const text = await (await fetch(draft.action, { headers: { Accept: "text/html" } })).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const form = page.querySelector("[data-person]");
  if (form && form.dataset.person !== draft.dataset.person) return false;
  const token = page.querySelector("[name=csrfmiddlewaretoken]");
  if (token) draft.elements.csrfmiddlewaretoken.value = token.value;
  isStale = false;
  return true;
}

function refuse() {
  isAtRisk = true;
  say(OTHER);
}

async function post(isLast) {
  const body = new URLSearchParams(new FormData(draft)).toString();
  const keepalive = isLast && new Blob([body]).size < KEEPALIVE_LIMIT;
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(draft.action, { method: "POST", body, headers, keepalive });
}

async function save(isLast) {
  timers.forEach(clearTimeout);
  timers = [];
  isTyped = false;
  try {
    let response = await post(isLast);
    if (response.status === 403) {
      if (!(await renew())) return refuse();
      response = await post(isLast);
    }
    const told = await response.json();
    if (told.version !== undefined) draft.elements.version.value = told.version;
    if (told.marks !== undefined) draft.elements.version_marks.value = told.marks;
    isAtRisk = !response.ok || told.is_partly;
    isStale = false;
    say(told.message, told.sign_in);
  } catch {
    isAtRisk = true;
    say("Not saved: the service cannot be reached. Your text is still on this page. It will be saved when the connection is back.");
    timers = [setTimeout(saveNext, 1000 * draft.dataset.autosave)];
  }
}

async function saveNext(isLast) {
  await saving;
  saving = save(isLast === true);
  await saving;
  saving = null;
}

draft.addEventListener("input", () => {
  isTyped = true;
  clearTimeout(timers[0]);
  timers[0] = setTimeout(saveNext, PAUSE);
  timers[1] ??= setTimeout(saveNext, 1000 * draft.dataset.autosave);
});

// What is being saved is waited for: it changes the version that the form must carry.
draft.addEventListener("submit", async (event) => {
  timers.forEach(clearTimeout);
  isSubmitting = true;
  if (!saving && !isStale && !isAtRisk) return;
  event.preventDefault();
  const button = event.submitter;
  await saving;
  if (!(await renew().catch(() => true))) {
    isSubmitting = false;
    return refuse();
  }
  isAtRisk = false;
  draft.requestSubmit(button);
});

document.addEventListener("visibilitychange", () => {
  if (isSubmitting) return;
  if (document.visibilityState === "hidden") {
    isStale = true;
    if (isTyped) saveNext(true);
  } else if (isAtRisk) saveNext();
});
addEventListener("pagehide", () => {
  if (isTyped && !isSubmitting) save(true);
});
addEventListener("pageshow", () => {
  isSubmitting = false;
});
addEventListener("beforeunload", (event) => {
  if (isAtRisk && !isSubmitting) event.preventDefault();
});
