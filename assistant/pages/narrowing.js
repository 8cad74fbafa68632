// A chip takes away what it names; the focus stays among the chips, or goes to what opens the choices.
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-field]');
  if (!button) return;
  trigger('widen', { field: button.dataset.field, value: button.dataset.value });
});
watch('value', () => {
  if (document.activeElement === document.body) {
    (element.querySelector('button') || document.querySelector('#filters button'))?.focus();
  }
});
