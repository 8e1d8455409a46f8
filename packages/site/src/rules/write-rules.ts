import type { Opening } from '../plan/opening.ts'
import { type Language, say } from '../words/say.ts'
import type { DeviceName, RuleFile, RuleGap, RuleNote, RuleOptions } from './rule-file.ts'
import { ruleWords } from './rule-words.ts'
import { awsTerraform } from './write/aws-terraform.ts'
import { azureTerraform } from './write/azure-terraform.ts'
import { ciscoAsa } from './write/cisco-asa.ts'
import { ciscoIos } from './write/cisco-ios.ts'
import { csv } from './write/csv.ts'
import type { Device } from './write/device.ts'
import { fortigate } from './write/fortigate.ts'
import { iptables } from './write/iptables.ts'
import { nftables } from './write/nftables.ts'
import { opnsense } from './write/opnsense.ts'
import { paloAlto } from './write/palo-alto.ts'
import { pfsense } from './write/pfsense.ts'
import { routeros } from './write/routeros.ts'
import { wantedRules } from './write/wanted.ts'
import { windows } from './write/windows.ts'

const devices: Readonly<Record<DeviceName, Device>> = {
  nftables,
  iptables,
  windows,
  'cisco-ios': ciscoIos,
  'cisco-asa': ciscoAsa,
  fortigate,
  'palo-alto': paloAlto,
  pfsense,
  opnsense,
  routeros,
  'aws-terraform': awsTerraform,
  'azure-terraform': azureTerraform,
  csv,
}

/**
 * The openings as a file that the device loads, each rule with its requirement ids as comment. What the device cannot say is in
 * `cannot`, and in the head of the file, with what to do instead. The same openings give the same text, byte by byte.
 */
export function writeRules(openings: readonly Opening[], device: DeviceName, options: RuleOptions = {}): RuleFile {
  const { fileName, mediaType, names, write } = devices[device]
  const { rules, cannot, notes, chosen } = wantedRules(openings, names, options)
  const language = options.language ?? 'en'
  const gaps: RuleGap[] = [...cannot]
  const said: RuleNote[] = []
  const inside = chosen.filter(({ direction }) => direction === 'inside').length
  if (inside > 0) said.push({ said: { key: 'insideOnes', values: { count: inside } } })
  const text = write(rules, {
    language,
    options,
    head: () => headOf(chosen, language, options.site, gaps, [...said, ...notes]),
    gap: (opening, one) => void gaps.push({ openingId: opening.id, requirementIds: opening.requirementIds, said: one }),
    note: (one) => void said.push({ said: one }),
  })
  return { name: fileName, mediaType, text, cannot: gaps, notes: [...said, ...notes] }
}

function headOf(
  chosen: readonly Opening[],
  language: Language,
  site: string | undefined,
  gaps: readonly RuleGap[],
  notes: readonly RuleNote[],
): readonly string[] {
  const tell = (key: keyof typeof ruleWords, values: Readonly<Record<string, string | number>> = {}): string =>
    say(ruleWords, language, { key, values })
  const lines = [tell('fileHead', { site: site ?? tell('thisSite'), count: chosen.length })]
  if (gaps.length > 0) {
    lines.push(tell('notInFile'))
    for (const { openingId, requirementIds, said } of gaps)
      lines.push(`- ${openingId} (${requirementIds.join(' ')}): ${say(ruleWords, language, said)}`)
  }
  if (notes.length > 0) {
    lines.push(tell('mind'))
    for (const { openingId, said } of notes)
      lines.push(`- ${openingId === undefined ? '' : `${openingId}: `}${say(ruleWords, language, said)}`)
  }
  return lines
}
