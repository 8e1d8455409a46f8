import { isRefusal, type Refusal } from '@vaxel/base'
import { NotFound, type importShortDials, type OperationReply, type OperationRequest } from '@vaxel/contract'
import { type ConfigurationChange, type ConfigurationReader, isCompanyShortDial, type PhoneNumber } from '@vaxel/core'
import { mistakesOfTarget } from './check-target.ts'
import type { Acting, AdministrationDependencies } from './scope.ts'

type Body = OperationRequest<typeof importShortDials>['body']
type Reply = OperationReply<typeof importShortDials>
type Verdict = Reply['items'][number]

interface Planned {
  readonly verdicts: Verdict[]
  readonly changes: ConfigurationChange[]
}

/** Makes and changes many short dials of a company at once: all of them, or none when one is refused. */
export async function takeShortDials(
  { configuration }: AdministrationDependencies,
  acting: Acting,
  { isPreview, items }: Body,
): Promise<Reply | Refusal> {
  const planned = plan(configuration.current, acting, items)
  const isRefused = planned.verdicts.some(({ what }) => what === 'refused')
  if (isPreview || isRefused) return { isDone: false, items: planned.verdicts }
  let done = planned
  const refusal = await configuration.change(acting.actor, (current) => {
    done = plan(current, acting, items)
    return done.verdicts.some(({ what }) => what === 'refused') ? NotFound() : done.changes
  })
  // Somebody else was faster, and now one of them is refused.
  if (isRefusal(refusal) && done.verdicts.some(({ what }) => what === 'refused'))
    return { isDone: false, items: done.verdicts }
  return refusal ?? { isDone: true, items: done.verdicts }
}

function plan(current: ConfigurationReader, acting: Acting, items: Body['items']): Planned {
  const verdicts: Verdict[] = []
  const changes: ConfigurationChange[] = []
  const seen = new Set<string>()
  for (const { number: written, to, name } of items) {
    const number = written.replace(/[\s().-]/g, '')
    const target = { kind: 'short' as const, to: to.replace(/[\s().-]/g, ''), ...(name ? { name } : {}) }
    const after: PhoneNumber = { number, companyId: acting.companyId, target }
    const reason = whyRefused(current, acting, after, seen)
    seen.add(number)
    if (reason !== undefined) {
      verdicts.push({ number, what: 'refused', ...reason })
      continue
    }
    const before = current.number(acting.companyId, number)
    const isSame = before && JSON.stringify(sorted(before.target)) === JSON.stringify(sorted(target))
    verdicts.push({ number, what: isSame ? 'same' : before ? 'changed' : 'made' })
    if (!isSame) changes.push({ kind: 'number', ...(before ? { before } : {}), after })
  }
  return { verdicts, changes }
}

function whyRefused(
  current: ConfigurationReader,
  acting: Acting,
  after: PhoneNumber,
  seen: ReadonlySet<string>,
): Pick<Verdict, 'why' | 'reason'> | undefined {
  const { number } = after
  if (seen.has(number)) return { why: 'twice', reason: 'is there twice' }
  const before = current.number(acting.companyId, number)
  if (before && before.target.kind !== 'short')
    return { why: 'taken', reason: 'is a number already that reaches something else' }
  if (!isCompanyShortDial(number))
    return { why: 'code', reason: 'is no short dial: those of a company are *0 and three or four digits' }
  const [mistake] = mistakesOfTarget(current, acting, after)
  return mistake && { why: 'target', reason: `leads to a number that ${mistake.reason}` }
}

const sorted = (target: object): object => Object.fromEntries(Object.entries(target).toSorted())
