import { useState } from 'react'
import { Badge, Banner, Button, type Tone } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import { MailBody } from './mail-body.tsx'
import css from './mail-channel.module.css'
import type { Mail } from './mail-model.ts'
import { mailSentences } from './sentences.ts'

const tones: Readonly<Record<NonNullable<Mail['delivery']>, Tone>> = {
  waiting: 'info',
  sending: 'info',
  sent: 'good',
  held: 'warn',
  failed: 'bad',
  dropped: 'warn',
}

/** One mail or note of a conversation. */
export function MailEntry({
  mail,
  isOpenFirst,
  canWork,
  onDecide,
  onForward,
}: {
  readonly mail: Mail
  readonly isOpenFirst: boolean
  readonly canWork: boolean
  readonly onDecide: (decision: 'sendAgain' | 'wasDelivered' | 'drop') => void
  readonly onForward: () => void
}) {
  const text = useText(mailSentences)
  const format = useFormat()
  const [isOpen, setOpen] = useState(isOpenFirst)
  const { from, delivery, nature } = mail
  const own = mail.kind === 'note' ? text('note') : text(nature === 'autoReply' ? 'automatic' : 'you')
  const who = mail.kind === 'in' ? (from?.name ?? from?.address ?? text('unknown')) : (mail.byName ?? own)
  return (
    <li className={mail.kind === 'in' ? css.in : mail.kind === 'out' ? css.out : css.note}>
      <div className={css.head}>
        <strong>{who}</strong>
        {mail.kind === 'in' && from?.name !== undefined && <span className={css.quiet}>{from.address}</span>}
        {mail.kind !== 'in' && <Badge>{own}</Badge>}
        {mail.kind === 'in' && nature !== 'person' && <Badge tone="info">{text(`nature.${nature}`)}</Badge>}
        {delivery && <Badge tone={tones[delivery]}>{text(`delivery.${delivery}`)}</Badge>}
        <time className={css.quiet} dateTime={mail.at}>
          {format.dateTime(Date.parse(mail.at))}
        </time>
      </div>
      {mail.kind === 'out' && (
        <span className={css.quiet}>
          {text('toWhom', { who: [...mail.to, ...mail.cc].map(({ address }) => address).join(', ') })}
        </span>
      )}
      {mail.spam !== undefined && <Banner tone="warn">{text('spamWhy', { why: mail.spam })}</Banner>}
      {mail.reports.map((report) => (
        <Banner key={report.receiver} tone={report.action === 'failed' ? 'bad' : 'info'}>
          {report.action === 'failed'
            ? text('notArrived', { who: report.receiver, why: report.diagnostic ?? report.status ?? '' })
            : text(report.action === 'delayed' ? 'delayed' : 'delivered', { who: report.receiver })}
        </Banner>
      ))}
      {(delivery === 'held' || delivery === 'failed') && (
        <Banner tone={delivery === 'held' ? 'warn' : 'bad'}>
          <p>{delivery === 'held' ? text('heldText') : text('failedText', { why: mail.fault ?? '' })}</p>
          {canWork && (
            <div className={css.line}>
              <Button size="small" onPress={() => onDecide('sendAgain')}>
                {text('sendAgain')}
              </Button>
              {delivery === 'held' && (
                <Button size="small" onPress={() => onDecide('wasDelivered')}>
                  {text('wasDelivered')}
                </Button>
              )}
              <Button size="small" onPress={() => onDecide('drop')}>
                {text('drop')}
              </Button>
            </div>
          )}
        </Banner>
      )}
      {mail.repeats > 0 && <span className={css.quiet}>{text('repeats', { count: mail.repeats })}</span>}
      {isOpen ? <MailBody mail={mail} who={who} /> : <p className={css.preview}>{mail.preview}</p>}
      <div className={css.line}>
        <Button size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {text(isOpen ? 'hide' : 'show')}
        </Button>
        {canWork && mail.kind !== 'note' && (
          <Button size="small" icon="external" onPress={onForward}>
            {text('forward')}
          </Button>
        )}
      </div>
    </li>
  )
}
