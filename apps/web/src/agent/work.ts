import type { ReplyOf } from '../api/api.ts'

/** Everything that an agent begins with: the desk, queues, reasons, texts, hours. */
export type AgentPlace = ReplyOf<'readAgentDesk'>
export type Desk = AgentPlace['desk']
export type WorkItem = Desk['items'][number]
export type Offer = Desk['offers'][number]
export type Channel = WorkItem['channel']
export type AgentQueue = AgentPlace['queues'][number]
export type AgentReason = AgentPlace['reasons'][number]
export type AgentLine = Desk['agent']['line']
export type Template = AgentPlace['templates'][number]
export type WorkHistory = ReplyOf<'readWork'>['history'][number]
export type CustomerNote = ReplyOf<'readWork'>['notes'][number]
export type AgentFigures = ReplyOf<'readOwnAgentFigures'>

/** How somebody who wants something is called; undefined when nothing is known of them. */
export const customerName = ({ customer: { name, number, address } }: Pick<WorkItem, 'customer'>): string | undefined =>
  name ?? address ?? number
