import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Loader, transformSync } from 'esbuild';
import { transform } from 'lightningcss';
import type { CodeLanguage } from '../../src/checks/index.ts';

/** Whether each text is a right program, by a parser that has nothing to do with the check's own. */
export type Oracle = (texts: readonly string[]) => boolean[];

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const python = '/usr/bin/python3';
const [gofmt = 'gofmt', php = 'php', rustc = 'rustc'] = [process.env.GOFMT, process.env.PHP, process.env.RUSTC];

/** The oracle of a language, or `undefined` where this machine has none. */
export function oracleOf(language: CodeLanguage): Oracle | undefined {
  switch (language) {
    case 'javascript':
      return (texts) => texts.map((text) => isRightScript(text, 'jsx'));
    case 'typescript':
      return (texts) => texts.map((text) => isRightScript(text, 'ts') || isRightScript(text, 'tsx'));
    case 'json':
      return (texts) => texts.map((text) => !throws(() => JSON.parse(text)));
    case 'jsonc':
      return (texts) => texts.map((text) => !throws(() => JSON.parse(withoutComments(text))));
    case 'yaml':
      return has(python, '-c', 'import yaml') ? (texts) => askPython('list(yaml.parse(text))', texts) : undefined;
    case 'css':
      return (texts) =>
        texts.map(
          (text) => isBalanced(text) && !throws(() => transform({ filename: 'a.css', code: Buffer.from(text) })),
        );
    case 'python':
      return has(python, '--version') ? (texts) => askPython('ast.parse(text)', texts) : undefined;
    case 'xml':
      return has(python, '--version')
        ? (texts) => askPython('xml.dom.expatbuilder.parseString(text.strip())', texts)
        : undefined;
    case 'cpp':
      return (texts) => texts.map(isBalanced);
    case 'php':
      return has(php, '--version') ? askPhp : undefined;
    case 'go':
      return has(gofmt, '-h') || spawnSync(gofmt, ['-h']).status === 2 ? askGo : undefined;
    case 'java':
      return has('javac', '--version') ? askJava : undefined;
    case 'rust':
      return has(rustc, '+nightly', '--version') ? askRust : undefined;
    default:
      return undefined;
  }
}

function withoutComments(text: string): string {
  const comments = /("(?:\\.|[^"\\\n])*")|\/\/.*|\/\*[\s\S]*?\*\//g;
  return text
    .replace(comments, (_, kept = ' ') => kept)
    .replace(/("(?:\\.|[^"\\\n])*")|([\w"\]}])\s*,(?=\s*[}\]])/g, (_, kept, last) => kept ?? last);
}

/** Whether brackets are balanced outside of comments, strings and lines of the preprocessor. */
function isBalanced(text: string): boolean {
  const tokens =
    /\/\/.*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:\\\n|.)*|[()[\]{}"]/gm;
  const open: string[] = [];
  for (const [token] of text.matchAll(tokens)) {
    if (token === '"') return false;
    if ('([{'.includes(token)) open.push(token);
    else if (/^[)\]}]$/.test(token) && open.pop() !== { ')': '(', ']': '[', '}': '{' }[token]) return false;
  }
  return open.length === 0;
}

function throws(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

function isRightScript(text: string, loader: Loader): boolean {
  return !throws(() => transformSync(text, { loader, logLevel: 'silent', jsx: 'preserve' }));
}

function askPython(parse: string, texts: readonly string[]): boolean[] {
  const program = `
import ast, json, sys, warnings, xml.dom.expatbuilder
try: import yaml
except ImportError: pass
warnings.simplefilter("ignore")
def parses(text):
    try:
        ${parse}
        return True
    except Exception:
        return False
print(json.dumps([parses(text) for text in json.load(sys.stdin)]))`;
  return JSON.parse(execFileSync(python, ['-c', program], { input: JSON.stringify(texts), maxBuffer: 1e9 }).toString());
}

function askPhp(texts: readonly string[]): boolean[] {
  const program = `
$right = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
  try { token_get_all($text, TOKEN_PARSE); $right[] = true; } catch (Throwable $e) { $right[] = false; }
}
echo json_encode($right);`;
  return JSON.parse(
    execFileSync(php, [...(process.env.PHP_ARGS?.split(' ') ?? []), '-d', 'memory_limit=2G', '-r', program], {
      input: JSON.stringify(texts),
      maxBuffer: 1e9,
    }).toString(),
  );
}

/** Writes the texts to files and asks for those that are wrong. */
function inFiles(
  texts: readonly string[],
  extension: string,
  wrong: (folder: string, files: string[]) => Iterable<number>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  try {
    mkdirSync(folder, { recursive: true });
    const files = texts.map((text, index) => {
      const file = join(folder, `f${index}.${extension}`);
      writeFileSync(file, text);
      return file;
    });
    const broken = new Set(wrong(folder, files));
    return texts.map((_, index) => !broken.has(index));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const numbersIn = (output: string) => [...output.matchAll(/\/f(\d+)\.\w+/g)].map(([, index]) => Number(index));

function askGo(texts: readonly string[]): boolean[] {
  // A directive with a line moves the messages to another file.
  const plain = texts.map((text) => text.replace(/(?<=\/[/*])line /g, 'LINE '));
  return inFiles(plain, 'go', (folder) =>
    numbersIn(spawnSync(gofmt, ['-e', '-l', folder], { maxBuffer: 1e9 }).stderr.toString()),
  );
}

function askJava(texts: readonly string[]): boolean[] {
  const program = `
import com.sun.source.util.JavacTask;
import javax.tools.*;
import java.nio.file.*;
import java.util.*;
public class Parse {
  public static void main(String[] args) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
    try (var files = Files.list(Path.of(args[0]))) {
      for (Path file : (Iterable<Path>) files.filter(f -> f.getFileName().toString().matches("f\\\\d+\\\\.java"))::iterator) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(null, manager, found, List.of(), null, manager.getJavaFileObjects(file));
        try { task.parse().iterator(); } catch (Throwable e) { System.out.println(file); continue; }
        for (var one : found.getDiagnostics()) if (one.getKind() == Diagnostic.Kind.ERROR) { System.out.println(file); break; }
      }
    }
  }
}`;
  return inFiles(texts, 'java', (folder) => {
    writeFileSync(join(folder, 'Parse.java'), program);
    return numbersIn(execFileSync('java', [join(folder, 'Parse.java'), folder], { maxBuffer: 1e9 }).toString());
  });
}

function askRust(texts: readonly string[]): boolean[] {
  return inFiles(texts, 'rs', function* (_, files) {
    for (const [index, file] of files.entries())
      if (!has(rustc, '+nightly', '--edition', '2021', '-Zparse-crate-root-only', file)) yield index;
  });
}
