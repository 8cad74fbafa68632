// Shows the turns one after the other. Gradio would patch the old page into the new one and so close every passage
// that the reader has opened; a turn that stays the same is left alone here.
const log = element.querySelector('[role="log"]');
const shown = [];

function show() {
  const turns = props.value || [];
  let newest = null;
  turns.forEach((html, place) => {
    if (shown[place] === html) return;
    const holder = document.createElement('div');
    holder.innerHTML = html;
    newest = holder.firstElementChild;
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
