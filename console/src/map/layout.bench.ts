import { bench, describe } from "vitest";
import { RADIUS } from "./draw";
import { layOut } from "./layout";
import { routeAround } from "./route";

// Services call a few of those that come after them, as shops and banks do: 1.4 calls a service.
function graph(count: number) {
  let seed = 42;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  const nodes = Array.from({ length: count }, (_, i) => ({ key: `service-${i}` }));
  const edges = Array.from({ length: Math.round(count * 1.4) }, () => {
    const from = next(count - 1);
    const to = Math.min(count - 1, from + 1 + next(Math.max(2, Math.floor(count / 8))));
    return { key: `${from}→${to}`, from: nodes[from]!.key, to: nodes[to]!.key };
  });
  return { nodes, edges };
}

for (const [count, bound] of [[100, 10], [300, 20], [1000, 50]] as const) {
  const given = graph(count);
  describe(`map of ${count} services; wanted: at most ${bound} ms`, () => {
    bench("layout", () => void layOut(given, 1.6));
    bench("layout and routes of the edges", () => void routeAround(given.edges, layOut(given, 1.6).places, RADIUS));
  });
}
