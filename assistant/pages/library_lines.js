// How far files have come. The list changes every second: what is focused in it keeps its focus.
const list = element.querySelector('[data-lines]');
let shown = null;

const words = element.querySelector('[data-words]');

function show() {
  const html = props.value?.list || '';
  // Only what is new is read out.
  if (words.textContent !== (props.value?.words || '')) words.textContent = props.value?.words || '';
  if (html === shown) return;
  const focused = list.contains(document.activeElement);
  list.innerHTML = html;
  if (focused) list.querySelector('button')?.focus();
  shown = html;
}

list.addEventListener('click', (event) => {
  if (event.target.closest('[data-stop]')) trigger('stopped', {});
  if (event.target.closest('[data-clear]')) trigger('cleared', {});
});
watch('value', show);
show();
