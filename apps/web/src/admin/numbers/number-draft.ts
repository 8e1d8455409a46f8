import type { RequestOf } from '../../api/api.ts'
import type { PhoneNumber } from '../use-company.ts'

type Target = RequestOf<'changeNumber'>['body']['target']
export type Service = Extract<Target, { kind: 'service' }>['service']

/** A number as it is being filled in. */
export interface NumberDraft {
  readonly number: string
  readonly kind: Target['kind']
  readonly userId: string | undefined
  readonly service: Service
  /** Which flow, room or queue. */
  readonly serviceId: string | undefined
  readonly groupName: string
  readonly members: readonly string[]
}

export const emptyNumber: NumberDraft = {
  number: '',
  kind: 'user',
  userId: undefined,
  service: 'echo',
  serviceId: undefined,
  groupName: '',
  members: [],
}

export function draftOfNumber({ number, target }: PhoneNumber): NumberDraft {
  const draft = { ...emptyNumber, number, kind: target.kind }
  switch (target.kind) {
    case 'user':
      return { ...draft, userId: target.userId }
    case 'service':
      return { ...draft, service: target.service, serviceId: target.id }
    case 'group':
      return { ...draft, groupName: target.name, members: target.userIds }
  }
}

/** What the draft reaches; undefined while something is missing. */
export function targetOf(draft: NumberDraft): Target | undefined {
  switch (draft.kind) {
    case 'user':
      return draft.userId === undefined ? undefined : { kind: 'user', userId: draft.userId }
    case 'service':
      return { kind: 'service', service: draft.service, ...(draft.serviceId ? { id: draft.serviceId } : {}) }
    case 'group': {
      const name = draft.groupName.trim()
      return name === '' || draft.members.length === 0
        ? undefined
        : { kind: 'group', name, userIds: [...draft.members] }
    }
  }
}

/** A number as people write it: without spaces, hyphens, brackets. */
export const plainNumber = (text: string): string => text.replace(/[\s()./-]/g, '')
