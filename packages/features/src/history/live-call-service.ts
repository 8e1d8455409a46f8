import type { CallId, CompanyId, DeviceId, LegId, Refusal, UserId } from '@vaxel/base'
import { NotAllowed, NotFound, type Principal } from '@vaxel/contract'
import type { CallCommands, CallVerb, LiveCall } from '@vaxel/core'
import { sightOf } from './sight.ts'

/** Calls that go on now, and the commands on them. */
export class LiveCallService {
  readonly #commands: CallCommands

  constructor(commands: CallCommands) {
    this.#commands = commands
  }

  list(principal: Principal): readonly LiveCall[] {
    const { companyId, userId, seesCompany } = sightOf(principal)
    const calls = this.#commands.liveCalls(companyId).map((call) => hideOthers(call, userId))
    // Whoever answers for the company must see who is busy.
    if (seesCompany || principal.role === 'attendant') return calls
    return calls.filter((call) => concerns(call, userId))
  }

  read(principal: Principal, callId: string): LiveCall | Refusal {
    return (
      this.list(principal).find(({ id }) => id === callId) ??
      NotFound('There is no such live call, at least not for you.')
    )
  }

  async make(
    principal: Principal,
    {
      to,
      fromUserId,
      fromDeviceId,
      answersItself,
      line,
    }: { to: string; fromUserId?: string; fromDeviceId?: string; answersItself?: boolean; line?: string },
  ): Promise<{ callId: CallId } | Refusal> {
    const { companyId, userId, seesCompany } = sightOf(principal)
    if (fromUserId !== undefined && fromUserId !== userId && !seesCompany)
      return NotAllowed('Only supervisors and administrators make calls for others.')
    return this.#commands.makeCall({
      companyId: companyId as CompanyId,
      fromUserId: (fromUserId ?? userId) as UserId,
      ...(fromDeviceId === undefined ? {} : { fromDeviceId: fromDeviceId as DeviceId }),
      to,
      // Nobody may open the microphone of somebody else.
      ...(answersItself && (fromUserId ?? userId) === userId ? { answersItself } : {}),
      ...(line === undefined ? {} : { line }),
    })
  }

  async command(
    principal: Principal,
    callId: string,
    verb: CallVerb,
    { legId, otherCallId, ...rest }: { legId?: string; to?: string; otherCallId?: string; digits?: string },
  ): Promise<{ callId: CallId } | Refusal> {
    const { companyId, userId, seesCompany } = sightOf(principal)
    const call = this.#commands.liveCalls(companyId).find(({ id }) => id === callId)
    if (!call || !(seesCompany || concerns(call, userId)))
      return NotFound('There is no such live call, at least not for you.')
    return this.#commands.command(seesCompany ? { companyId } : { companyId, userId }, call.id, verb, {
      ...rest,
      ...(legId === undefined ? {} : { legId: legId as LegId }),
      ...(otherCallId === undefined ? {} : { otherCallId: otherCallId as CallId }),
    })
  }
}

/** How a leg is taken back is for its own party's eyes. */
function hideOthers(call: LiveCall, userId: UserId): LiveCall {
  const connections = call.connections.map((connection) => {
    if (connection.party.userId === userId) return connection
    const { own: _, ...rest } = connection
    return rest
  })
  return { ...call, connections }
}

function concerns({ caller, called, connections }: LiveCall, userId: UserId): boolean {
  if (caller.userId === userId || called.userId === userId) return true
  return connections.some(({ party }) => party.userId === userId)
}
