import type { ComponentType } from 'react'
import type { ChannelToolsProps, EarlierProps } from './channel-tools-props.ts'
import type { Channel } from './work.ts'

/** The tools of one channel; their code is fetched when an item of it is opened for the first time. */
export interface ChannelTools {
  readonly load: () => Promise<{ readonly Tools: ComponentType<ChannelToolsProps> }>
  /** What was said and written in an earlier conversation, shown when somebody opens it in the customer's history. */
  readonly loadEarlier?: () => Promise<{ readonly Earlier: ComponentType<EarlierProps> }>
}

/** Every channel's tools. A channel without an entry has the customer, the notes and the wrap-up alone. */
export const channelTools: Partial<Record<Channel, ChannelTools>> = {
  call: { load: () => import('./channels/call-tools.tsx') },
  callBack: { load: () => import('./channels/call-back-tools.tsx') },
  voicemail: { load: () => import('./channels/voicemail-tools.tsx') },
  mail: {
    load: () => import('../mail-channel/mail-tools.tsx'),
    loadEarlier: () => import('../mail-channel/mail-tools.tsx'),
  },
  chat: {
    load: () => import('../web-chat/chat-tools.tsx'),
    loadEarlier: () => import('../web-chat/chat-tools.tsx'),
  },
}
