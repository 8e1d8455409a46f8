import type { CallId, CompanyId } from '@vaxel/base'
import type { CallCommands, LineLeg, LiveCall } from '@vaxel/core'
import type { LiveLegs } from '@vaxel/features/presence'
import { FakeFeatures } from '../fake-features.ts'

/** Calls that a test says are going on, and the commands that came for them. */
export class FakeCalls implements CallCommands {
  calls: LiveCall[] = []
  /** What presence finds of them. */
  legs: LineLeg[] = []
  /** The same as presence and the contact centre look at them. */
  readonly live: LiveLegs = {
    ofCall: (callId) => this.legs.filter((leg) => leg.callId === callId),
    all: () => [...Map.groupBy(this.legs, ({ callId }) => callId)].map(([callId, legs]) => ({ callId, legs })),
  }
  readonly commands: unknown[] = []
  readonly features = new FakeFeatures()

  async makeCall(request: Parameters<CallCommands['makeCall']>[0]) {
    this.commands.push(request)
    return { callId: 'new-call' as CallId }
  }

  liveCalls(companyId: CompanyId): readonly LiveCall[] {
    return this.calls.filter((call) => call.companyId === companyId)
  }

  async command(...command: Parameters<CallCommands['command']>) {
    this.commands.push(command)
    return { callId: command[1] }
  }
}
