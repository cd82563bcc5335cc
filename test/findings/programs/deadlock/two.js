// finds: deadlock 6
let first, second;
const later = (f) => Promise.resolve().then(f);
setTimeout(() => {}, 1000);
async function load() {
  await later(() => second);
}
async function save() {
  await later(() => first);
}
first = load();
second = save();
