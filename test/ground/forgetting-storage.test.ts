import { expect, test } from 'vitest';
import { forgettingStorage } from '../../src/ground/forgetting-storage.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';

test('nothing is kept; whoever syncs is answered later, and after the end not at all', () => {
  const clock = new VirtualClock();
  const storage = forgettingStorage(clock, 'memory');
  const answers: (Error | undefined)[] = [];
  storage.append(Uint8Array.of(1, 2, 3));
  storage.sync((error) => answers.push(error));
  expect(answers).toEqual([]);
  clock.advance(0);
  expect(answers).toEqual([undefined]);
  expect(storage.read()).toHaveLength(0);
  storage.sync((error) => answers.push(error));
  storage.close();
  clock.advance(0);
  expect(answers).toHaveLength(1);
});
