/** The weekday of a name, Sunday first. */
export function weekdayOf(name: string): number | undefined {
  weekdayNames ??= namesOfWeekdays();
  return weekdayNames.get(name.toLowerCase());
}

let weekdayNames: ReadonlyMap<string, number> | undefined;

function namesOfWeekdays(): Map<string, number> {
  const names = new Map<string, number>();
  for (const locale of ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl']) {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    // The 7th of January 2024 was a Sunday.
    for (let day = 0; day < 7; day += 1)
      names.set(format.format(new Date(Date.UTC(2024, 0, 7 + day))).toLowerCase(), day);
  }
  return names;
}
