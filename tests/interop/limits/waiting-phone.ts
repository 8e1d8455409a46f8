// A plain phone whose calls last until the platform ends them, so that a test decides when by the API.
import { type ApiClient, eventually, type Sipp } from '@vaxel/testkit'
import { inDialog, inviteSteps, respondInDialog, response, scenario, sippAck } from '../sipp/sipp-phone.ts'

interface LiveCall {
  readonly id: string
  readonly dialled: string
  readonly answeredAt?: string
}

/** Calls and is answered; the end comes by BYE from the platform. */
export const talkUntilCleared = (user: string, to: string): string =>
  scenario(
    inviteSteps(user, to),
    response(200, 'rrs="true"'),
    inDialog('ACK', user, to, 2),
    '<recv request="BYE" timeout="30000"/>',
    respondInDialog('200 OK', user),
  )

/**
 * Resolves when a phone that plays `talkUntilCleared` has acknowledged the answer. The call is answered for the platform
 * a moment earlier: its record is durable before the 200 goes out.
 */
export async function untilTalking(calling: Sipp): Promise<Sipp> {
  await eventually(
    'the answer is acknowledged',
    () => /^CSeq: 2 ACK/m.test(calling.messages) || !calling.program.isRunning,
  )
  return calling
}

/** Calls and is refused with this status. */
export const refusedWith = (status: number, user: string, to: string): string =>
  scenario(inviteSteps(user, to), response(status), sippAck(user, to, 2))

/** A phone that is called, and talks until the platform ends the call. */
export const answersUntilCleared = (steps: readonly string[], user: string): string =>
  scenario(steps, '<recv request="BYE" timeout="30000"/>', respondInDialog('200 OK', user))

export async function liveCalls(api: ApiClient): Promise<readonly LiveCall[]> {
  return (await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')).items
}

/** Ends every call that goes on. */
export async function clearAll(api: ApiClient): Promise<void> {
  for (const { id } of await liveCalls(api)) await api.request('POST', `/api/v1/live-calls/${id}/commands/clear`, {})
}

/** The sentence for a person in the Reason header of a refusal (RFC 3326), of the status that it was refused with. */
export function reasonText(messages: string, status: number): string | undefined {
  const refusal = new RegExp(`SIP/2\\.0 ${status} [^]*?\\r?\\n\\r?\\n`).exec(messages)?.[0] ?? ''
  return new RegExp(`^Reason: *SIP ?;cause=${status};text="([^"]+)"`, 'im').exec(refusal)?.[1]
}
