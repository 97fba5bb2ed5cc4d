import type { CodeLanguage } from '../../../src/checks/index.ts';

/**
 * A right program of each language. No bracket, quote or keyword stands in a comment or a string, so that to delete any of
 * them breaks the program.
 */
export const programs: Readonly<Record<CodeLanguage, string>> = {
  javascript: `import { read } from './read.js';

export class Ledger {
  #entries = new Map();

  async add(name, { amount = 0, tags = [] } = {}) {
    if (this.#entries.has(name)) { throw new Error('twice'); }
    this.#entries.set(name, [amount, ...tags.map((tag) => tag ?? \`none\`)]);
    for (const [key, value] of this.#entries) await read(key, value?.[0] ?? 1);
    return this;
  }
}
`,
  typescript: `import type { Reader } from './reader.ts';

export interface Entry<VALUE extends object = {}> {
  readonly name: string;
  readonly value: VALUE | undefined;
}

export function total(entries: readonly Entry<{ amount: number }>[], reader?: Reader): number {
  const amounts = entries.map(({ value }) => value?.amount ?? 0) satisfies number[];
  switch (amounts.length) {
    case 0:
      return 0;
    default:
      return amounts.reduce((sum, amount) => sum + (amount as number), 0);
  }
}
`,
  python: `from dataclasses import dataclass, field


@dataclass
class Ledger:
    entries: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, *amounts: int) -> "Ledger":
        if name in self.entries:
            raise KeyError(f"{name!r} twice")
        self.entries[name] = [amount for amount in amounts if amount > 0]
        match amounts:
            case [first, *_]:
                print(first, sep="")
            case _:
                pass
        return self
`,
  json: `{ "vendor": { "name": "Acme", "ids": [1, 2.5e3, null] }, "paid": true }
`,
  jsonc: `{
  // Acme, since 2020
  "vendor": { "name": "Acme", /* old: */ "ids": [1, 2.5e3, null,] },
  "paid": true,
}
`,
  yaml: `vendor:
  name: "Acme"
  ids: [1, 2, {"three": {"four": 4}}]
lines:
  - title: 'one'
    price: 1.5
`,
  html: `<!doctype html>
<html lang="en">
  <head><title>Ledger</title></head>
  <body>
    <main class="page"><h1>Ledger</h1><ul><li>one</li><li>two</li></ul><img src="a.png" alt=""></main>
  </body>
</html>
`,
  css: `@media (min-width: 40rem) {
  .page > a[href^="https"]:not(:hover) {
    color: rgb(10 20 30 / 50%);
    & .icon { width: calc(100% - (2 * 1rem)); content: "x"; }
  }
}
`,
  go: `package main

import (
	"fmt"
	"os"
)

type Ledger struct {
	entries map[string][]int
}

func (ledger *Ledger) Add(name string, amounts ...int) error {
	if _, known := ledger.entries[name]; known {
		return fmt.Errorf("twice: %s", name)
	}
	for _, amount := range amounts {
		ledger.entries[name] = append(ledger.entries[name], amount)
	}
	return nil
}

func main() {
	ledger := &Ledger{entries: map[string][]int{}}
	fmt.Fprintln(os.Stdout, ledger.Add("one", 1, 2))
}
`,
  rust: `use std::collections::HashMap;

struct Ledger {
    entries: HashMap<String, Vec<i64>>,
}

impl Ledger {
    fn add(&mut self, name: &str, amounts: &[i64]) -> Result<(), String> {
        if self.entries.contains_key(name) {
            return Err(name.to_string());
        }
        match amounts.first() {
            Some(first) if *first > 0 => self.entries.insert(name.into(), vec![*first]),
            _ => None,
        };
        Ok(())
    }
}
`,
  java: `package books;

import java.util.List;
import java.util.Map;

public final class Ledger {
    private final Map<String, List<Integer>> entries;

    public Ledger(Map<String, List<Integer>> entries) {
        this.entries = entries;
    }

    public int total(String name) throws Exception {
        if (!entries.containsKey(name)) {
            throw new IllegalArgumentException("unknown");
        }
        int sum = 0;
        for (int amount : entries.get(name)) {
            sum += amount;
        }
        return sum;
    }
}
`,
  cpp: `#include <map>
#include <string>
#include <vector>

namespace books {

template <typename Amount>
class Ledger {
 public:
  explicit Ledger(std::map<std::string, std::vector<Amount>> entries) : entries_{entries} {}

  Amount total(const std::string& name) const {
    Amount sum = 0;
    for (const auto& amount : entries_.at(name)) {
      sum += amount;
    }
    return [&](Amount value) { return value * 2; }(sum);
  }

 private:
  std::map<std::string, std::vector<Amount>> entries_;
};

}  // namespace books

int main() { return books::Ledger<int>({{"one", {1, 2}}}).total("one"); }
`,
  php: `<?php
namespace Books;

final class Ledger
{
    private array $entries = [];

    public function add(string $name, int ...$amounts): self
    {
        if (isset($this->entries[$name])) {
            throw new \\LogicException('twice');
        }
        foreach ($amounts as $amount) {
            $this->entries[$name][] = fn(int $value): int => $value + $amount;
        }
        return $this;
    }
}
`,
  xml: `<?xml version="1.0"?>
<ledger xmlns="https://books.example"><entry name="one"><amount>1</amount></entry><entry name='two'/></ledger>
`,
  markdown: `# Ledger

\`\`\`js
const total = [1, 2].reduce((sum, amount) => sum + amount, 0);
\`\`\`
`,
};

/** Keywords without which the program of that language is none. */
export const keywords: Partial<Readonly<Record<CodeLanguage, readonly string[]>>> = {
  javascript: ['import', 'from', 'class', 'async', 'of', 'if'],
  typescript: ['import', 'from', 'interface', 'function', 'switch', 'as', 'extends'],
  python: ['from', 'import', 'class', 'def', 'if', 'for', 'match', 'case'],
  go: ['package', 'import', 'struct', 'func', 'range'],
  rust: ['use', 'struct', 'impl', 'fn', 'match'],
  java: ['package', 'import', 'class', 'throws', 'if', 'for'],
  cpp: ['namespace', 'class', 'for'],
  php: ['class', 'function', 'as', 'foreach'],
};
