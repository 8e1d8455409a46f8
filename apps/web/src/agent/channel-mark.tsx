import { Icon, type IconName } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { Channel } from './work.ts'

const icons: Readonly<Record<Channel, IconName>> = {
  call: 'call-in',
  callBack: 'call-out',
  voicemail: 'voicemail',
  mail: 'mail',
  chat: 'chat',
  sms: 'mobile',
}

/** How a customer came: a drawing, with the word for whoever hears the page or points at it. */
export function ChannelMark({ channel, size = 18 }: { readonly channel: Channel; readonly size?: number }) {
  const { agent } = useWords()
  return (
    <span className={css.channel} role="img" aria-label={agent.channels[channel]} title={agent.channels[channel]}>
      <Icon name={icons[channel]} size={size} />
    </span>
  )
}
