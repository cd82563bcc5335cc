// Arrow functions and function expressions have the names of their variables; others are <anonymous>.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const arrow = async () => {
  await sleep(1000);
};
const expression = async function () {
  await arrow();
};
(async () => {
  await expression();
})();
probeAfter(20);
