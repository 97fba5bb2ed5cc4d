import { blank } from './preprocessor.ts';

/** Readings of right C++ that the grammar does not know as what it knows, of the same length: all at once, then one by one. */
export function* inKnownConstructs(code: string): Generator<string> {
  const used = constructs.filter(([construct]) => code.search(construct) !== -1);
  if (used.length > 1) yield used.reduce((changed, [construct, known]) => changed.replace(construct, known), code);
  for (const [construct, known] of used) yield code.replace(construct, known);
}

const name = (text: string) => '_'.padEnd(text.length);

const constructs: readonly (readonly [RegExp, (text: string) => string])[] = [
  // enum : unsigned { … }
  [/(?<=\benum\s*):[\w:\s]+(?=\{)/g, blank],
  // f(int * = nullptr), f(Options options = {})
  [/[*&](?=\s+=\s)/g, name],
  [/=\s*\{[^{};]{0,200}\}(?=\s*(?:[,)]|\/[*/]))/g, blank],
  // operator == (a, b)
  [/\boperator\s*(?:[-+*/%&|^!=<>]+|\[\])(?=\s*\()/g, (text) => 'operator'.padEnd(text.length, '_')],
  // bool operator<(A, B) = delete;
  [/=\s*(?:delete|default)(?=\s*;)/g, blank],
  // Types *... types, <typename T = Node *>
  [/[*&]+(?=\s*(?:\.\.\.|>))|(?<==\s*[\w:]+\s*)[*&]+(?=\s*,)/g, blank],
  // "%" PRIu64 "\n"
  [/(?<="\s*)\b[A-Z]\w+(?=\s*[",)])/g, (text) => '""'.padEnd(text.length)],
  // int : 32;
  [/(?<=\b(?:int|unsigned|signed|long|short|char|bool|u?int\d+_t)\s*):\s*\w+(?=\s*;)/g, name],
  // template class List<int>;
  [/\b(?:extern\s+)?template\s+(?=(?:class|struct)\b)/g, blank],
  // f(typename T::tag()), using typename Base::type;
  [/(?<=(?:[(,]|\breturn|\busing)\s*)typename\s+(?=[\w:])/g, blank],
  // int (Book::*total)(), (book->*total)()
  [/\b\w+(?:<[^<>;{}]{0,200}>)?::(?=\*)/g, blank],
  [/(?:->|\.)\*(?=\s*\w)/g, (text) => `${text.slice(0, -1)} `],
  // delete[] (int *)data, unsigned((long)data)
  [/(?<=\bdelete\s*)\[\s*\]/g, blank],
  [/\b(?:unsigned|signed|long|short)(?=\s*\()/g, name],
];
