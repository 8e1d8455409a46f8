import type { Catalogue } from '../catalogue/catalogue.ts'
import type { FlowBody, Requirement, SourceDate } from '../catalogue/requirement.ts'
import { type CatalogueChange, type Effect, type Element, type Step, steps } from './catalogue-change.ts'
import type { ImpactKey } from './change-words.ts'
import { addressMembers, type Member, portMembers } from './member.ts'
import { type SetChange, setChanges } from './set-changes.ts'
import { optionChanges } from './option-changes.ts'
import { addressesOfEnd, type InUse, inUse } from './still-used.ts'
import { valueChanges } from './value-changes.ts'

/** Both versions, and what the newer one still uses. */
interface Versions {
  readonly before: Catalogue
  readonly after: Catalogue
  readonly used: InUse
}

/** What differs between changes; the rest is of the requirement. */
interface Finding {
  readonly element: Element
  readonly effect: Effect
  readonly step: Step
  readonly impact: ImpactKey
  readonly field?: string
  readonly before?: string
  readonly after?: string
  /** Announced day; absent: at once. */
  readonly day?: SourceDate
}

/**
 * What changed between two versions of one catalogue, sorted by what to do first: open, change, close, know; then by
 * day and by the order of the catalogue. Requirements are told apart by their ids; what only moved to another section
 * or was worded anew is no change. Pure: the same two versions always give the same list.
 * @throws RangeError for versions of different catalogues
 */
export function diffCatalogues(before: Catalogue, after: Catalogue): readonly CatalogueChange[] {
  if (before.id !== after.id) throw new RangeError(`${before.id} and ${after.id} are different catalogues`)
  const versions = { before, after, used: inUse(after) }
  const old = new Map(before.requirements.map((one) => [one.id, one]))
  const now = new Set(after.requirements.map(({ id }) => id))
  const changes: CatalogueChange[] = [...optionChanges(before, after)]
  for (const requirement of after.requirements) {
    const was = old.get(requirement.id)
    const findings = was ? changedIn(was, requirement, versions) : [cameAsWhole(requirement, versions)]
    changes.push(...findings.map((finding) => toChange(requirement, finding, after)))
  }
  for (const requirement of before.requirements)
    if (!now.has(requirement.id)) changes.push(toChange(requirement, wentAsWhole(requirement, versions), after))
  return inOrder(changes)
}

function toChange(requirement: Requirement, finding: Finding, after: Catalogue): CatalogueChange {
  const { element, effect, step, field, before, after: is, day } = finding
  const by = day ?? after.publishedAt
  const opens = step === steps.openBefore
  const closes = step === steps.mayClose
  return {
    id: [requirement.id, element, field, before, is].filter((part) => part !== undefined).join('|'),
    requirementId: requirement.id,
    title: requirement.title,
    kind: requirement.body.kind,
    responsible: requirement.responsible,
    disposition: dispositionOf(finding),
    effect,
    element,
    ...(field !== undefined && { field }),
    ...(before !== undefined && { before }),
    ...(is !== undefined && { after: is }),
    step,
    ...((opens || step === steps.change) && { openBefore: by }),
    ...(closes && { mayCloseAfter: by }),
    by,
    atOnce: day === undefined,
    impact: { key: finding.impact, values: { lost: requirement.lostIfMissing, by } },
  }
}

const dispositionOf = ({ effect, element }: Finding): CatalogueChange['disposition'] => {
  if (element === 'requirement' || element === 'address' || element === 'name' || element === 'port')
    return effect === 'added' ? 'add' : effect === 'removed' ? 'remove' : 'change'
  return 'change'
}

/** By step, then by day; what is equal stays in the order of the catalogue. */
const inOrder = (changes: readonly CatalogueChange[]): readonly CatalogueChange[] =>
  [...changes].sort((a, b) => a.step - b.step || (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))

