// keeps: 3
function poll() {
  return setInterval(() => {}, 60000);
}
poll();
setInterval(() => {}, 60000).unref();
