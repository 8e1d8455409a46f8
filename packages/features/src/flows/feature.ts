import type { OperationHandler } from '@vaxel/contract'
import type { VoiceService } from '@vaxel/core'
import { flowHandlers } from './api.ts'
import { CompanyShare } from './company-share.ts'
import { CredentialService } from './credential-service.ts'
import type { FlowDependencies } from './dependencies.ts'
import { FlowService } from './flow-service.ts'
import { ReplayService } from './replay-service.ts'
import { flowService } from './run-flow.ts'
import { SoundService } from './sound-service.ts'
import { TrialService } from './trial-service.ts'
import { WebhookOutbox } from './webhook-outbox.ts'

/** Look-ups of one company at once; more fail at once, and calls go on by that exit. */
const mostLookups = 50

export type { FlowDependencies } from './dependencies.ts'

/** Rules for numbers: drawn, tried, published, and what callers meet. */
export interface FlowsFeature {
  readonly handlers: readonly OperationHandler[]
  /** Answers calls to numbers of flows. */
  readonly service: VoiceService
  /** Sends the webhooks that another process has left. */
  resume(): Promise<void>
  /** Calls have ended; nothing is sent any more. */
  close(): Promise<void>
}

export function createFlows(dependencies: FlowDependencies): FlowsFeature {
  const trials = new TrialService(dependencies)
  const webhooks = new WebhookOutbox(dependencies)
  return {
    handlers: flowHandlers(dependencies, {
      service: new FlowService(dependencies, trials),
      trials,
      replays: new ReplayService(dependencies),
      sounds: new SoundService(dependencies),
      credentials: new CredentialService(dependencies),
    }),
    service: flowService({ ...dependencies, webhooks, lookups: new CompanyShare(mostLookups) }),
    resume: () => webhooks.resume(),
    close: () => webhooks.close(),
  }
}
