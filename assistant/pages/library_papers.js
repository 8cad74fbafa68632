// The list of papers: what is typed into its box hides the rows that don't have all the words; a document is taken out
// only after its name was confirmed. What is opened stays open when the list is made anew, and what stays the same is
// left alone.
const list = element.querySelector('[data-list]');
const box = element.querySelector('input[type="search"]');
const found = element.querySelector('[data-found]');
const dialog = element.querySelector('dialog');
let shown = null;
let before = null; // which bodies stood open before anything was typed

const bodies = () => [...list.querySelectorAll('details')];
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function narrow() {
  const words = plain(box.value).split(/\s+/).filter(Boolean);
  if (words.length && !before) before = bodies().map((each) => each.open);
  let rows = 0;
  let left = 0;
  bodies().forEach((body, place) => {
    const name = plain(body.querySelector('h3').textContent);
    let here = 0;
    for (const row of body.querySelectorAll('tbody tr')) {
      row.dataset.words ??= plain([...row.cells].map((cell) => cell.textContent).join(' '));
      row.hidden = !words.every((word) => name.includes(word) || row.dataset.words.includes(word));
      here += row.hidden ? 0 : 1;
      rows += 1;
    }
    left += here;
    body.hidden = words.length > 0 && here === 0;
    if (words.length) body.open = here > 0;
    else if (before) body.open = before[place] ?? body.open;
  });
  if (!words.length) before = null;
  found.textContent = words.length ? `${left} of ${rows} ${rows === 1 ? 'row' : 'rows'} found` : '';
}

const places = ['said', 'summary', 'concerns'].map((name) => [name, element.querySelector(`[data-${name}]`)]);

function show() {
  const value = props.value || {};
  for (const [name, place] of places) {
    const html = value[name] || '';
    if (place.dataset.shown === html) continue;
    place.innerHTML = html;
    place.dataset.shown = html;
    // The button that was pressed is gone with its document; who uses the keyboard goes on from what came of it.
    if (name === 'said' && html) place.focus();
  }
  const html = value.papers || '';
  if (html === shown) return;
  const open = new Map(bodies().map((each) => [each.querySelector('h3').textContent, each.open]));
  list.innerHTML = html;
  for (const body of bodies()) body.open = open.get(body.querySelector('h3').textContent) ?? body.open;
  element.querySelector('[data-filter]').hidden = !list.querySelector('tbody');
  shown = html;
  before = null;
  narrow();
}

let asked = null;
list.addEventListener('click', (event) => {
  const button = event.target.closest('[data-remove]');
  if (!button) return;
  asked = button.dataset.remove;
  dialog.querySelector('[data-name]').textContent = button.dataset.file;
  dialog.showModal();
});
dialog.addEventListener('close', () => {
  if (dialog.returnValue === 'yes' && asked) trigger('removal', { document: asked });
  dialog.returnValue = '';
  asked = null;
});
dialog.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) dialog.close(button.value);
});

let waiting = 0;
box.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(narrow, 150);
});
watch('value', show);
show();
