import type { Counts } from '../words.js';

const CHOICES = [
  { id: 'all', label: 'all', kinds: ['PASS', 'MARGINAL', 'FAIL', 'SKIPPED'] },
  { id: 'fail', label: 'failed', kinds: ['FAIL'] },
  { id: 'marginal', label: 'marginal', kinds: ['MARGINAL'] },
  { id: 'skipped', label: 'skipped', kinds: ['SKIPPED'] },
  { id: 'pass', label: 'passed', kinds: ['PASS'] },
] as const;

/** Which measurements are shown. The style does it, by `:has()`; where that is unknown, all of them stay. */
export function Filter({ counts }: { counts: Counts }) {
  return (
    <fieldset class="filter">
      <legend>Show</legend>
      {CHOICES.map(({ id, label, kinds }) => {
        const count = kinds.reduce((sum, kind) => sum + counts[kind], 0);
        return (
          <label>
            <input type="radio" name="show" id={`show-${id}`} checked={id === 'all'} disabled={count === 0} />
            {label} <span class="figures">{count}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
