// Keeps conversations in this browser and lists them, newest first. Each has an entry of its own in the storage, so that
// two tabs never overwrite each other's; which of them is open belongs to the tab. Titles are set as text, never as HTML.
const ENTRY = 'council-papers:conversation:';
const OPEN = 'council-papers:open';
const TOO_LONG = 'This conversation is too long for this browser to keep. Take it along as a file, and begin a new one.';
const list = element.querySelector('ol');
const none = element.querySelector('.none');
const status = element.querySelector('[role="status"]');
const all = element.querySelector('.all');

function entries() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(ENTRY)) continue;
    const stored = localStorage.getItem(key);
    let entry = {};
    try { entry = JSON.parse(stored) || {}; } catch { /* listed as damaged, so that it can be deleted */ }
    found.push({
      id: key.slice(ENTRY.length),
      title: String(entry.title || 'Damaged conversation'),
      when: String(entry.when || ''),
      content: typeof entry.content === 'string' ? entry.content : '{}',
      characters: key.length + stored.length,
    });
  }
  return found.sort((one, other) => (one.when < other.when ? 1 : one.when > other.when ? -1 : 0));
}

// The oldest, never the one that was just kept.
function dropOldest(except) {
  const oldest = entries().reverse().find((entry) => entry.id !== except);
  if (oldest) localStorage.removeItem(ENTRY + oldest.id);
  return oldest;
}

function say(sentence) { status.textContent = sentence; }

function keep() {
  if (!props.value) return;
  const { id, ...entry } = JSON.parse(props.value);
  if (!id) { sessionStorage.removeItem(OPEN); draw(); return; }
  const dropped = [];
  const text = JSON.stringify(entry);
  if (text.length > props.characters) { say(TOO_LONG); return; }
  for (let stored = false; !stored;) {
    try {
      localStorage.setItem(ENTRY + id, text);
      stored = true;
    } catch {
      const oldest = dropOldest(id);
      if (!oldest) { say(TOO_LONG); return; }
      dropped.push(oldest.title);
    }
  }
  sessionStorage.setItem(OPEN, id);
  for (;;) {
    const kept = entries();
    const characters = kept.reduce((sum, entry) => sum + entry.characters, 0);
    if (kept.length <= props.most && characters <= props.characters) break;
    const oldest = dropOldest(id);
    if (!oldest) break;
    dropped.push(oldest.title);
  }
  say(dropped.length ? `There was no room for all conversations; the oldest was deleted: ${dropped.join('; ')}` : '');
  draw();
}

function switchedOff() {
  none.textContent = 'This browser doesn’t let the page keep conversations: its storage is switched off.';
}

function button(words, name, label) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = name;
  made.textContent = words;
  if (label) made.setAttribute('aria-label', label);
  return made;
}

function draw() {
  const open = sessionStorage.getItem(OPEN);
  const kept = entries();
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest('li').dataset.id;
  list.replaceChildren(...kept.map((entry) => {
    const item = document.createElement('li');
    item.dataset.id = entry.id;
    const opener = button(entry.title, 'open');
    if (entry.id === open) opener.setAttribute('aria-current', 'true');
    const when = document.createElement('time');
    const date = new Date(entry.when);
    if (!isNaN(date)) {
      when.dateTime = entry.when;
      when.textContent = date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
    }
    item.append(opener, when, button('Delete', 'forget', `Delete “${entry.title}”`));
    return item;
  }));
  // The list is made anew; whoever stands in it with the keyboard stays where they are.
  if (focused) [...list.children].find((item) => item.dataset.id === place)?.querySelector(`.${focused.className}`).focus();
  none.textContent = kept.length ? '' : 'This browser keeps no conversation yet.';
  all.hidden = kept.length === 0;
}

function forget(ids) {
  ids.forEach((id) => localStorage.removeItem(ENTRY + id));
  if (ids.includes(sessionStorage.getItem(OPEN))) {
    // It leaves the page too; the next question would otherwise bring it back.
    sessionStorage.removeItem(OPEN);
    trigger('select', { id: '', content: '' });
  }
  say(ids.length === 1 ? 'The conversation was deleted from this browser.' : 'All were deleted from this browser.');
  draw();
}

element.addEventListener('click', (event) => {
  const pressed = event.target.closest('button');
  if (!pressed) return;
  const id = pressed.closest('li')?.dataset.id;
  if (pressed.className === 'open') {
    const entry = entries().find((each) => each.id === id);
    if (!entry) { draw(); return; }
    sessionStorage.setItem(OPEN, id);
    say('');
    draw();
    trigger('select', { id, content: entry.content });
  } else if (pressed.className === 'forget') {
    const next = pressed.closest('li').nextElementSibling || pressed.closest('li').previousElementSibling;
    const beside = next?.dataset.id;
    forget([id]);
    // The keyboard's place goes to a neighbour, not to the top of the page.
    const neighbour = [...list.children].find((item) => item.dataset.id === beside);
    (neighbour?.querySelector('.open') || status).focus();
  } else if (pressed.className === 'all' && window.confirm('Delete all conversations that this browser keeps?')) {
    forget(entries().map((entry) => entry.id));
  }
});

watch('value', () => { try { keep(); } catch { switchedOff(); } });
try {
  draw();
  window.addEventListener('storage', draw);
  const current = entries().find((entry) => entry.id === sessionStorage.getItem(OPEN));
  if (current) trigger('select', { id: current.id, content: current.content });
} catch { switchedOff(); }
