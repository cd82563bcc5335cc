// A resource of the program itself is shown by the name that the program gave it.
const { AsyncResource } = require('node:async_hooks');
class Job extends AsyncResource {
  constructor() {
    super('JOB');
  }
}
global.job = new Job();
probeAfter(20);
