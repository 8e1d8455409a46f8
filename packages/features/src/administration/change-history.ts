import type { CompanyId, UserId } from '@vaxel/base'
import type { OperationReply, listConfigurationChanges } from '@vaxel/contract'
import type { AuditReader, ConfigurationReader, NumberedEvent } from '@vaxel/core'
import { differingFields, isSame } from './differing-fields.ts'
import type { Acting } from './scope.ts'

const kind = 'configuration.changed'
/** More changes of one set than this are not read. */
const largestSet = 1000
const usualSets = 50
const hidden: readonly string[] = ['password', 'operator']

/** An entry of the ledger about one change, as the store writes it. */
export interface ChangeData {
  readonly by: string
  readonly address?: string
  readonly set?: string
  readonly undoes?: number
  readonly object: string
  readonly id: string
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
}

export const changeDataOf = (event: NumberedEvent): ChangeData => event.data as unknown as ChangeData

type SetView = OperationReply<typeof listConfigurationChanges>['items'][number]

/** Who changed what, read back from the ledger. */
export class ChangeHistory {
  readonly #audit: AuditReader
  readonly #configuration: () => ConfigurationReader

  constructor({ audit, configuration }: { audit: AuditReader; configuration: () => ConfigurationReader }) {
    this.#audit = audit
    this.#configuration = configuration
  }

  /** Latest first. @param filter `before`: only sets that begin before this number */
  async sets(
    { companyId, isOperator }: Acting,
    { before, limit = usualSets }: { before?: number; limit?: number },
  ): Promise<{ items: SetView[]; next?: number }> {
    const sets: NumberedEvent[][] = []
    let at = before
    for (let hasMore = true; hasMore && sets.length <= limit; ) {
      const events = await this.#audit.audit({
        companyId,
        kinds: [kind],
        limit: 1000,
        ...(at === undefined ? {} : { before: at }),
      })
      for (const event of events) gather(sets, event)
      at = events.at(-1)?.number
      hasMore = events.length === 1000
    }
    const items = sets.slice(0, limit).map((events) => this.#view(events, isOperator))
    return sets.length > limit ? { items, next: items.at(-1)!.number } : { items }
  }

  /** Everything that was changed at once, in its order; undefined when no set of the company begins there. */
  async setAt(companyId: CompanyId, number: number): Promise<NumberedEvent[] | undefined> {
    const events = await this.#audit.from(companyId, number, largestSet)
    const [first] = events
    if (!first || first.number !== number || first.kind !== kind) return undefined
    const { set } = changeDataOf(first)
    if (set === undefined) return [first]
    const [before] = await this.#audit.audit({ companyId, kinds: [kind], before: number, limit: 1 })
    if (before && changeDataOf(before).set === set) return undefined
    return events.filter((event) => event.kind === kind && changeDataOf(event).set === set)
  }

  #view(events: readonly NumberedEvent[], isOperator: boolean): SetView {
    const first = events[0]!
    const { address, undoes } = changeDataOf(first)
    return {
      number: first.number,
      at: new Date(first.atMs).toISOString(),
      by: this.#byOf(first),
      ...(address === undefined ? {} : { address }),
      ...(undoes === undefined ? {} : { undoes }),
      canUndo: events.every((event) => {
        const data = changeDataOf(event)
        return canTakeBack(data, events) && (isOperator || !isOperators(data))
      }),
      changes: events.map((event) => this.#changeView(changeDataOf(event))),
    }
  }

  #changeView(data: ChangeData): SetView['changes'][number] {
    const { object, id, before, after } = data
    const what =
      before === undefined ? ('made' as const) : after === undefined ? ('removed' as const) : ('changed' as const)
    const fields = hidden.includes(object) ? [] : differingFields(before, after)
    return { object, id, name: this.#nameOf(data), what, fields: fields.map((field) => ({ ...field })) }
  }

  #nameOf({ object, id, before, after }: ChangeData): string {
    const value = after ?? before ?? {}
    if (object === 'password' || object === 'operator')
      return this.#configuration().user(id as UserId)?.displayName ?? id
    const name = value.displayName ?? value.label ?? value.name ?? value.number ?? id
    return String(name)
  }

  #byOf(event: NumberedEvent): SetView['by'] {
    const { by } = changeDataOf(event)
    if (!by.startsWith('user:')) return { kind: 'system', name: by }
    const userId = by.slice('user:'.length)
    return { kind: 'user', userId, name: this.#configuration().user(userId as UserId)?.displayName ?? userId }
  }
}

/** Puts an event, which is earlier than those before it, to the set that it belongs to. */
function gather(sets: NumberedEvent[][], event: NumberedEvent): void {
  const last = sets.at(-1)
  const { set } = changeDataOf(event)
  if (last && set !== undefined && changeDataOf(last[0]!).set === set) last.unshift(event)
  else sets.push([event])
}

/** Whether a change is the operator's alone to make, and so to take back: domains, and the limits of a company. */
export const isOperators = ({ object, before, after }: ChangeData): boolean =>
  object === 'domain' || (object === 'company' && !isSame(before?.limits, after?.limits))

/** Whether a change is of a kind that can be taken back at all, within its set. */
export function canTakeBack({ object, id, before, after }: ChangeData, set: readonly NumberedEvent[]): boolean {
  if (object === 'company') return before !== undefined && after !== undefined
  if (object === 'device') return before === undefined || after !== undefined
  if (object !== 'password') return object !== 'operator'
  // The password comes and goes with its user; a changed one is nobody's to bring back.
  return set.some((event) => {
    const other = changeDataOf(event)
    return other.object === 'user' && other.id === id && (other.before === undefined || other.after === undefined)
  })
}
