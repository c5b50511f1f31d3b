import { modelGraph } from './paths.js';
import { HOUSES } from './situation.js';
import { deedText } from './deeds.js';
for (const h of HOUSES.slice(0, Number(process.argv[2] ?? 1))) {
const t=performance.now();
const g = modelGraph([h]);
console.log(h.name, performance.now()-t, g.situations, g.paths.length, g.unreachable.transitions.length, g.unreachable.states);
}
if (process.argv[3]) {
const g = modelGraph();
for (const p of g.paths) console.log(p.takes, '|', p.house.name, '|', p.steps.map(s=>deedText(s.deed)).join(', '));
console.log(g.unreachable);
}
