import { mkdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileProblem } from '../../src/ground/file-problem.js';

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("what the system says of a file is put into people's words", () => {
  expect(fileProblem(thrownBy(() => readFileSync('/nowhere/at/all')))).toBe('there is no such file or folder');
  expect(fileProblem(thrownBy(() => readFileSync('/tmp')))).toBe('it is a folder');
  expect(fileProblem(thrownBy(() => mkdirSync('/dev/null')))).toBe('it is a file, or a part of the path is one');
});

test('what has no words here is told as it is', () => {
  expect(fileProblem(new Error('the moon is full'))).toBe('the moon is full');
});
