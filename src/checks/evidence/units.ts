import { key } from './amounts.ts';
import { wordsOf, wordsOfForm } from './fold.ts';

/** How far after a number the word may stand that says of what it is one. */
const unitDistance = 40;

// Said with amounts in several ways.
const currencies = new Set([
  'eur',
  'usd',
  'gbp',
  'jpy',
  'chf',
  'cent',
  'cents',
  'percent',
  'prozent',
  'per',
  'and',
  'for',
  'the',
]);

/** What time is counted in, each in several languages, as `wordsOf` gives it. */
const periods = new Map(
  [
    'minute min minuten minuto minutos minuti',
    'hour stunde stunden heure heures hora horas ora ore uur uren',
    'day days tag tage tagen jour jours dia dias giorno giorni dag dagen',
    'week weeks woche wochen semaine semaines semana semanas settimana settimane weken',
    'month months monat monate monaten mois mes meses mese mesi maand maanden mês',
    'year years jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren',
  ].flatMap((words, period) => words.split(' ').map((word) => [word, period] as const)),
);

/** Which words the sources count by, and how many of each there are. */
export class Units {
  readonly #ofNumber = new Map<number, Set<string>>();
  readonly #words = new Set<string>();
  readonly #periods = new Map<number, Set<number>>();

  /** Takes the words after a number, and the label before it. */
  add(values: readonly number[], text: string, { start, end }: { readonly start: number; readonly end: number }): void {
    // What a bracket or a cell begins is about something else.
    const behind = text.slice(end, end + unitDistance).replace(/["{}[\]|;][\s\S]*$/, '');
    const after = lettersIn(behind).slice(0, 4);
    const label = text.slice(Math.max(0, start - unitDistance), start).replace(/^[\s\S]*(?:[.!?]\s|[|;\n])/, '');
    const before = lettersIn(label).slice(-2);
    if (after[0] !== undefined) this.#words.add(after[0]);
    const period = after.map((word) => periods.get(word)).find((found) => found !== undefined);
    const beside = [...after, ...before].filter((word) => !/^\p{N}/u.test(word));
    for (const number of beside.length === 0 ? [] : values.map(key)) {
      const known = this.#ofNumber.get(number) ?? new Set();
      for (const word of beside) known.add(word);
      this.#ofNumber.set(number, known);
      if (period !== undefined) this.#periods.set(number, (this.#periods.get(number) ?? new Set()).add(period));
    }
  }

  /** Whether the sources count by a word, and have another number of what it says. */
  contradict(value: number, unit: string | undefined): boolean {
    const [measure] = unit === undefined ? [] : wordsOf(unit);
    const period = periods.get(measure ?? '');
    const known = this.#periods.get(key(Math.abs(value)));
    if (period !== undefined && known?.has(period) === false) return true;
    if (measure === undefined || measure.length <= 2 || currencies.has(measure) || !this.#words.has(measure))
      return false;
    const counted = this.#ofNumber.get(key(Math.abs(value)));
    return !wordsOfForm(measure).some((word) => counted?.has(word) === true);
  }
}

/** The words of a text that has any. */
function lettersIn(text: string): string[] {
  return /\p{L}/u.test(text) ? wordsOf(text) : [];
}
