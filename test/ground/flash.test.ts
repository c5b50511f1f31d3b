import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Flash } from '../../src/ground/flash.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function newFlash(options = {}) {
  const clock = new VirtualClock();
  const flash = new Flash(clock, options);
  const answers: string[] = [];
  const sync = (name = 'synced') => flash.sync((error) => answers.push(error ? `${name}: ${error.message}` : name));
  return { clock, flash, answers, sync };
}

describe('simulated flash', () => {
  test('reads back what was appended', () => {
    const { flash } = newFlash({ content: bytesOf('old ') });
    flash.append(bytesOf('new '));
    flash.append(bytesOf('newer'));
    expect(textOf(flash.read())).toBe('old new newer');
  });

  test('syncs in a later event', () => {
    const { clock, flash, answers, sync } = newFlash({ syncMs: 5 });
    flash.append(bytesOf('a'));
    sync();
    clock.advance(4);
    expect([answers, flash.syncedLength]).toEqual([[], 0]);
    clock.advance(1);
    expect([answers, flash.syncedLength]).toEqual([['synced'], 1]);
  });

  test('syncs asked for during a sync share the next one', () => {
    const { clock, flash, answers, sync } = newFlash({ syncMs: 5 });
    flash.append(bytesOf('a'));
    sync('first');
    clock.advance(1);
    flash.append(bytesOf('bc'));
    sync('second');
    flash.append(bytesOf('d'));
    sync('third');
    clock.advance(4);
    expect([answers, flash.syncedLength]).toEqual([['first'], 1]);
    clock.advance(5);
    expect([answers, flash.syncedLength]).toEqual([['first', 'second', 'third'], 4]);
    expect(clock.pending).toBe(0);
  });

  test('a sync asked for by the answer to a sync is answered too', () => {
    const { clock, flash, answers, sync } = newFlash();
    flash.sync(() => {
      flash.append(bytesOf('x'));
      sync('inner');
    });
    sync('outer');
    clock.advance(0);
    expect([answers, flash.syncedLength]).toEqual([['outer', 'inner'], 1]);
  });

  test('a power cut loses what was not synced, keeps all of it, or tears it', () => {
    const cutWith = (kept: 'nothing' | 'all' | number) => {
      const { clock, flash, sync } = newFlash();
      flash.append(bytesOf('synced,'));
      sync();
      clock.advance(0);
      flash.append(bytesOf('not synced'));
      const lost = flash.cut(typeof kept === 'number' ? { ...seededRandom(1), int: () => kept } : kept);
      return [textOf(flash.reopen().read()), lost];
    };
    expect(cutWith('nothing')).toEqual(['synced,', 10]);
    expect(cutWith('all')).toEqual(['synced,not synced', 0]);
    expect(cutWith(4)).toEqual(['synced,not ', 6]);
  });

  test('a torn record is the last one: something of it is there, and never all', () => {
    const tornBy = (int: (min: number, max: number) => number, ...records: string[]) => {
      const { clock, flash, sync } = newFlash();
      flash.append(bytesOf('synced,'));
      sync();
      clock.advance(0);
      for (const record of records) flash.append(bytesOf(record));
      flash.cut({ torn: { ...seededRandom(1), int } });
      return textOf(flash.reopen().read());
    };
    const least = (min: number) => min;
    const most = (_: number, max: number) => max;
    expect([tornBy(least, 'first,', 'last\n'), tornBy(most, 'first,', 'last\n')]).toEqual([
      'synced,first,l',
      'synced,first,last',
    ]);
    expect([tornBy(least, 'x'), tornBy(most, 'x'), tornBy(most)]).toEqual(['synced,', 'synced,', 'synced,']);
  });

  test('after a cut nobody is answered, and the dead terminal writes nothing to the flash of the next', () => {
    const { clock, flash, answers, sync } = newFlash();
    flash.append(bytesOf('a'));
    sync();
    flash.cut('all');
    const next = flash.reopen();
    flash.append(bytesOf('from the grave'));
    sync();
    flash.truncate(0);
    clock.advance(10);
    expect(answers).toEqual([]);
    expect(textOf(next.read())).toBe('a');
    next.append(bytesOf('b'));
    next.sync((error) => answers.push(String(error)));
    clock.advance(0);
    expect([answers, textOf(next.read())]).toEqual([['undefined'], 'ab']);
  });

  test('what does not fit is not stored, not even in part, and every sync says so until it is opened anew', () => {
    const { clock, flash, answers, sync } = newFlash({ capacityBytes: 5 });
    flash.append(bytesOf('1234'));
    sync();
    clock.advance(0);
    flash.append(bytesOf('56'));
    flash.append(bytesOf('7'));
    sync('full');
    sync('full');
    clock.advance(0);
    expect(textOf(flash.read())).toBe('1234');
    expect(answers).toEqual([
      'synced',
      'full: There is no room in flash for 2 more bytes. What was acknowledged before is safe. Free some space there, then restart.',
      'full: There is no room in flash for 2 more bytes. What was acknowledged before is safe. Free some space there, then restart.',
    ]);
    const next = flash.reopen();
    next.append(bytesOf('5'));
    expect(textOf(next.read())).toBe('12345');
  });

  test('a failed sync makes nothing durable, and nothing is built upon it until the end is set anew', () => {
    const { clock, flash, answers, sync } = newFlash();
    flash.append(bytesOf('ok'));
    sync();
    clock.advance(0);
    flash.failSyncs(1);
    flash.append(bytesOf('lost'));
    sync('failed');
    clock.advance(0);
    sync('still');
    clock.advance(0);
    expect(answers.map((answer) => answer.slice(0, 30))).toEqual([
      'synced',
      'failed: flash cannot be writte',
      'still: flash cannot be written',
    ]);
    expect(flash.syncedLength).toBe(2);
    flash.truncate(2);
    flash.append(bytesOf(' again'));
    sync();
    clock.advance(0);
    expect([answers.at(-1), textOf(flash.read()), flash.syncedLength]).toEqual(['synced', 'ok again', 8]);
  });

  test('a bit rots', () => {
    const { flash } = newFlash({ content: bytesOf('aaa') });
    expect(flash.rot(1, 0)).toBe(true);
    expect(textOf(flash.read())).toBe('a`a');
    expect(flash.rot(3, 0)).toBe(false);
  });

  test('truncating is durable at once', () => {
    const { flash } = newFlash();
    flash.append(bytesOf('whole|torn'));
    flash.truncate(6);
    flash.cut('nothing');
    expect(textOf(flash.reopen().read())).toBe('whole|');
  });

  test('a closed flash answers nothing', () => {
    const { clock, flash, answers, sync } = newFlash();
    sync();
    flash.close();
    sync();
    clock.advance(0);
    expect(answers).toEqual([]);
  });

  test('after a cut it holds a prefix of what was appended, never less than what was acknowledged', () => {
    const step = fc.oneof(
      fc.uint8Array({ minLength: 0, maxLength: 40 }).map((bytes) => ({ kind: 'append' as const, bytes })),
      fc.constant({ kind: 'sync' as const }),
      fc.integer({ min: 0, max: 8 }).map((ms) => ({ kind: 'wait' as const, ms })),
    );
    fc.assert(
      fc.property(fc.array(step), fc.integer(), fc.integer({ min: 0, max: 5 }), (steps, seed, syncMs) => {
        const clock = new VirtualClock();
        const flash = new Flash(clock, { syncMs });
        const appended: number[] = [];
        let acknowledged = 0;
        for (const action of steps) {
          if (action.kind === 'append') {
            flash.append(action.bytes);
            appended.push(...action.bytes);
          } else if (action.kind === 'sync') {
            const length = appended.length;
            flash.sync(() => {
              acknowledged = Math.max(acknowledged, length);
            });
          } else clock.advance(action.ms);
        }
        flash.cut(seededRandom(seed));
        const kept = [...flash.reopen().read()];
        expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
        expect(kept).toEqual(appended.slice(0, kept.length));
      }),
    );
  });
});
