// A link to a place in the papers tells Python where it points (see `page_view.Viewer.follow`); the address stays.
element.addEventListener('click', (event) => {
  const link = event.target.closest('a.place');
  if (!link) return;
  event.preventDefault();
  const { document, start, end } = link.dataset;
  trigger('select', { document, start: Number(start), end: Number(end) });
});
