import { useId } from 'react'
import { useApp } from '../app/use-app.ts'
import { Link } from '../app/link.tsx'
import { Badge, Button, classNames, Icon } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { MessagePlayer } from './message-player.tsx'
import type { MessageList, VoiceMessage } from './message-list.ts'
import css from './voicemail.module.css'

/** One message: who, when, how long; open, it is played and dealt with. */
export function MessageRow({
  message,
  list,
  isOpen,
  onToggle,
  onDelete,
  onForward,
}: {
  readonly message: VoiceMessage
  readonly list: MessageList
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onDelete: () => void
  readonly onForward: () => void
}) {
  const { voicemail } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const id = useId()
  const { from, state, durationMs, at } = message
  const isWithheld = !/\d/.test(from.number)
  const number = isWithheld ? voicemail.withheld : from.number
  const name = from.name ?? number
  return (
    <li className={classNames(state === 'new' && css.isNew)}>
      <button type="button" className={css.row} aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
        <span className={css.mark}>
          <Icon name="voicemail" />
        </span>
        <span className={css.who}>
          <span className={css.name}>{name}</span>
          <span className={css.quiet}>
            {name === number ? '' : number}
            {message.forwardedBy && ` ${voicemail.forwardedBy(message.forwardedBy.name ?? message.forwardedBy.number)}`}
          </span>
        </span>
        {state === 'new' && <Badge tone="info">{voicemail.isNew}</Badge>}
        <span className={css.when}>
          <span>{format.moment(Date.parse(at), clock.nowMs())}</span>
          <span className={css.quiet}>{format.duration(durationMs)}</span>
        </span>
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <Opened
            message={message}
            list={list}
            name={name}
            number={isWithheld ? undefined : from.number}
            onDelete={onDelete}
            onForward={onForward}
          />
        )}
      </div>
    </li>
  )
}

function Opened({
  message,
  list,
  name,
  number,
  onDelete,
  onForward,
}: {
  readonly message: VoiceMessage
  readonly list: MessageList
  readonly name: string
  readonly number: string | undefined
  readonly onDelete: () => void
  readonly onForward: () => void
}) {
  const { voicemail } = useWords()
  const { services, showFault } = useApp()
  const { state, forwardedBy, comment, callId } = message
  const by = forwardedBy?.name ?? forwardedBy?.number ?? ''
  const isDeleted = state === 'deleted'
  const heard = () => {
    if (!isDeleted) list.setHeard(message, true).catch(showFault)
  }
  return (
    <div className={css.open}>
      {comment !== undefined && <p className={css.comment}>{comment}</p>}
      {message.spokenCommentMs !== undefined && (
        <MessagePlayer
          path={list.audioPath(message, 'comment')}
          peaks=""
          durationMs={message.spokenCommentMs}
          name={voicemail.commentSays(by)}
        />
      )}
      <MessagePlayer
        path={list.audioPath(message)}
        peaks={message.peaks}
        durationMs={message.durationMs}
        name={voicemail.open(name)}
        onPlayed={heard}
      />
      <div className={css.keys}>
        {!isDeleted && number !== undefined && services.callNumber && (
          <Button icon="call" onPress={() => services.callNumber?.(number, name)}>
            {voicemail.callBack}
          </Button>
        )}
        {!isDeleted && (
          <Button icon="share" onPress={onForward}>
            {voicemail.forward}
          </Button>
        )}
        {state === 'saved' && (
          <Button icon="mail" onPress={() => void list.setHeard(message, false).catch(showFault)}>
            {voicemail.markNew}
          </Button>
        )}
        {isDeleted && (
          <Button icon="undo" onPress={() => void list.restore(message).catch(showFault)}>
            {voicemail.restore}
          </Button>
        )}
        <Button icon="trash" onPress={onDelete}>
          {isDeleted ? voicemail.deleteForGood : voicemail.delete}
        </Button>
        <a href={list.audioPath(message)} download={`${message.id}.wav`}>
          {voicemail.save}
        </a>
        {callId !== undefined && forwardedBy === undefined && (
          <Link to={`/calls/${callId}`}>{voicemail.callStory}</Link>
        )}
      </div>
    </div>
  )
}
