import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file as the rules see it: the path is relative to the root, whether the file is there or made up for a test. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Something that a rule objects to. Tests compare its words, so that a failure names the place and the reason. */
export type Complaint = `${string}:${number} ${string}`;

/** All TypeScript files below the given folders of the root; a folder that is not there has none. */
export function sourcesUnder(...folders: string[]): SourceText[] {
  return folders.flatMap((folder) =>
    filesUnder(join(ROOT, folder))
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') })),
  );
}

function filesUnder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // as: what node:fs throws
    throw error;
  }
}

/** Every rule looks at the same files. */
const parsed = new Map<string, ts.SourceFile>();

export function parse({ path, text }: SourceText): ts.SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  parsed.set(path, file);
  return file;
}

export function complaint(node: ts.Node, words: string): Complaint {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${file.fileName}:${line + 1} ${words}`;
}

/** Calls `visit` for the node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** An import or re-export in source, however written. */
export interface Import {
  readonly specifier: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** The names taken, as the other side calls them; `*` for all of it, `default` for its default. */
  readonly names: readonly string[];
  readonly node: ts.Node;
}

export function importsOf(file: ts.SourceFile): Import[] {
  const found: Import[] = [];
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const elements = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
      const values = elements.filter((element) => !element.isTypeOnly);
      const names = values.map((element) => (element.propertyName ?? element.name).text);
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) names.push('*');
      if (clause?.name !== undefined) names.push('default');
      const typeOnly =
        clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (names.length === 0 && elements.length > 0);
      found.push({ specifier: node.moduleSpecifier.text, typeOnly, names, node });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, names: ['*'], node });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) {
        found.push({ specifier: node.argument.literal.text, typeOnly: true, names: [], node });
      }
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      const specifier = argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : '';
      found.push({ specifier, typeOnly: false, names: ['*'], node });
    }
  });
  return found;
}
