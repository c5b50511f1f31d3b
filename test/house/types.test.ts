import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './source.js';
import { inPlantedTree, runTool } from './tool.js';

/** The bootstrap is JavaScript, so it is checked by its JSDoc. */
const CHECK = ['--noEmit', '-p', 'test/tsconfig.json', '--allowJs', '--checkJs', '--pretty', 'false'];
/** What did not change since the last run is not checked again. */
const REMEMBER = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/paperjam/types.tsbuildinfo'];

test('src and test are free of type errors', async () => {
  const { output } = await runTool('typescript/bin/tsc', [...CHECK, ...REMEMBER]);
  expect(output).toBe('');
}, 300_000);

test('the check is strict, and sees src, test, pages and the JavaScript of the bootstrap, and no DOM', async () => {
  const planted = {
    'src/terminal/planted.ts': 'export const fen: number = undefined;\nexport const same = (x) => x;\n',
    'src/bootstrap/planted.mjs': '/** @type {number} */\nexport const fen = "12.80";\n',
    'src/report/preact.d.ts': readFileSync(join(ROOT, 'src/report/preact.d.ts'), 'utf8'),
    'src/report/planted.tsx':
      "import { renderToStaticMarkup } from 'preact-render-to-string';\nexport const fen: number = renderToStaticMarkup(<p />);\n",
    'src/report/window.ts': 'export const opened = window;\n',
    'test/terminal/planted.test.ts': "import { fen } from '../../src/terminal/planted.js';\nfen.toUpperCase();\n",
  };
  const { code, output } = await inPlantedTree(planted, (folder) => runTool('typescript/bin/tsc', CHECK, folder));
  expect(code).not.toBe(0);
  expect(output.split('\n').slice(0, -1).sort()).toEqual([
    expect.stringContaining('src/bootstrap/planted.mjs(2,14): error TS2322'),
    expect.stringContaining('src/report/planted.tsx(2,14): error TS2322'),
    expect.stringContaining("src/report/window.ts(1,23): error TS2304: Cannot find name 'window'"),
    expect.stringContaining('src/terminal/planted.ts(1,14): error TS2322'),
    expect.stringContaining("src/terminal/planted.ts(2,22): error TS7006: Parameter 'x' implicitly has an 'any' type"),
    expect.stringContaining('test/terminal/planted.test.ts(2,5): error TS2339'),
  ]);
}, 300_000);
