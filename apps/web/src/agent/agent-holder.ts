import { Cell } from '../base/cell.ts'
import type { AgentRuntime } from './agent-services.ts'

/** The agent's place once its code is there; undefined for everybody who is no agent. */
export const agentHolder = new Cell<AgentRuntime | undefined>(undefined)

/** Whether whoever is logged in is an agent: only then there is a console to go to. */
export const isAgentHere = new Cell(false)

/** Offers, and items that are worked on. */
export const workCount = new Cell(0)

/** The parts of a console that may be in front on a narrow screen. */
export type ConsolePart = 'list' | 'item' | 'customer'

/** What is in front, and which sheet is open. */
export const consoleView = {
  part: new Cell<ConsolePart>('list'),
  side: new Cell<'customer' | 'texts' | 'day'>('customer'),
  sheet: new Cell<'keys' | 'sounds' | undefined>(undefined),
  /** Counts the wishes to write a note, or to search texts: the field that is meant takes the focus. */
  noteFocus: new Cell(0),
  textFocus: new Cell(0),
}
