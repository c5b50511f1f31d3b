import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from './source.js';
import { inPlantedTree, runTool } from './tool.js';

const Cruise = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
  }),
});

async function cruise(folder: string): Promise<z.infer<typeof Cruise>> {
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout, output } = await runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, folder);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not run: ${output}`);
  return Cruise.parse(JSON.parse(stdout));
}

function complaints({ summary }: z.infer<typeof Cruise>, folder: string): string[] {
  return summary.violations.map(
    ({ from, to, rule }) => `${from}:${lineOfImport(join(folder, from), to)} imports ${to}: ${rule.name}`,
  );
}

/** dependency-cruiser gives no lines; the first that ends in the target's name is the import, or else the file's first. */
function lineOfImport(path: string, to: string): number {
  const stem = to.replace(/^.*\//, '').replace(/\.\w+$/, '');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return (
    1 +
    Math.max(
      0,
      lines.findIndex((line) => /import|from/.test(line) && line.includes(stem)),
    )
  );
}

describe('the floors of the house', () => {
  test('are kept: nothing is imported from above or from next door, in a circle, or in vain', async () => {
    const result = await cruise(ROOT);
    expect(complaints(result, ROOT)).toEqual([]);
    const own = result.modules.filter(({ source }) => /^src\/.*\.tsx?$/.test(source));
    expect(own.length).toBeGreaterThan(20);
    expect(own.flatMap(({ dependencies }) => dependencies).length).toBeGreaterThan(own.length);
    const rules = result.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(rules).toEqual(expect.arrayContaining(readdirSync(join(ROOT, 'src')).map((room) => `floor-${room}`)));
  }, 180_000);

  /** Who imports what, and the rule that must say no. */
  const FORBIDDEN: ReadonlyArray<readonly [from: string, to: string, rule: string]> = [
    ['base/b', 'ports/a', 'floor-base'],
    ['ports/b', 'ground/a', 'floor-ports'],
    ['ground/b', 'links/a', 'floor-ground'],
    ['links/b', 'glyphs/a', 'floor-links'],
    ['links/c', 'printer/a', 'floor-links'],
    ['glyphs/b', 'emulator/printer/a', 'floor-glyphs'],
    ['terminal/b', 'printer/a', 'floor-terminal'],
    ['terminal/c', 'acquirer/a', 'floor-terminal'],
    ['terminal/d', 'emulator/printer/a', 'floor-terminal'],
    ['terminal/e', 'ground/a', 'floor-terminal'],
    ['printer/b', 'emulator/printer/a', 'floor-printer'],
    ['printer/c', 'terminal/a', 'floor-printer'],
    ['printer/d', 'links/a', 'floor-printer'],
    ['emulator/printer/b', 'printer/a', 'floor-emulator'],
    ['emulator/printer/c', 'glyphs/a', 'floor-emulator'],
    ['emulator/platform/b', 'acquirer/a', 'floor-emulator'],
    ['emulator/platform/c', 'emulator/printer/a', 'emulators-apart'],
    ['acquirer/b', 'emulator/platform/a', 'floor-acquirer'],
    ['faults/b', 'emulator/printer/a', 'floor-faults'],
    ['report/b', 'emulator/printer/a', 'floor-report'],
    ['report/c', 'station/a', 'floor-report'],
    ['world/b', 'cli/a', 'floor-world'],
    ['ecr/b', 'fixture/a', 'floor-ecr'],
    ['fixture/b', 'cli/a', 'floor-fixture'],
    ['sim/b', 'station/a', 'floor-sim'],
    ['station/b', 'console/a', 'floor-station'],
    ['console/b', 'ecr/a', 'floor-console'],
    ['bench/b', 'cli/a', 'floor-bench'],
    ['cli/b', 'bench/a', 'floor-cli'],
    ['cli/c', 'bootstrap/a', 'floor-cli'],
  ];
  const ALLOWED: ReadonlyArray<readonly [from: string, to: string]> = [
    ['ports/d', 'base/a'],
    ['terminal/f', 'terminal/a'],
    ['emulator/platform/d', 'ports/a'],
    ['world/c', 'emulator/platform/a'],
    ['world/d', 'links/a'],
    ['links/d', 'ground/a'],
    ['sim/c', 'world/a'],
    ['report/d', 'base/a'],
    ['station/c', 'report/a'],
    ['cli/d', 'console/a'],
    ['bench/c', 'world/a'],
  ];
  const path = (module: string) => `src/${module}.ts`;
  const up = (module: string) => '../'.repeat(module.split('/').length - 1);

  test('are guarded: each forbidden import that is planted is caught, and no allowed one', async () => {
    const files: Record<string, string> = {};
    for (const [from, to] of [...FORBIDDEN, ...ALLOWED]) {
      files[path(to)] = 'export interface Planted {}\n';
      files[path(from)] = `import type { Planted } from '${up(from)}${to}.js';\nexport type Mine = Planted;\n`;
    }
    const { summary } = await inPlantedTree(files, cruise);
    expect(summary.violations.map(({ from, to, rule }) => [from, to, rule.name]).sort()).toEqual(
      FORBIDDEN.map(([from, to, rule]) => [path(from), path(to), rule]).sort(),
    );
  }, 180_000);

  test('have no circles, leftovers, dead ends, smuggled packages or code in ports', async () => {
    const files = {
      'src/world/a.ts': "import { b } from './b.js';\nexport const a = b;\n",
      'src/world/b.ts': "import { a } from './a.js';\nexport const b = a;\n",
      'src/world/left-over.ts': 'export const nobody = 1;\n',
      'src/world/dead-end.ts': "import './nowhere.js';\n",
      'src/world/tool.ts': "import { test } from 'vitest';\nexport const tool = test;\n",
      'src/world/undeclared.ts': "import { ms } from 'pino';\nexport const undeclared = ms;\n",
      'src/world/out.ts': "import { planted } from '../../test/planted.js';\nexport const out = planted;\n",
      'test/planted.ts': 'export const planted = 1;\n',
      'src/printer/opens.ts': "import { SerialPort } from 'serialport';\nexport const opens = SerialPort;\n",
      'src/acquirer/alipay/sdk-transport.ts':
        "import { AlipaySdk } from 'alipay-sdk';\nexport const sdk = AlipaySdk;\n",
      'src/emulator/platform/http.ts': "import fastify from 'fastify';\nexport const http = fastify;\n",
      'src/emulator/platform/gateway-http.ts': "import fastify from 'fastify';\nexport const http = fastify;\n",
      'src/report/page.tsx':
        "import { printed } from '../world/printed.js';\nexport const Page = () => <p>{printed}</p>;\n",
      'src/world/printed.ts': 'export const printed = 1;\n',
      'src/base/value.ts': 'export const value = 1;\n',
      'src/ports/code.ts': "import { value } from '../base/value.js';\nexport const code = value;\n",
    };
    const { summary } = await inPlantedTree(files, cruise);
    expect(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`).sort()).toEqual([
      'src/emulator/platform/gateway-http.ts parts-off-the-machine',
      'src/ports/code.ts ports-are-types',
      'src/printer/opens.ts parts-off-the-machine',
      'src/report/page.tsx floor-report',
      'src/world/a.ts no-cycle',
      'src/world/dead-end.ts resolves',
      'src/world/left-over.ts no-orphan',
      'src/world/out.ts stays-in-src',
      'src/world/tool.ts declared',
      'src/world/undeclared.ts declared',
    ]);
  }, 180_000);
});
