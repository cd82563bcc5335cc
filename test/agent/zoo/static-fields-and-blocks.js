// Arrow functions in fields, instance and static, have the names of the fields; a static block starts one.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Cache {
  static load = async () => {
    await sleep(1000);
  };
  refresh = async () => {
    await Cache.load();
  };
  static {
    new Cache().refresh();
  }
}
module.exports = Cache;
probeAfter(20);