function changedIn(was: Requirement, is: Requirement, versions: Versions): readonly Finding[] {
  const findings: Finding[] = [...aboutIt(was, is), ...windowOf(was, is, versions)]
  if (was.body.kind !== is.body.kind)
    return [
      ...findings,
      { ...done(is, 'changed'), element: 'field', field: 'kind', before: was.body.kind, after: is.body.kind },
    ]
  if (was.body.kind === 'flow' && is.body.kind === 'flow') findings.push(...flowFindings(was.body, is.body, versions))
  if (was.body.kind === 'lan' && is.body.kind === 'lan')
    for (const change of setChanges(addressMembers(was.body.addresses ?? []), addressMembers(is.body.addresses ?? [])))
      findings.push(ofAddress(change, versions))
  for (const change of valueChanges(was.body, is.body)) findings.push({ ...done(is, change.effect), ...change })
  return findings
}

/** Level, condition and responsibility. */
function aboutIt(was: Requirement, is: Requirement): readonly Finding[] {
  const findings: Finding[] = []
  if (was.level !== is.level) {
    const effect = is.level === 'optional' ? 'widened' : was.level === 'optional' ? 'narrowed' : 'changed'
    findings.push({ ...done(is, effect), element: 'level', field: 'level', before: was.level, after: is.level })
  }
  if (was.responsible !== is.responsible)
    findings.push({
      ...done(is, 'changed'),
      element: 'responsible',
      field: 'responsible',
      before: was.responsible,
      after: is.responsible,
    })
  const [before, after] = [JSON.stringify(was.appliesWhen), JSON.stringify(is.appliesWhen)]
  if (before !== after)
    findings.push({ ...done(is, 'changed'), element: 'condition', field: 'appliesWhen', before, after })
  return findings
}

/** A requirement that gets a day on which it begins or goes. */
function windowOf(was: Requirement, is: Requirement, { used }: Versions): readonly Finding[] {
  const findings: Finding[] = []
  const { effective, retired } = is.window ?? {}
  if (effective !== was.window?.effective)
    findings.push({
      ...done(is, 'changed'),
      element: 'date',
      field: 'effective',
      ...(was.window?.effective !== undefined && { before: was.window.effective }),
      ...(effective !== undefined && { after: effective, day: effective }),
    })
  if (retired !== undefined && retired !== was.window?.retired) {
    const kept = is.body.kind === 'flow' && addressMembers(is.body.to.addresses ?? []).some(used.hasAddress)
    findings.push({
      element: 'date',
      field: 'retired',
      effect: 'removed',
      after: retired,
      day: retired,
      ...(is.body.kind !== 'flow' ? know : kept ? keepAddresses : close(retired)),
    })
  }
  return findings
}

const know = { step: steps.know, impact: 'notAsked' } as const
const keepAddresses = { step: steps.know, impact: 'keepAddresses' } as const
const close = (day?: SourceDate) =>
  ({ step: steps.mayClose, impact: day === undefined ? 'closeAtOnce' : 'close' }) as const
const open = (day?: SourceDate) =>
  ({ step: steps.openBefore, impact: day === undefined ? 'openAtOnce' : 'open' }) as const

/** What a change of anything but traffic asks for. */
function done(requirement: Requirement, effect: Effect): Pick<Finding, 'effect' | 'step' | 'impact'> {
  if (effect === 'widened' || effect === 'removed') return { effect, step: steps.know, impact: 'eased' }
  const { level, responsible, body } = requirement
  const isOnlyTold =
    level === 'optional' || responsible === 'provider' || body.kind === 'unsupported' || body.kind === 'limit'
  return isOnlyTold ? { effect, step: steps.know, impact: 'know' } : { effect, step: steps.change, impact: 'change' }
}

function flowFindings(was: FlowBody, is: FlowBody, versions: Versions): readonly Finding[] {
  const findings: Finding[] = []
  for (const side of ['from', 'to'] as const) {
    const before = addressMembers(addressesOfEnd(was[side], versions.before))
    const after = addressMembers(addressesOfEnd(is[side], versions.after))
    if (was[side].place !== is[side].place)
      findings.push({
        ...open(),
        element: 'field',
        effect: 'changed',
        field: side,
        before: was[side].place,
        after: is[side].place,
      })
    if (before.length === 0 || after.length === 0)
      findings.push(...anyAddress(before, after).map((finding) => ({ ...finding, field: side })))
    else findings.push(...setChanges(before, after).map((change) => ({ ...ofAddress(change, versions), field: side })))
  }
  if (was.protocol !== is.protocol)
    findings.push({
      ...open(),
      element: 'field',
      effect: 'changed',
      field: 'protocol',
      before: was.protocol,
      after: is.protocol,
    })
  const isPortUsed = versions.used.portsOf(was, versions.before)
  for (const change of setChanges(portMembers(was.ports), portMembers(is.ports)))
    findings.push({ ...ofMember(change, isPortUsed), field: is.protocol })
  return findings
}

