import { isRefusal, type Mistake, type Refusal } from '@vaxel/base'
import { Conflict, InvalidRequest, NotFound } from '@vaxel/contract'
import type { ConfigurationChange, ConfigurationReader, NumberTarget, PhoneNumber } from '@vaxel/core'
import { mistakesOfTarget } from './check-target.ts'
import { refuseEmergency } from './refuse-emergency.ts'
import { takeShortDials } from './short-dial-import.ts'
import type { Acting, AdministrationDependencies } from './scope.ts'

/** E.164: at most 15 digits, the first not 0. */
const e164 = /^\+[1-9]\d{5,14}$/

/** Extensions and direct numbers, and what they reach. */
export class NumberService {
  readonly #around: AdministrationDependencies

  constructor(dependencies: AdministrationDependencies) {
    this.#around = dependencies
  }

  list({ companyId }: Acting): readonly PhoneNumber[] {
    return this.#around.configuration.current.numbersOf(companyId)
  }

  read({ companyId }: Acting, number: string): PhoneNumber | Refusal {
    return this.#around.configuration.current.number(companyId, number) ?? NotFound()
  }

  async create(acting: Acting, number: string, wanted: WantedTarget): Promise<PhoneNumber | Refusal> {
    const { companyId, actor } = acting
    const after: PhoneNumber = { number, companyId, target: wanted as NumberTarget }
    const refusal = await this.#around.configuration.change(actor, (current) => {
      const mistakes = mistakesOf(current, acting, after, this.#around)
      if (isRefusal(mistakes)) return mistakes
      const isTaken = current.number(companyId, number) ?? current.directNumber(number)
      if (isTaken) return Conflict(`The number ${number} exists already.`)
      return refuseEmergency(current, companyId, number) ?? [{ kind: 'number', after }]
    })
    return refusal ?? after
  }

  async change(acting: Acting, number: string, wanted: WantedTarget): Promise<PhoneNumber | Refusal> {
    const after: PhoneNumber = { number, companyId: acting.companyId, target: wanted as NumberTarget }
    const refusal = await this.#around.configuration.change(acting.actor, (current) => {
      const before = current.number(acting.companyId, number)
      if (!before) return NotFound()
      const mistakes = mistakesOf(current, acting, after, this.#around)
      if (mistakes) return mistakes
      const { target } = after
      // A group, a line or a flow may stand before the person whose number it was.
      const others = target.kind === 'user' ? withoutExtension(current, after, target.userId) : []
      return [{ kind: 'number', before, after }, ...others]
    })
    return refusal ?? after
  }

  /** Makes and changes many short dials at once. */
  importShortDials(acting: Acting, body: Parameters<typeof takeShortDials>[2]): ReturnType<typeof takeShortDials> {
    return takeShortDials(this.#around, acting, body)
  }

  async remove({ actor, companyId }: Acting, number: string): Promise<Refusal | undefined> {
    return this.#around.configuration.change(actor, (current) => {
      const before = current.number(companyId, number)
      return before ? [{ kind: 'number', before }, ...withoutExtension(current, before)] : NotFound()
    })
  }
}

/** An extension shows who calls, and calls back go there: nobody keeps one that has gone to somebody else, or may go. */
function withoutExtension(
  current: ConfigurationReader,
  { number, companyId }: PhoneNumber,
  owner?: string,
): readonly ConfigurationChange[] {
  return current
    .usersOf(companyId)
    .filter(({ id, extension }) => extension === number && id !== owner)
    .map((before) => {
      const { extension: _, ...after } = before
      return { kind: 'user', before, after }
    })
}

type WithPlainIds<Target> = Target extends { readonly userIds: readonly unknown[] }
  ? Omit<Target, 'userIds'> & { readonly userIds: readonly string[] }
  : Target extends { readonly userId: unknown }
    ? Omit<Target, 'userId'> & { readonly userId: string }
    : Target

/** A target whose users have not been looked up yet. */
export type WantedTarget = WithPlainIds<NumberTarget>

function mistakesOf(
  current: ConfigurationReader,
  acting: Acting,
  wanted: PhoneNumber,
  around: AdministrationDependencies,
): Refusal | undefined {
  const { number } = wanted
  const isUnread = number.startsWith('+') && !e164.test(number)
  const mistakes: readonly Mistake[] = [
    ...(isUnread ? [{ path: '/number', reason: 'is not E.164' }] : []),
    ...mistakesOfTarget(current, acting, wanted, around),
  ]
  return mistakes.length > 0 ? InvalidRequest(undefined, { mistakes }) : undefined
}
