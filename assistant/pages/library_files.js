// Files are chosen or dropped, looked at before they are sent, sent one after the other, and handed in together.
const area = element.querySelector('label');
const input = element.querySelector('input[type="file"]');
const sending = element.querySelector('[data-sending]');
const { kinds, largest, kindSentence, sizeSentence, sendSentence } = element.querySelector('[data-kinds]').dataset;

function say(sentence, fault) {
  const line = document.createElement('p');
  if (fault) line.className = 'lib-fault';
  line.textContent = sentence;
  sending.append(line);
  return line;
}

async function send(files) {
  sending.replaceChildren();
  const arrived = [];
  for (const file of files) {
    const ending = file.name.slice(file.name.lastIndexOf('.')).toLowerCase();
    if (!kinds.split(', ').includes(ending)) {
      say(kindSentence.replace('{}', file.name), true);
    } else if (file.size > Number(largest)) {
      say(sizeSentence.replace('{}', file.name), true);
    } else {
      const line = say(`${file.name}: being sent…`);
      try {
        arrived.push({ path: (await upload(file)).path, name: file.name });
        line.remove();
      } catch {
        line.className = 'lib-fault';
        line.textContent = sendSentence.replace('{}', file.name);
      }
    }
  }
  if (arrived.length) trigger('handed', { files: arrived });
}

input.addEventListener('change', () => {
  send([...input.files]);
  input.value = '';
});
for (const name of ['dragenter', 'dragover']) {
  area.addEventListener(name, (event) => {
    event.preventDefault();
    area.classList.add('over');
  });
}
area.addEventListener('dragleave', () => area.classList.remove('over'));
area.addEventListener('drop', (event) => {
  event.preventDefault();
  area.classList.remove('over');
  send([...event.dataTransfer.files]);
});
