import type { Trunk } from '../ports/trunk.ts'

/** What stands in the ledger where a secret would. */
const hiddenPassword = 'hidden'

/** A trunk as the ledger may have it. */
export function withoutPasswords(trunk: Trunk): Trunk {
  const { login, incomingLogin } = trunk
  if (!login && !incomingLogin) return trunk
  return {
    ...trunk,
    ...(login ? { login: { ...login, password: hiddenPassword } } : {}),
    ...(incomingLogin ? { incomingLogin: { ...incomingLogin, password: hiddenPassword } } : {}),
  }
}

/** A trunk as the ledger has it, with the passwords that another state of it has for the same user names; undefined when one is missing. */
export function withPasswordsOf(told: Trunk, known: Trunk | undefined): Trunk | undefined {
  let whole = told
  for (const which of ['login', 'incomingLogin'] as const) {
    const login = told[which]
    if (!login) continue
    const own = known?.[which]
    if (own?.username !== login.username) return undefined
    whole = { ...whole, [which]: own }
  }
  return whole
}
