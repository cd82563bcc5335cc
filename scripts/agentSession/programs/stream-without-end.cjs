const { PassThrough } = require('node:stream');

async function readAll(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk; // FAULT
  return text;
}

const stream = new PassThrough();
stream.write('beginning');
readAll(stream);
setInterval(() => stream.readableLength, 1000);
