// Code in another context has the file name that it was given.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const vm = require('node:vm');
const context = vm.createContext({ sleep });
vm.runInContext('(async function inside() {\n  await sleep(1000);\n})()', context, { filename: 'inside.js' });
probeAfter(20);
