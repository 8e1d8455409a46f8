import type { ChannelToolsProps, EarlierProps } from '../agent/channel-tools-props.ts'
import { MailThread } from './mail-thread.tsx'

/** A conversation by mail in the agent's console. Its reference is the conversation. */
export function Tools({ item, isMine, isOver, takeTexts }: ChannelToolsProps) {
  return item.reference === undefined ? null : (
    <MailThread key={item.reference} id={item.reference} canWork={isMine && !isOver} takeTexts={takeTexts} />
  )
}

/** What was written in an earlier conversation. */
export function Earlier({ entry }: EarlierProps) {
  return entry.reference === undefined ? null : <MailThread id={entry.reference} canWork={false} />
}
