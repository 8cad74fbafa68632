// Shows the page that is opened, keeps the focus where the reader has it, and gives it back when the page is closed.
const said = element.querySelector('[role="status"]');
const place = element.querySelector('section');
let opener = null;
let turning = null;
let large = false;

function toMark() {
  const frame = place.querySelector('.frame');
  const mark = place.querySelector('.marked');
  if (!frame || !mark) return;
  const [outer, inner] = [frame.getBoundingClientRect(), mark.getBoundingClientRect()];
  frame.scrollTop += inner.top - outer.top - frame.clientHeight / 3;
  frame.scrollLeft += inner.left - outer.left - frame.clientWidth / 4;
}

function enlarge() {
  place.querySelector('.frame')?.classList.toggle('large', large);
  place.querySelector('button.larger')?.setAttribute('aria-pressed', String(large));
  toMark();
}

function show() {
  const html = props.value || '';
  if (!place.contains(document.activeElement)) opener = document.activeElement;
  place.innerHTML = html;
  place.hidden = !html;
  if (!html) return;
  enlarge();
  const title = place.querySelector('h2');
  if (turning) {
    const button = [...place.querySelectorAll('button.turn')].find((each) => each.textContent === turning);
    (button || title).focus({ preventScroll: true });
    said.textContent = place.querySelector('.tools').dataset.said || title.textContent;
  } else {
    title.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'nearest' });
    said.textContent = '';
  }
  turning = null;
}

function close() {
  turning = null;
  trigger('close');
  place.hidden = true;
  if (opener?.isConnected) opener.focus();
}

place.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button || button.ariaDisabled === 'true') return;
  if (button.matches('.close')) close();
  if (button.matches('.turn')) {
    turning = button.textContent;
    trigger('turn', { page: Number(button.dataset.page) });
  }
  if (button.matches('.larger')) {
    large = !large;
    enlarge();
  }
});

place.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close();
});

watch('value', show);
show();
