import type { RequestOf } from '../../api/api.ts'
import type { User } from '../use-company.ts'

/** A user as they are being filled in; seconds as they are typed. */
export interface UserDraft {
  readonly displayName: string
  readonly extension: string
  readonly language: User['language']
  readonly role: User['role']
  readonly ringSeconds: string
}

export const emptyDraft: UserDraft = { displayName: '', extension: '', language: 'en', role: 'user', ringSeconds: '25' }

export const draftOf = (user: User): UserDraft => ({
  displayName: user.displayName,
  extension: user.extension ?? '',
  language: user.language,
  role: user.role,
  ringSeconds: String(user.ringSeconds),
})

/** What was changed in the form and nothing else: what another administrator has changed meanwhile stays. */
export function changeOf(before: User, draft: UserDraft): RequestOf<'changeUser'>['body'] {
  const was = draftOf(before)
  return {
    ...(draft.displayName === was.displayName ? {} : { displayName: draft.displayName.trim() }),
    ...(draft.language === was.language ? {} : { language: draft.language }),
    ...(draft.role === was.role ? {} : { role: draft.role }),
    ...(draft.ringSeconds === was.ringSeconds ? {} : { ringSeconds: Number(draft.ringSeconds) }),
    ...(draft.extension === was.extension ? {} : { extension: draft.extension.trim() || null }),
  }
}
