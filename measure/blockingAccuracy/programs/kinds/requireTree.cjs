'use strict';
const { partOfTree } = require('../tree.cjs');

exports.make = partOfTree;

exports.middle = function middle(path, done) {
  const tree = require(path); // blocks
  done(tree);
};

exports.last = function last(path) {
  require(path); // blocks
};
