/** In the order in which they are looked for. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'Chromebook'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** What a new passkey is called unless its owner says otherwise: where it was made. */
export function deviceName(agent: string): string {
  return systems.find(([form]) => form.test(agent))?.[1] ?? 'Passkey'
}
