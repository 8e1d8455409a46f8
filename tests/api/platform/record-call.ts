import { type CallId, isRefusal, type LegId } from '@vaxel/base'
import type { Store } from '@vaxel/store'

/** A finished call between two users of the demo company, in the ledger. */
export async function recordCall(store: Store, from: string, to: string, atMs: number): Promise<CallId> {
  const caller = store.directory.userByAddress('demo.vaxel.test', from)!
  const called = store.directory.userByAddress('demo.vaxel.test', to)!
  const id = `${atMs}-${from}-${to}` as CallId
  const { companyId } = caller
  const party = (user: typeof caller) => ({ number: user.name, name: user.displayName, userId: user.id })
  const times = { startedAtMs: atMs, answeredAtMs: atMs + 3000, endedAtMs: atMs + 63_000 }
  const termination = { blame: 'caller' as const, reason: 'hung-up' }
  const data = (user: typeof caller) => ({ leg: `${id}-${user.name}`, number: user.name, userId: user.id })
  const refused = await store.ledger.append({
    call: {
      id,
      companyId,
      direction: 'internal',
      ...times,
      caller: party(caller),
      dialled: to,
      called: party(called),
      termination,
    },
    legs: [caller, called].map((user, i) => ({
      id: `${id}-${user.name}` as LegId,
      callId: id,
      companyId,
      role: i === 0 ? ('caller' as const) : ('callee' as const),
      party: party(user),
      ...times,
      termination,
      sipCallId: `${user.name}@127.0.0.1`,
    })),
    events: [
      { kind: 'call.originated', atMs, companyId, callId: id, data: { ...data(caller), dialled: to } },
      { kind: 'call.established', atMs: atMs + 3000, companyId, callId: id, data: data(called) },
      { kind: 'call.ended', atMs: atMs + 63_000, companyId, callId: id, data: { termination, answered: true } },
    ],
  })
  if (isRefusal(refused)) throw new Error('not written')
  return id
}
