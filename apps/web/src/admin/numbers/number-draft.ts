import type { RequestOf } from '../../api/api.ts'
import type { PhoneNumber } from '../use-company.ts'

type Target = RequestOf<'changeNumber'>['body']['target']
export type Service = Extract<Target, { kind: 'service' }>['service']
type Group = Extract<Target, { kind: 'group' }>
export type GroupMode = NonNullable<Group['mode']>
export type CallsOutAs = NonNullable<Extract<Target, { kind: 'shared' }>['callsOutAs']>
type Overflow = NonNullable<Group['overflow']>

/** A number as it is being filled in. Seconds are as they are typed; empty = as usual. */
export interface NumberDraft {
  readonly number: string
  readonly kind: Target['kind']
  readonly userId: string | undefined
  readonly service: Service
  /** Which flow, room or queue. */
  readonly serviceId: string | undefined
  /** Of a group, a shared line or a short dial. */
  readonly name: string
  /** In their order. */
  readonly members: readonly string[]
  readonly mode: GroupMode
  readonly memberSeconds: string
  readonly longestSeconds: string
  readonly ringsBusy: boolean
  readonly showsName: boolean
  readonly takesSecondCall: boolean
  readonly callsOutAs: CallsOutAs
  readonly busyTo: string
  readonly noAnswerTo: string
  /** What a short dial stands for. */
  readonly to: string
}

export const emptyNumber: NumberDraft = {
  number: '',
  kind: 'user',
  userId: undefined,
  service: 'echo',
  serviceId: undefined,
  name: '',
  members: [],
  mode: 'all',
  memberSeconds: '',
  longestSeconds: '',
  ringsBusy: false,
  showsName: true,
  takesSecondCall: false,
  callsOutAs: 'member',
  busyTo: '',
  noAnswerTo: '',
  to: '',
}

const typed = (value: number | undefined): string => (value === undefined ? '' : String(value))

export function draftOfNumber({ number, target }: PhoneNumber): NumberDraft {
  const draft = { ...emptyNumber, number, kind: target.kind }
  switch (target.kind) {
    case 'user':
      return { ...draft, userId: target.userId }
    case 'service':
      return { ...draft, service: target.service, serviceId: target.id }
    case 'group':
      return {
        ...draft,
        ...draftOfMembers(target),
        mode: target.mode ?? 'all',
        memberSeconds: typed(target.memberSeconds),
        longestSeconds: typed(target.longestWaitSeconds),
        ringsBusy: target.ringsBusy ?? false,
        showsName: !target.hidesName,
      }
    case 'shared':
      return {
        ...draft,
        ...draftOfMembers(target),
        longestSeconds: typed(target.ringSeconds),
        takesSecondCall: target.takesSecondCall ?? false,
        callsOutAs: target.callsOutAs ?? 'member',
      }
    case 'short':
      return { ...draft, to: target.to, name: target.name ?? '' }
  }
}

const draftOfMembers = ({ name, userIds, overflow = {} }: Pick<Group, 'name' | 'userIds' | 'overflow'>) => ({
  name,
  members: userIds,
  busyTo: overflow.busy ?? '',
  noAnswerTo: overflow.noAnswer ?? '',
})

/** What the draft reaches; undefined while something is missing. */
export function targetOf(draft: NumberDraft): Target | undefined {
  const name = draft.name.trim()
  switch (draft.kind) {
    case 'user':
      return draft.userId === undefined ? undefined : { kind: 'user', userId: draft.userId }
    case 'service':
      if ((draft.service === 'flow' || draft.service === 'queue') && draft.serviceId === undefined) return undefined
      return { kind: 'service', service: draft.service, ...(draft.serviceId ? { id: draft.serviceId } : {}) }
    case 'group':
      if (name === '' || draft.members.length === 0) return undefined
      return { kind: 'group', name, userIds: [...draft.members], ...groupOptions(draft), ...overflowOf(draft) }
    case 'shared':
      if (name === '' || draft.members.length === 0) return undefined
      return {
        kind: 'shared',
        name,
        userIds: [...draft.members],
        ...seconds('ringSeconds', draft.longestSeconds),
        ...(draft.takesSecondCall ? { takesSecondCall: true } : {}),
        ...(draft.callsOutAs === 'member' ? {} : { callsOutAs: draft.callsOutAs }),
        ...overflowOf(draft),
      }
    case 'short': {
      const to = plainNumber(draft.to)
      return to === '' ? undefined : { kind: 'short', to, ...(name === '' ? {} : { name }) }
    }
  }
}

function groupOptions({ mode, memberSeconds, longestSeconds, ringsBusy, showsName }: NumberDraft): Partial<Group> {
  return {
    ...(mode === 'all' ? {} : { mode, ...seconds('memberSeconds', memberSeconds) }),
    ...seconds('longestWaitSeconds', longestSeconds),
    ...(ringsBusy ? { ringsBusy } : {}),
    ...(showsName ? {} : { hidesName: true }),
  }
}

function overflowOf({ busyTo, noAnswerTo }: NumberDraft): { overflow?: Overflow } {
  const [busy, noAnswer] = [plainNumber(busyTo), plainNumber(noAnswerTo)]
  if (busy === '' && noAnswer === '') return {}
  return { overflow: { ...(busy === '' ? {} : { busy }), ...(noAnswer === '' ? {} : { noAnswer }) } }
}

const seconds = <Name extends string>(name: Name, text: string): Partial<Record<Name, number>> =>
  text === '' ? {} : ({ [name]: Number(text) } as Record<Name, number>)

/** A number as people write it: without spaces, hyphens, brackets. */
export const plainNumber = (text: string): string => text.replace(/[\s()./-]/g, '')
