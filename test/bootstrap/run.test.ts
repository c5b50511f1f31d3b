import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Project } from './project.js';

const INSTALL = 'npm ci --include=dev --no-audit --no-fund';
const INSTALLED = 'node_modules/.paperjam-installed';
const BUILT = 'dist/.stamp';

describe('npm start, npm test and the like', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove('.'));

  test('on a fresh clone, install, build, and become the program with its arguments and exit code', async () => {
    const ended = await project.run('start', '--once', '--exit', '20');
    expect(ended).toMatchObject({ code: 20, stdout: '["start","--once","--exit","20"]\n' });
    expect(ended.stderr).toContain('paperjam: installing the dependencies (npm ci) …\n');
    expect(project.log()).toEqual([INSTALL, 'tsc', 'rolldown']);
    accessSync(join(project.folder, 'dist/cli/main.js'), constants.X_OK);
  });

  test('run the tests by the given configuration, with what comes after an optional --', async () => {
    const first = await project.run('test', '--', '-t', 'jam');
    expect(first.stdout).toBe('["run","--config","test/vitest.config.ts","-t","jam"]\n');
    const second = await project.run('test', '--exit', '3');
    expect(second.code).toBe(3);
  });

  test('do nothing again that is done already', async () => {
    await project.run('start');
    project.log();
    const ended = await project.run('start', '--once');
    expect(ended).toMatchObject({ code: 0, stdout: '["start","--once"]\n', stderr: '' });
    expect(project.log()).toEqual([]);
  });

  test('build, and only that, after a source has changed; dist then mirrors src', async () => {
    project.write('src/world/old.ts', '');
    project.write('src/world/words.json', '{}');
    await project.run('build');
    expect(project.has('dist/world/old.js')).toBe(true);
    expect(project.has('dist/world/words.json')).toBe(true);
    expect(project.has('dist/bootstrap')).toBe(false);
    project.log();

    project.remove('src/world/old.ts');
    project.write('src/world/new.ts', '');
    await project.run('build');
    expect(project.log()).toEqual(['tsc goes on from the last build', 'rolldown']);
    expect(project.has('dist/world/old.js')).toBe(false);
    expect(project.has('dist/world/new.js')).toBe(true);
  });

  test('install again when package-lock.json asks for something else', async () => {
    await project.run('build');
    project.log();
    project.writeLock('5.0.1');
    await project.run('build');
    expect(project.log()).toContain(INSTALL);
  });

  test('trust what npm itself has installed: no second install after npm install, or after a script was edited', async () => {
    await project.run('build');
    project.log();
    project.remove(INSTALLED);
    project.write('package.json', JSON.stringify({ dependencies: { xstate: '^5.0.0' }, scripts: { lint: 'biome' } }));
    const ended = await project.run('build');
    expect(ended.code).toBe(0);
    expect(project.log()).toEqual([]);
    expect(project.has(INSTALLED)).toBe(true);
  });

  test('leave it to npm ci to refuse a package.json that is ahead of its lock file', async () => {
    await project.run('build');
    project.log();
    project.write('package.json', JSON.stringify({ dependencies: { xstate: '^6.0.0' } }));
    await project.run('build');
    expect(project.log()).toContain(INSTALL);
  });

  test('show what npm said when the install fails, start nothing, and try again next time', async () => {
    project.write('npm-fails', '');
    const ended = await project.run('start');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('npm error: the registry is gone');
    expect(ended.stderr).toContain('paperjam: npm ci failed (exit code 1); its output is above. Nothing was started.');
    expect(project.has(INSTALLED)).toBe(false);
    project.remove('npm-fails');
    expect(await project.run('start')).toMatchObject({ code: 0, stdout: '["start"]\n' });
  });

  test('show what tsc said when the build fails, start nothing, and build from scratch next time', async () => {
    await project.run('build');
    project.log();
    project.write('src/world/wrong.ts', '// type error');
    for (const expected of ['tsc goes on from the last build', 'tsc']) {
      const ended = await project.run('start');
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain('error TS2322: planted');
      expect(project.has(BUILT)).toBe(false);
      expect(project.log()).toEqual([expected]);
    }
  });

  test('show what rolldown said when there is no program to be made of it, and build again next time', async () => {
    await project.run('build');
    project.log();
    project.write('src/world/new.ts', '');
    project.write('rolldown-fails', '');
    const ended = await project.run('start');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('UNRESOLVED_IMPORT: planted');
    expect(ended.stderr).toContain('paperjam: the build failed (rolldown: exit code 1); its output is above.');
    project.remove('rolldown-fails');
    expect(await project.run('start')).toMatchObject({ code: 0, stdout: '["start"]\n' });
    expect(project.log()).toEqual(['tsc goes on from the last build', 'rolldown', 'tsc', 'rolldown']);
  });

  test('started four at once, install once, build once, and all run', async () => {
    const ended = await Promise.all(['a', 'b', 'c', 'd'].map((name) => project.run('start', name)));
    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => [0, `["start","${name}"]\n`]),
    );
    expect(project.log()).toEqual([INSTALL, 'tsc', 'rolldown']);
  });

  test('take over from a process that died at work', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    project.write(`dist/.lock/${hostname()}~${gone}~123~abcdef`, '');
    project.write(`dist/.lock/${hostname()}~${process.pid}~1~abcdef`, ''); // a later process with the same number
    expect(await project.run('start')).toMatchObject({ code: 0 });
    expect(project.log()).toEqual([INSTALL, 'tsc', 'rolldown']);
  });

  test('hand a SIGTERM on to npm, wait for it, and end by the same signal without a stamp', async () => {
    project.write('npm-hangs', '');
    const { child, ended } = project.spawn(['start']);
    await vi.waitUntil(() => project.has('busy'), { timeout: 10_000 });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ signal: 'SIGTERM', stdout: '' });
    expect(project.log()).toEqual([INSTALL, 'npm stopped']);
    expect(project.has(INSTALLED)).toBe(false);
  });

  test('leave signals to the program once it runs', async () => {
    const { child, ended } = project.spawn(['start', '--stay']);
    if (child.stdout !== null) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 7, signal: null });
  });

  test('name a program that the checkout does not have', async () => {
    const ended = await project.run('bench');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('dist/bench/main.js is not there');
  });

  test('say how they are used when the command is unknown', async () => {
    const ended = await project.run('fly');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('usage: node src/bootstrap/run.mjs start|test|bench|build|mutants');
    expect(project.log()).toEqual([]);
  });

  test('refuse a Node that is too old, in words', async () => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })`;
    const { ended } = project.spawn(['start'], ['--import', `data:text/javascript,${encodeURIComponent(older)}`]);
    expect(await ended).toMatchObject({
      code: 1,
      stderr: 'paperjam: this is Node 18.20.0; paperjam needs Node 20 or newer.\n',
    });
  });
});
