// Runs the tests of Promises/A+ on the promises of this process.
//   node promisesAplus.cjs FOLDER ENDINGS
// FOLDER is where promises-aplus-tests is installed. How each test ended becomes a line of ENDINGS, as JSON.
const { appendFileSync } = require('node:fs');
const path = require('node:path');

const [, , folder, endingsFile] = process.argv;
const promisesAplusTests = require(path.join(folder, 'node_modules', 'promises-aplus-tests'));

const adapter = {
  resolved: (value) => Promise.resolve(value),
  rejected: (reason) => Promise.reject(reason),
  deferred() {
    const deferred = {};
    deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
    return deferred;
  },
};

let count = 0;

/** Titles come more than once: the number tells tests apart. */
function reporter(runner) {
  const keep = (ending) => (test) =>
    appendFileSync(endingsFile, `${JSON.stringify([`${++count}. ${test.fullTitle()}`, ending])}\n`);
  runner.on('pass', keep('passed'));
  runner.on('fail', keep('failed'));
}

// they reject many promises that nobody handles, which would count as failures of whichever test runs
process.on('unhandledRejection', () => {});

// the tests give a promise 200 ms by themselves, which a busy machine may not
promisesAplusTests(adapter, { reporter, timeout: 20_000 });
