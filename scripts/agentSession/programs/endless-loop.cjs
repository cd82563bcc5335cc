function findPrime(from) {
  // prettier-ignore
  for (let number = from; ; number += 2) { // FAULT
    if (number < 0) return number;
  }
}

setTimeout(() => findPrime(3), 300);
