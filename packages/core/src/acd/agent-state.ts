/**
 * States of an agent (ECMA-269 §6.5.4: agentNull, agentNotReady, agentReady, agentBusy, agentWorkingAfterCall). A state is of the whole agent:
 * `busy` is everybody who speaks or has reached the capacity of every channel; who answers mails and has room is `ready`.
 */
export type AgentState = 'loggedOff' | 'notReady' | 'ready' | 'busy' | 'workingAfterCall'

/** Reasons that no administrator has made. */
export type OwnReason =
  /** The agent did not take an offer. */
  | 'missedOffer'
  /** Could not be rung: no device, the network. */
  | 'unreachable'
  /** Just logged in. */
  | 'loggedIn'
  /** A call of their own. */
  | 'ownCall'
  /** The server came back after a crash. */
  | 'restarted'
  /** Put there by a supervisor. */
  | 'supervisor'
