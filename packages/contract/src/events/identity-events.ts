import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const who = {
  userId: Type.String({ description: 'Whose login it is about.' }),
  by: Type.String({ description: '`user:<id>`' }),
  address: Type.Optional(Type.String()),
}

/** What happens to logins and to the ways in. */
export const identityEvents: readonly EventKind[] = [
  {
    kind: 'identity.changed',
    summary: 'A way in was added, changed or taken away. Secrets are never told.',
    audience: 'administrator',
    data: Type.Object({
      ...who,
      what: Type.String({
        description:
          '`codes-set`, `codes-removed`, `recovery-codes-made`, `recovery-code-used`, `passkey-added`, `passkey-renamed`, `passkey-removed`, `second-factors-reset`, `password-reset`, `password-changed-by-link`, `sso-linked`',
      }),
      name: Type.Optional(Type.String({ description: 'Of the passkey.' })),
    }),
  },
  {
    kind: 'identity.policyChanged',
    summary: 'What the company wants of logins was changed, or its login provider.',
    audience: 'administrator',
    data: Type.Object({
      by: who.by,
      address: who.address,
      what: Type.String({ description: '`policy`, `sso` or `sso-removed`' }),
      after: Type.Optional(Type.Unknown()),
    }),
  },
  {
    kind: 'security.loginsFailed',
    summary: 'Logins failed: told at the fifth in a row from one place, then at each doubling.',
    audience: 'administrator',
    data: Type.Object({
      what: Type.String({ description: '`password`, `code`, `passkey` or `ftps`' }),
      userId: Type.Optional(Type.String({ description: 'Absent when there is nobody of that login.' })),
      address: Type.String(),
      count: Type.Number(),
    }),
  },
  {
    kind: 'security.passkeyCopied',
    summary: 'The counter of a passkey went back, as that of a copy does; it is refused from now on.',
    audience: 'administrator',
    data: Type.Object({ userId: Type.String(), name: Type.String(), address: Type.Optional(Type.String()) }),
  },
]
