const { watch } = require('node:fs');

function watchConfig() {
  return watch(__dirname, () => {}); // FAULT
}

watchConfig();
