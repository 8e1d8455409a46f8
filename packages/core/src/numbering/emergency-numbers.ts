const police999 = ['999', '112']

/** What people of a country are taught to dial in an emergency, where it is not 112 alone. */
const numbers: Readonly<Record<string, readonly string[]>> = {
  AE: ['112', '997', '998', '999'],
  AR: ['911', '100', '101', '107'],
  AT: ['112', '122', '133', '140', '144'],
  AU: ['000', '112'],
  BE: ['112', '100', '101'],
  BR: ['190', '192', '193'],
  CA: ['911'],
  CH: ['112', '117', '118', '144', '1414'],
  CL: ['131', '132', '133'],
  CN: ['110', '119', '120', '122'],
  CO: ['123', '112'],
  CR: ['911'],
  CY: ['112', '199'],
  CZ: ['112', '150', '155', '156', '158'],
  DE: ['112', '110'],
  DO: ['911'],
  EC: ['911'],
  EG: ['122', '123', '180'],
  ES: ['112', '061', '062', '080', '085', '091', '092'],
  FR: ['112', '15', '17', '18', '114', '115', '119', '191', '196', '197'],
  GB: police999,
  GG: police999,
  GI: ['112', '190', '199'],
  GR: ['112', '100', '108', '166', '199'],
  HK: police999,
  HR: ['112', '192', '193', '194', '195'],
  HU: ['112', '104', '105', '107'],
  ID: ['112', '110', '113', '118', '119'],
  IE: ['112', '999'],
  IL: ['112', '100', '101', '102'],
  IM: police999,
  IN: ['112', '100', '101', '102', '108'],
  IT: ['112', '113', '115', '118'],
  JE: police999,
  JP: ['110', '118', '119'],
  KE: ['999', '112', '911'],
  KR: ['112', '119'],
  LI: ['112', '117', '118', '144', '1414'],
  LU: ['112', '113'],
  LV: ['112', '110', '113'],
  MA: ['15', '19', '112', '150', '177'],
  MC: ['112', '15', '17', '18'],
  MX: ['911'],
  MY: ['999', '112'],
  NO: ['112', '110', '113'],
  NZ: ['111', '112'],
  PA: ['911'],
  PE: ['105', '106', '116'],
  PH: ['911'],
  PK: ['15', '16', '112', '115', '1122'],
  PL: ['112', '997', '998', '999'],
  PR: ['911'],
  RS: ['112', '192', '193', '194'],
  SA: ['911', '997', '998', '999'],
  SG: ['995', '999', '112'],
  SI: ['112', '113'],
  SK: ['112', '150', '155', '158'],
  SM: ['112', '113', '115', '118'],
  TH: ['191', '199', '1669', '112'],
  TN: ['190', '193', '197', '198'],
  TW: ['110', '119', '112'],
  UA: ['112', '101', '102', '103'],
  US: ['911'],
  UY: ['911'],
  ZA: ['112', '10111', '10177'],
}

/**
 * Emergency numbers of a country, as dialled there. 112 where nothing else is known (ITU-T E.161.1).
 * @param country ISO 3166-1 alpha-2
 * @example emergencyNumbersOf('DE') // ['112', '110']
 */
export const emergencyNumbersOf = (country: string): readonly string[] => numbers[country] ?? ['112']

/** Those that nobody takes for an extension. */
const unmistakable = ['112', '911', '999', '000']

/**
 * Emergency numbers that a new company has whatever it calls its people: of its country those that no extension looks like, or else the first.
 * The others lead to help as long as nobody in the company has them.
 * @example chiefEmergencyNumbersOf('BE') // ['112']: people at 100 and 101 are called
 */
export function chiefEmergencyNumbersOf(country: string): readonly string[] {
  const all = emergencyNumbersOf(country)
  const chief = all.filter((number) => unmistakable.includes(number))
  return chief.length > 0 ? chief : all.slice(0, 1)
}

/**
 * The emergency number that somebody means who dials the 0 of an outside line before it, as many telephone systems wanted it, or the 9 where
 * that was usual (the United States ask for both: 47 CFR 9.16). Numbers of two digits are not taken so: too many dial them by mistake.
 * @example emergencyBehindPrefix('0112', { country: 'SE', emergencyNumbers: [] }) // '112'
 */
export function emergencyBehindPrefix(
  dialled: string,
  { country, emergencyNumbers }: { readonly country: string; readonly emergencyNumbers: readonly string[] },
): string | undefined {
  const rest = dialled.slice(1)
  const known = [...emergencyNumbers, ...emergencyNumbersOf(country)]
  if (rest.length < 3 || !known.includes(rest)) return undefined
  const isNineUsual = known.includes('911') || known.includes('999')
  return dialled.startsWith('0') || (dialled.startsWith('9') && isNineUsual) ? rest : undefined
}
