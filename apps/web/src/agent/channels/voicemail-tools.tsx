import { useEffect, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button } from '../../look/index.ts'
import type { VoiceMessage } from '../../voicemail/message-list.ts'
import { MessagePlayer } from '../../voicemail/message-player.tsx'
import { useWords } from '../../words/use-words.ts'
import css from '../agent.module.css'
import type { ChannelToolsProps } from '../channel-tools-props.ts'
import { customerName } from '../work.ts'

/** A message that a customer left: heard, called back. Its reference is `mailbox/message`. */
export function Tools({ item, isMine }: ChannelToolsProps) {
  const words = useWords()
  const { agent, voicemail } = words
  const { api, services } = useApp()
  const [boxId = '', messageId = ''] = item.reference?.split('/') ?? []
  const [message, setMessage] = useState<VoiceMessage>()
  const [fault, setFault] = useState<unknown>()
  useEffect(() => {
    let isOver = false
    if (messageId === '') return
    api.call('readVoiceMessage', { params: { boxId, messageId } }).then(
      (found) => !isOver && setMessage(found),
      (error: unknown) => !isOver && setFault(error),
    )
    return () => void (isOver = true)
  }, [api, boxId, messageId])
  const { number } = item.customer
  return (
    <div className={css.tools}>
      {fault !== undefined && (
        <Banner tone="warn" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      {message && (
        <MessagePlayer
          path={`/api/v1/voicemail/${encodeURIComponent(boxId)}/messages/${encodeURIComponent(messageId)}/audio`}
          peaks={message.peaks}
          durationMs={message.durationMs}
          name={voicemail.open(customerName(item) ?? agent.unknown)}
        />
      )}
      {isMine && number !== undefined && services.callNumber && (
        <div className={css.keys}>
          <Button icon="call" onPress={() => services.callNumber?.(number, customerName(item))}>
            {voicemail.callBack}
          </Button>
        </div>
      )}
    </div>
  )
}