/** No address means any. */
function anyAddress(before: readonly Member[], after: readonly Member[]): readonly Finding[] {
  const list = (members: readonly Member[]): string =>
    members.length === 0 ? 'any' : members.map(({ text }) => text).join(', ')
  if (before.length === after.length) return []
  const texts = { element: 'address', before: list(before), after: list(after) } as const
  return after.length === 0
    ? [{ ...texts, ...open(), effect: 'widened' }]
    : [{ ...texts, step: steps.know, impact: 'eased', effect: 'narrowed' }]
}

const ofAddress = (change: SetChange, { used }: Versions): Finding => ofMember(change, used.hasAddress)

/** What comes is opened; what goes may be closed only if nothing else uses any of it. */
function ofMember({ effective, retired, gone, ...change }: SetChange, isUsed: (member: Member) => boolean): Finding {
  if (!gone) return { ...change, ...open(effective), ...(effective !== undefined && { day: effective }) }
  if (some(gone(), isUsed)) return { ...change, step: steps.know, impact: 'keep' }
  return { ...change, ...close(retired), ...(retired !== undefined && { day: retired }) }
}

function some(members: Iterable<Member>, isUsed: (member: Member) => boolean): boolean {
  for (const member of members) if (isUsed(member)) return true
  return false
}

function cameAsWhole(requirement: Requirement, { after }: Versions): Finding {
  const { body, window } = requirement
  if (body.kind !== 'flow') {
    const asked = done(requirement, 'added')
    const day = window?.effective
    return { ...asked, element: 'requirement', ...(day !== undefined && { day }) }
  }
  const day = window?.effective ?? firstDay(body)
  return {
    ...open(day),
    element: 'requirement',
    effect: 'added',
    after: flowText(body, after),
    ...(day !== undefined && { day }),
  }
}

/** The day on which the first of its addresses and ports comes into use; undefined: some are in use already. */
function firstDay({ from, to, ports }: FlowBody): SourceDate | undefined {
  const days = [from.addresses ?? [], to.addresses ?? [], ports].map((all) => {
    const dated = all.map(({ window }) => window?.effective)
    return dated.length === 0 || dated.includes(undefined) ? undefined : dated.sort()[0]
  })
  return days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)
}

function wentAsWhole(requirement: Requirement, { before, used }: Versions): Finding {
  const { body } = requirement
  const gone = { element: 'requirement', effect: 'removed' } as const
  if (body.kind !== 'flow') return { ...gone, ...know }
  const addresses = addressMembers([...addressesOfEnd(body.from, before), ...addressesOfEnd(body.to, before)])
  const isShared =
    addresses.length > 0 ? addresses.some(used.hasAddress) : portMembers(body.ports).some(used.portsOf(body, before))
  return { ...gone, before: flowText(body, before), ...(isShared ? keepAddresses : close()) }
}

/** `TCP 443: customer-network → service (81.228.2.192/27)`, with the labels of the places. */
function flowText(body: FlowBody, catalogue: Catalogue): string {
  const end = (side: 'from' | 'to'): string => {
    const { place } = body[side]
    const label = catalogue.places.find(({ name }) => name === place)?.label ?? place
    const members = addressMembers(addressesOfEnd(body[side], catalogue))
    return members.length === 0 ? label : `${label} (${members.map(({ text }) => text).join(', ')})`
  }
  const ports = portMembers(body.ports).map(({ text }) => text)
  const service = [body.protocol.toUpperCase(), ports.join(', ')].filter((part) => part !== '').join(' ')
  return `${service}: ${end('from')} ${body.bothWays ? '↔' : '→'} ${end('to')}`
}
