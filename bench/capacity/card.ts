import { machineLine } from '../machine.ts'
import type { Applied } from './apply-limit.ts'
import type { Capacity, Knee, Proposal } from './capacity.ts'

const titles: Readonly<Record<Knee['kind'], readonly [title: string, unit: string]>> = {
  registrations: ['registrations, with digest, durable', 'a second'],
  calls: ['calls set up and cleared', 'a second'],
  relayed: ['G.711 calls relayed', 'at once'],
  srtp: ['the same, SRTP and TLS on both legs', 'at once'],
  recorded: ['the same as G.711, each recorded', 'at once'],
}

/** The card for a person. */
export function cardText(capacity: Capacity): string {
  const { machine, knees, proposal, warnings, serverProcessors, hasOwnProcessorForLoad } = capacity
  const load = hasOwnProcessorForLoad
    ? `The server had ${serverProcessors} of ${machine.cores} processors; the load had the other.`
    : 'Server and load shared the only processor: without the load it carries more.'
  return [
    `Capacity of this machine, measured in ${capacity.seconds} s at ${capacity.at.slice(0, 16).replace('T', ' ')} UTC`,
    machineLine(machine),
    load,
    '',
    ...knees.flatMap(kneeLines),
    '',
    ...proposalLines(proposal),
    ...warnings.map((warning) => `Warning: ${warning}`),
    '',
    'Not measured:',
    ...capacity.notMeasured.map((line) => `  ${line}`),
  ].join('\n')
}

/** What became of the limit, for a person. */
export function appliedText(applied: Applied | string): string {
  if (typeof applied === 'string') return applied
  const { file, value, before } = applied
  const was = before === undefined ? '' : `, where it was ${JSON.stringify(before)}`
  return `Written to ${file}${was}: the server admits ${value} calls at once from its next start.`
}

function proposalLines(proposal: Proposal | undefined): string[] {
  if (!proposal)
    return [
      'No admission limit is proposed: not one call with audio was clean. Run it again when the machine is quiet.',
    ]
  const { setting, value, from, marginPercent } = proposal
  return [
    `Proposed admission limit: ${value} calls at once ("${setting}": ${value} in vaxel.json, or VAXEL_MAX_CALLS=${value}).`,
    `That is ${marginPercent} % below what "${titles[from][0]}" reached. A server that has no such calls may set more.`,
  ]
}

function kneeLines({ kind, clean, broken, why, processorsUsed, busiest, p99Ms }: Knee): string[] {
  const [title, unit] = titles[kind]
  const reached = clean === 0 ? 'none clean' : `${clean.toLocaleString('en')} ${unit}`
  const percent = Math.round(busiest.part * 100)
  const place = broken === undefined ? 'there' : `at ${broken.toLocaleString('en')}`
  const until = broken === undefined ? `no limit found: ${why}` : `at ${broken.toLocaleString('en')}: ${why}`
  const late = p99Ms > 0 ? `, p99 ${p99Ms} ms` : ''
  return [
    `  ${title.padEnd(38)} ${reached.padEnd(18)} ${until}`,
    `  ${''.padEnd(38)} ${processorsUsed.toFixed(1)} processors used${late}; ${place} the busiest thread was ${busiest.thread} with ${percent} % of one`,
  ]
}
