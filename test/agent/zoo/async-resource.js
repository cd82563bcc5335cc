const { AsyncResource } = require('node:async_hooks');
class Job extends AsyncResource {
  constructor() {
    super('JOB');
  }
}
global.job = new Job();
probeAfter(20);
