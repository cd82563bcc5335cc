const text = `${'a'.repeat(26)}!`;

function validate() {
  return /^(a+)+$/.test(text); // FAULT
}

setInterval(validate, 500);
