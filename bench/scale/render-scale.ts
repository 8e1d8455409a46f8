import { machineLine, type MachineDescription } from '../machine.ts'
import { assumptions, firstBottleneck, type Installation, installationFor, recordedSrtp } from './installation.ts'
import { type Measured, measuredRows, rounded } from './measured.ts'
import { prose } from './scale-prose.ts'

const show = (value: number): string => rounded(value).toLocaleString('en', { maximumSignificantDigits: 12 })

/** Where the values were measured: a line of the page. */
export interface Source {
  readonly machine: MachineDescription | string
  readonly at: string
}

/** docs/scale.md, whole: the one table of measured figures, and what follows from it line by line. */
export function renderScale(measured: Measured, source: Source): string {
  const small = installationFor(8_000, measured)
  const medium = installationFor(100_000, measured)
  const large = installationFor(10_000_000, measured)
  const machine = typeof source.machine === 'string' ? source.machine : machineLine(source.machine)
  return `${[
    prose.head,
    '## Measured\n',
    prose.measured,
    `Machine: ${machine}\n`,
    `Measured: ${source.at}\n`,
    table(
      ['id', 'figure', 'value', 'unit'],
      measuredRows.map(({ id, label, unit }) => [`\`${id}\``, label, show(measured[id]), unit]),
    ),
    '## Assumed\n',
    prose.assumed,
    table(['assumption', 'value', 'from'], assumptionRows()),
    section('8,000 users and 20,000 calls an hour', small, measured, prose.small(small)),
    section('100,000 users', medium, measured, prose.medium(medium)),
    section('10 million users', large, measured, prose.large(large)),
    '## Side by side\n',
    table(
      ['', '8,000 users', '100,000 users', '10 million users'],
      sideBySide.map(([label, of]) => [label, ...[small, medium, large].map((one) => show(of(one)))]),
    ),
    prose.card,
  ].join('\n')}`
}

const sideBySide: readonly (readonly [string, (one: Installation) => number])[] = [
  ['calls an hour', (one) => one.callsPerHour],
  ['calls at once', (one) => one.callsAtOnce],
  ['registered phones', (one) => one.registrations],
  ['cores for signalling', (one) => one.signallingCores],
  ['cores for audio', (one) => one.mediaCores],
  ['memory, GiB', (one) => one.memoryGib],
  ['nodes of 16 cores, one of them spare', (one) => one.nodes],
  ['database a year, GiB', (one) => one.diskGibPerYear],
]

function assumptionRows(): string[][] {
  const a = assumptions
  return [
    ['calls of a user in the busy hour', show(a.callsPerUserHour), 'the largest server asked for: 20,000 / 8,000'],
    ['seconds that a call lasts', show(a.talkSeconds), 'office telephony; a contact centre has more'],
    [
      'phones of a user that are registered',
      show(a.phonesPerUser),
      'a desk phone, and every second one also has an app',
    ],
    ['seconds until a phone registers again', show(a.refreshSeconds), 'half of the 3,600 s that the registrar grants'],
    ['part of the calls that is recorded', show(a.recordedPart), 'a contact centre beside the offices'],
    ['part of a core that may be full', show(a.fullPart), 'so that answers stay quick, and a failed node finds room'],
    ['MiB of a server with nothing to do', show(a.baseMemoryMib), 'threads, code and caches'],
    ['KiB of a user in memory', show(a.userMemoryKib), 'the directory: user, phone, secrets, numbers'],
    ['cores of a node', show(a.coresPerNode), 'the largest server asked for: 2 x 8'],
    ['GiB of a node', show(a.memoryPerNodeGib), 'the same'],
    ['busy hours a day, working days a year', `${a.busyHoursPerDay}, ${a.workingDays}`, 'offices'],
  ]
}

function section(title: string, of: Installation, measured: Measured, closing: string): string {
  const a = assumptions
  const m = (id: keyof Measured): string => show(measured[id])
  const lines = [
    `calls an hour         ${show(of.users)} users x ${a.callsPerUserHour} = ${show(of.callsPerHour)}`,
    `calls a second        ${show(of.callsPerHour)} / 3,600 s = ${show(of.callsPerSecond)}`,
    `calls at once         ${show(of.callsPerSecond)} /s x ${a.talkSeconds} s = ${show(of.callsAtOnce)}`,
    `registered phones     ${show(of.users)} users x ${a.phonesPerUser} = ${show(of.registrations)}`,
    `registrations         ${show(of.registrations)} / ${show(a.refreshSeconds)} s = ${show(of.registrationsPerSecond)} /s`,
    `signalling            (${show(of.registrationsPerSecond)} /s x ${m('registrations.cpu')} CPU-s + ${show(of.callsPerSecond)} /s x ${m('calls.cpu')} CPU-s) / 1,000 / ${a.fullPart} = ${show(of.signallingCores)} cores`,
    `audio, SRTP           ${show(of.callsAtOnce)} x ${show(1 - a.recordedPart)} / ${m('media.srtp.calls')} / ${a.fullPart} = ${show(of.plainCores)} cores`,
    `audio, also recorded  ${show(of.callsAtOnce)} x ${a.recordedPart} / ${show(recordedSrtp(measured))} / ${a.fullPart} = ${show(of.recordedCores)} cores`,
    `cores                 ${show(of.signallingCores)} + ${show(of.plainCores)} + ${show(of.recordedCores)} = ${show(of.cores)}`,
    `memory                (${show(of.registrations)} x ${m('memory.registration.resident')} KiB + ${show(of.callsAtOnce)} x ${m('memory.call.resident')} KiB + ${show(of.users)} x ${a.userMemoryKib} KiB) / 2^20 + ${a.baseMemoryMib} MiB / 2^10 = ${show(of.memoryGib)} GiB`,
    `database a year       ${show(of.callsPerHour)} x ${a.busyHoursPerDay} h x ${a.workingDays} d x ${m('calls.disk')} KiB / 2^20 = ${show(of.diskGibPerYear)} GiB`,
    `nodes                 the most of ${of.nodesForSignalling} (one signalling thread each), ${of.nodesForCores} (cores / ${a.coresPerNode}), ${of.nodesForMemory} (memory / ${a.memoryPerNodeGib} GiB), and one spare = ${of.nodes}`,
    `first bottleneck      ${firstBottleneck(of)}`,
  ]
  return `## ${title}\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n\n${closing}`
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return `${[line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')}\n`
}

/** The values in the page's table, with where they are from; undefined where the page has no such table. */
export function readScale(page: string): { measured: Measured; source: Source } | undefined {
  const values = new Map<string, number>()
  for (const [, id, value] of page.matchAll(/^\| `([\w.]+)` \| [^|]+ \| ([\d.,]+) \|/gm))
    values.set(id!, Number(value!.replaceAll(',', '')))
  const machine = /^Machine: (.+)$/m.exec(page)?.[1]
  const at = /^Measured: (.+)$/m.exec(page)?.[1]
  if (machine === undefined || at === undefined || !measuredRows.every(({ id }) => values.has(id))) return undefined
  return { measured: Object.fromEntries(values) as Measured, source: { machine, at } }
}
