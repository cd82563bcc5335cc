const text = JSON.stringify(Array.from({ length: 900_000 }, (_, id) => ({ id, name: `item ${id}` })));

function refresh() {
  const items = JSON.parse(text); // FAULT
  return summary(items);
}

function summary(items) {
  return items.length;
}

setInterval(refresh, 1200);
