import type { AgentDesk } from './agent-desk.ts'
import type { FilledTemplate } from './template-fields.ts'
import type { WorkHistory, WorkItem } from './work.ts'

/** What a channel's tools are given for one item. */
export interface ChannelToolsProps {
  readonly item: WorkItem
  /** Nobody is asked and nobody else has it: it may be worked on. False while it is only looked at. */
  readonly isMine: boolean
  /** The conversation is over; what came of it is being noted. */
  readonly isOver: boolean
  /** Commands of the agent's place: `desk.command(item.id, 'finish')`. */
  readonly desk: AgentDesk
  /**
   * Says where a text goes that the agent chooses from the knowledge panel, with its fields filled in, while the tools are drawn.
   * The last one that asks gets it. @returns ends it
   */
  readonly takeTexts: (insert: (text: FilledTemplate) => void) => () => void
}

/** An earlier conversation of the customer. */
export interface EarlierProps {
  readonly entry: WorkHistory
}
