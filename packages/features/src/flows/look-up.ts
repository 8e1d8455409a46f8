import { type FlowEffect, type FlowStore, hostOf, type HttpDesk, type LookupAnswer, readPointer } from '@vaxel/core'
import type { CompanyId } from '@vaxel/base'
import type { CompanyShare } from './company-share.ts'

type Lookup = Extract<FlowEffect, { kind: 'lookUp' }>

/** A credential for an address, if it is kept and for that very host; a flow that was published before it moved gets none. */
export async function authorizationFor(
  flows: Pick<FlowStore, 'credential'>,
  companyId: CompanyId,
  name: string | undefined,
  url: string,
): Promise<{ authorization?: string } | undefined> {
  if (name === undefined) return {}
  const kept = await flows.credential(companyId, name)
  return kept && kept.host === hostOf(url) ? { authorization: kept.value } : undefined
}

/** Asks what a flow wants to know. */
export async function lookUp(
  { flows, http, lookups }: { flows: Pick<FlowStore, 'credential'>; http: HttpDesk; lookups: CompanyShare },
  companyId: CompanyId,
  { url, body, credential, timeLimitMs, take }: Lookup,
  signal: AbortSignal,
): Promise<{ readonly answer: LookupAnswer; readonly reason?: string }> {
  const authorized = await authorizationFor(flows, companyId, credential, url)
  if (!authorized) return { answer: { kind: 'failed' }, reason: 'the credential is gone, or for another host' }
  if (!lookups.hasRoom(companyId))
    return { answer: { kind: 'failed' }, reason: 'too many look-ups of this company at once' }
  const question = { url, timeLimitMs, signal, ...authorized, ...(body === undefined ? {} : { body }) }
  const found = await lookups.run(companyId, () => http.ask(question))
  if (found.kind === 'timeOut') return { answer: { kind: 'timeOut' } }
  if (found.kind === 'failed') return { answer: { kind: 'failed' }, reason: found.reason }
  if (found.body === undefined && take.length > 0)
    return { answer: { kind: 'failed' }, reason: 'the answer is no JSON' }
  const values = Object.fromEntries(take.map(({ variable, pointer }) => [variable, readPointer(found.body, pointer)]))
  return { answer: { kind: 'answered', values } }
}
