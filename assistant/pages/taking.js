// Asks for a file, and hands it to the browser's downloads when it comes. What is said is set as text, never as HTML.
const status = element.querySelector('[role="status"]');

element.addEventListener('click', (event) => {
  const pressed = event.target.closest('button[data-ending]');
  if (!pressed) return;
  status.textContent = 'The file is being made…';
  trigger('select', { ending: pressed.dataset.ending });
});

watch('value', () => {
  if (!props.value) return;
  const { name, content, problem } = JSON.parse(props.value);
  if (problem) { status.textContent = problem; return; }
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  // Some browsers only begin to read it now.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  status.textContent = `Saved in your downloads: ${name}`;
});
