import type { CallId, CompanyId, LegId, Refusal, UserId } from '@vaxel/base'
import type { CallBack, CallToPickUp, Commander, ParkedCall, TelephoneFeatures, User } from '@vaxel/core'

/** Parked calls and the like that a test says are there. */
export class FakeFeatures implements TelephoneFeatures {
  parkedCalls: ParkedCall[] = []
  ringing: CallToPickUp[] = []
  backs: CallBack[] = []
  readonly asked: unknown[] = []
  /** What parking answers. */
  answer: string | Refusal = '701'

  parked(companyId: CompanyId): readonly ParkedCall[] {
    return this.parkedCalls.filter((call) => call.companyId === companyId)
  }

  park(commander: Commander, callId: CallId, legId: LegId | undefined, wanted: string | undefined): string | Refusal {
    this.asked.push({ commander, callId, legId, wanted })
    return this.answer
  }

  toPickUp(): readonly CallToPickUp[] {
    return this.ringing
  }

  callBacks(userId: UserId): readonly CallBack[] {
    return this.backs.filter((back) => back.userId === userId)
  }

  async setCallBack(user: User, callee: User): Promise<CallBack> {
    const back: CallBack = {
      id: `b${this.backs.length + 1}`,
      companyId: user.companyId,
      userId: user.id,
      calleeId: callee.id,
      name: callee.displayName,
      number: callee.extension ?? callee.name,
      reason: 'busy',
      sinceMs: 0,
      untilMs: 45 * 60_000,
      tries: 0,
    }
    this.backs.push(back)
    return back
  }

  cancelCallBack(userId: UserId, id?: string): number {
    const before = this.backs.length
    this.backs = this.backs.filter((back) => back.userId !== userId || (id !== undefined && back.id !== id))
    return before - this.backs.length
  }
}
