'use strict';

exports.make = (size) =>
  `[${Array.from({ length: size << 4 }, (_, i) => `{"id":${i},"of":[{},{}]}`).join()}]`;

exports.middle = function middle(text, done) {
  const orders = JSON.parse(text); // blocks
  done(orders.length);
};

exports.last = function last(text) {
  JSON.parse(text); // blocks
};
