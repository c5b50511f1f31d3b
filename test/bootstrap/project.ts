import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh clone in miniature: the real bootstrap, with npm, tsc, rolldown, vitest and the program replaced by fakes that keep a log. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'paperjam bootstrap-'));

  constructor() {
    cpSync(join(HERE, '../../src/bootstrap'), join(this.folder, 'src/bootstrap'), { recursive: true });
    cpSync(join(HERE, 'fakes/program.mjs'), join(this.folder, 'src/cli/main.ts'));
    this.write('src/index.ts', 'export {};\n');
    this.write('package.json', JSON.stringify({ type: 'module', dependencies: { xstate: '^5.0.0' } }));
    this.writeLock('5.0.0');
    this.write('tsconfig.json', '{}');
  }

  writeLock(xstate: string): void {
    const packages = { '': { dependencies: { xstate: '^5.0.0' } }, 'node_modules/xstate': { version: xstate } };
    this.write('package-lock.json', JSON.stringify({ packages }));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** What the fakes did since the last call, in order. */
  log(): string[] {
    const lines = this.has('log') ? this.read('log').split('\n').slice(0, -1) : [];
    this.remove('log');
    return lines;
  }

  spawn(args: readonly string[], nodeArgs: readonly string[] = []): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [...nodeArgs, 'src/bootstrap/run.mjs', ...args], {
      cwd: this.folder,
      // Any program will do for a browser: the fakes open no page, and none is to be installed for them.
      env: { ...process.env, npm_execpath: join(HERE, 'fakes/npm.mjs'), PAPERJAM_CHROMIUM: process.execPath },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<Ended>((resolve) => {
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (text) => (stdout += String(text)));
      child.stderr.on('data', (text) => (stderr += String(text)));
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
    return { child, ended };
  }

  run(...args: string[]): Promise<Ended> {
    return this.spawn(args).ended;
  }
}
