import { type Language, type Values, say } from '../words/say.ts'
import type { Opening, OpeningEnd } from './opening.ts'
import { planHeadings } from './plan-headings.ts'
import type { BandwidthLine } from './plan-bandwidth.ts'
import type { LicencePlan } from './plan-licences.ts'
import type { PlanLine } from './plan-line.ts'
import type { MachinePlan } from './plan-machines.ts'
import { sayPlan } from './say-plan.ts'
import type { Asked, SitePlan } from './site-plan.ts'

type Heading = keyof typeof planHeadings

/** A whole plan as a text to read or print, each line with the ids of the requirements that ask for it. Names and texts of the catalogue stay in its language. */
export function describePlan(plan: SitePlan, language: Language): string {
  const t = (key: Heading, values: Values = {}): string => say(planHeadings, language, { key, values })
  const line = (one: PlanLine): string =>
    withIds(`${sayPlan(one, language)}${one.formula ? `  ${one.formula}` : ''}`, one.requirementIds)
  const section = (heading: Heading, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', t(heading), '-'.repeat([...t(heading)].length), ...lines]
  const asked = ({ requirementId, title, what, lostIfMissing }: Asked): string[] => [
    withIds(`* ${title}${what === '' || what === title ? '' : `: ${what}`}`, [requirementId]),
    `    ${t('lost', { lost: lostIfMissing })}`,
  ]
  const title = t('title', { site: plan.site })
  const applies = plan.applicability.filter((one) => one.applies).length
  const { document, honest, inside, explained } = plan.bandwidth
  return [
    title,
    '='.repeat([...title].length),
    t('by', {
      title: plan.catalogue.title,
      version: plan.catalogue.version,
      today: plan.today,
      applies,
      all: plan.applicability.length,
    }),
    ...section(
      'remarks',
      plan.remarks.map((one) => `* ${line(one)}`),
    ),
    ...section(
      'openings',
      plan.openings.flatMap((one) => openingLines(one, t)),
    ),
    ...section(
      'names',
      plan.names.map(({ name, duty, records, requirementIds }) =>
        withIds(`* ${name}${records.length > 0 ? ` (${records.join(', ')})` : ''}: ${t(duty)}`, requirementIds),
      ),
    ),
    ...section('bandwidth', [
      ...explained.map(line),
      ...(document.lines.length > 0
        ? ['', `${t('documentLines')}:`, ...bandwidthLines(document.lines, document.kbps, line)]
        : []),
      '',
      `${t('honestLines')}:`,
      ...bandwidthLines(honest.lines, honest.kbps, line),
      ...honest.notCounted.map((one) => `  ${line(one)}`),
      ...(inside.lines.length > 0
        ? ['', `${t('insideLines')}:`, ...bandwidthLines(inside.lines, inside.kbps, line)]
        : []),
    ]),
    ...section('lines', linesSection(plan, t, line)),
    ...section('agents', agentsSection(plan, t, line)),
    ...section(
      'machines',
      plan.machines.flatMap((one) => machineLines(one, t, line)),
    ),
    ...section(
      'limits',
      plan.limits.map(({ what, most, per, has, exceeded, requirementId }) =>
        withIds(`* ${t('limit', { what, most, per })}${exceeded ? `; ${t('exceeded', { has: has! })}` : ''}`, [
          requirementId,
        ]),
      ),
    ),
    ...section(
      'licences',
      plan.licences.map((one) => licenceLine(one, t)),
    ),
    ...section(
      'calendar',
      plan.calendar.flatMap(({ day, explained: told, owner }) => [
        `* ${day ?? t('undated')}  ${line(told[0]!)}${owner === undefined ? '' : `  ${owner}`}`,
        ...told.slice(1).map((one) => `    ${sayPlan(one, language)}`),
      ]),
    ),
    ...section('equipment', plan.equipment.flatMap(asked)),
    ...section('customer', plan.duties.filter(({ responsible }) => responsible !== 'provider').flatMap(asked)),
    ...section('provider', plan.duties.filter(({ responsible }) => responsible !== 'customer').flatMap(asked)),
    ...section(
      'unsupported',
      plan.unsupported.flatMap((one) => {
        const [first, ...more] = asked(one)
        return [`${first}${one.asIs ? ` (${t('asIs')})` : ''}`, ...more]
      }),
    ),
    ...section(
      'contradictions',
      plan.contradictions.map(({ title: of, conflict, requirementId, with: others }) =>
        withIds(`* ${of}: ${conflict}`, [requirementId, ...others]),
      ),
    ),
    ...section(
      'notApplying',
      plan.applicability
        .filter((one) => !one.applies)
        .map(({ requirementId, because, facts }) =>
          because === 'retired'
            ? `* ${requirementId}: ${t('retired')}`
            : `* ${requirementId}: ${facts.map(({ fact, value }) => `${fact} = ${value}`).join(', ')}`,
        ),
    ),
    '',
  ].join('\n')
}

type Say = (key: Heading, values?: Values) => string
type SayLine = (line: PlanLine) => string

const withIds = (text: string, ids: readonly string[]): string =>
  ids.length > 0 ? `${text}  [${[...new Set(ids)].join(', ')}]` : text

const percent = (share: number): number => Math.round(share * 10_000) / 100

const bandwidthLines = (lines: readonly BandwidthLine[], kbps: number, line: SayLine): string[] => {
  const width = String(kbps).length
  return [
    ...lines.map((one) => `  ${String(one.kbps).padStart(width)} kbit/s  ${line(one)}`),
    `  ${String(kbps).padStart(width)} kbit/s = ${Math.round(kbps) / 1000} Mbit/s`,
  ]
}

function openingLines(opening: Opening, t: Say): string[] {
  const { direction, from, to, protocol, ports, carries, openBy, closeAfter, title, lostIfMissing, requirementIds } =
    opening
  const end = ({ label, any, networks, names }: OpeningEnd): string =>
    `${label} (${any ? t('any') : [...networks, ...names].join(', ')})`
  const numbers = ports.map((range) => (range.from === range.to ? String(range.from) : `${range.from}-${range.to}`))
  const times = [
    ...(openBy === undefined ? [] : [t('openBy', { day: openBy })]),
    ...(closeAfter === undefined ? [] : [t('closeAfter', { day: closeAfter })]),
  ]
  return [
    withIds(`* ${title}${times.length > 0 ? ` (${times.join('; ')})` : ''}`, requirementIds),
    `    ${t(direction)}: ${end(from)} -> ${end(to)}, ${[protocol.toUpperCase(), numbers.join(',')].join(' ').trim()} ${carries}`,
    `    ${t('lost', { lost: lostIfMissing })}`,
  ]
}

function linesSection({ lines }: SitePlan, t: Say, line: SayLine): string[] {
  if (!lines) return []
  return [
    ...lines.explained.map(line),
    ...lines.around.map((one) => `  ${t('blocked', { lines: one.lines, percent: percent(one.blocked) })}`),
  ]
}

function agentsSection({ agents }: SitePlan, t: Say, line: SayLine): string[] {
  if (!agents) return []
  return [
    ...agents.explained.map(line),
    ...agents.around.map((one) =>
      one.averageWaitSeconds === undefined
        ? `  ${t('queueGrows', { agents: one.agents })}`
        : `  ${t('level', {
            agents: one.agents,
            percent: percent(one.serviceLevel),
            occupancy: percent(one.occupancy),
            wait: Math.round(one.averageWaitSeconds * 10) / 10,
          })}`,
    ),
  ]
}

function machineLines(
  { requirementId, what, outcome, gives, explained, rule }: MachinePlan,
  t: Say,
  line: SayLine,
): string[] {
  const values = gives.map(({ name, value, toOrder }) => {
    const told = toOrder === undefined ? String(value) : t('toOrder', { value, order: toOrder })
    return name === what ? told : `${name}: ${told}`
  })
  const told = outcome === 'ask' ? `: ${t('ask')}` : values.length > 0 ? `: ${values.join('; ')}` : ''
  return [
    withIds(`* ${what}${told}`, [requirementId]),
    ...explained.map((one) => `    ${line(one)}`),
    ...(rule === undefined ? [] : [`    ${rule}`]),
  ]
}

function licenceLine({ for: use, anyOf, count, with: beside, notWith, requirementId }: LicencePlan, t: Say): string {
  const ways = anyOf.map((names) => names.join(' + ')).join(` ${t('or')} `)
  const more = [
    ...(beside.length > 0 ? [t('with', { names: beside.join(', ') })] : []),
    ...(notWith.length > 0 ? [t('notWith', { names: notWith.join(', ') })] : []),
  ]
  return withIds(
    `* ${use}: ${count === undefined ? t('howMany') : `${count} ×`} ${ways}${more.length > 0 ? `; ${more.join('; ')}` : ''}`,
    [requirementId],
  )
}
