import type { WorkItemId } from '@vaxel/core'

/** How a conversation in a mix is over for the customer: the agent ended it, or the agent's line is lost. */
export type TalkEnd = 'agent' | 'lost'

/** A customer and an agent, whose line is their own, are in a mix. */
export interface MixTalk {
  readonly mix: string
  readonly over: PromiseWithResolvers<TalkEnd>
  /** Resolved when the customer is no longer there. */
  readonly left: PromiseWithResolvers<void>
}

export const openMixTalk = (itemId: WorkItemId): MixTalk => ({
  mix: `queue-${itemId}`,
  over: Promise.withResolvers(),
  left: Promise.withResolvers(),
})
