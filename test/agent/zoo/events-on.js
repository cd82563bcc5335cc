// `for await` over events that do not come.
const { EventEmitter, on } = require('node:events');
async function main() {
  for await (const event of on(new EventEmitter(), 'order')) event;
}
main();
probeAfter(20);
