// Shows the turns one after the other. Gradio would patch the old page into the new one and so close every passage
// that the reader has opened; a turn that stays the same is left alone here.
const log = element.querySelector('[role="log"]');
const shown = [];

const parsed = (html) => {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  return holder.firstElementChild;
};

// A list of which the items that stay the same are left alone.
function lengthened(list, before, after) {
  const [items, old, now] = [list, before, after].map((each) => [...each.children]);
  now.forEach((item, number) => {
    if (!items[number]) list.appendChild(item);
    else if (old[number].outerHTML !== item.outerHTML) items[number].replaceWith(item);
  });
  items.slice(now.length).forEach((item) => item.remove());
}

// An answer above which a language model writes is read meanwhile: only the parts that change are exchanged, nothing is
// scrolled, and only they are announced. False where the turn has to be shown anew.
function patched(place, html) {
  const live = log.children[place];
  if (!shown[place] || !live?.querySelector(':scope > .draft > .pending')) return false;
  const [before, after] = [parsed(shown[place]), parsed(html)];
  if (!after.querySelector(':scope > .draft') || before.id !== after.id) return false;
  if (before.firstElementChild.outerHTML !== after.firstElementChild.outerHTML) return false;
  const [old, now] = [[...before.children], [...after.children]];
  if (old.length !== now.length || live.children.length !== old.length) return false;
  const parts = [...live.children];
  const below = parts[old.findIndex((part) => part.matches('.draft')) + 1];
  const top = below.getBoundingClientRect().top;
  old.forEach((part, number) => {
    if (part.outerHTML === now[number].outerHTML) return;
    if (part.matches('ol')) lengthened(parts[number], part, now[number]);
    else parts[number].replaceWith(now[number]);
  });
  // Who has scrolled on to the quotations goes on reading where they were.
  const moved = below.isConnected ? below.getBoundingClientRect().top - top : 0;
  if (top < 0 && moved) window.scrollBy(0, moved);
  shown[place] = html;
  return true;
}

function show() {
  const turns = props.value || [];
  let newest = null;
  turns.forEach((html, place) => {
    if (shown[place] === html) return;
    if (patched(place, html)) return;
    newest = parsed(html);
    if (log.children[place]) log.children[place].replaceWith(newest);
    else log.appendChild(newest);
    shown[place] = html;
  });
  while (log.children.length > turns.length) log.lastElementChild.remove();
  shown.length = turns.length;
  if (newest) newest.scrollIntoView({ block: 'start' });
}

// What can be done with a turn; a subject that is followed leads to the view of its trace.
const ACTS = ['edit', 'retry', 'save', 'findings', 'promises', 'figures'];
log.addEventListener('click', (event) => {
  const { act, turn, about } = event.target.closest('button[data-act]')?.dataset || {};
  if (!ACTS.includes(act)) return;
  if (about !== undefined) window.dispatchEvent(new CustomEvent('followed', { detail: act }));
  trigger(act, { turn: Number(turn), about });
});

// A number whose place on the page isn't known leads to its passage and opens it; the address stays.
log.addEventListener('click', (event) => {
  const link = event.target.closest('a.reference:not(.place)');
  if (!link) return;
  event.preventDefault();
  const source = document.getElementById(link.hash.slice(1));
  source.open = true;
  source.firstElementChild.focus();
});

watch('value', show);
show();
