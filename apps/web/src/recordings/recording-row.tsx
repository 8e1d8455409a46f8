import { useState } from 'react'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, Icon, Line, Quiet, type Tone } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import { Player } from './player.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { type KeptRecording, nameOf } from './recording-list.ts'
import css from './recordings.module.css'
import { recordingSentences } from './sentences.ts'

/** What somebody should see at once of a recording. */
function badgeOf({
  state,
  end,
  hold,
}: KeptRecording): [key: keyof typeof recordingSentences, tone: Tone | undefined] | undefined {
  if (state === 'deleted') return ['isDeleted', undefined]
  if (state === 'running') return ['running', 'bad']
  if (end === 'lost') return ['lost', 'bad']
  if (end === 'cut' || end === 'failed') return [end, 'warn']
  return hold ? ['held', 'info'] : undefined
}

/** One recording in the list; open, it is played. */
export function RecordingRow({
  recording,
  isOpen,
  onToggle,
  onChanged,
}: {
  readonly recording: KeptRecording
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onChanged: () => void
}) {
  const text = useText(recordingSentences)
  const format = useFormat()
  const { clock } = useApp()
  const { party, other, startedAt, durationMs } = recording
  const badge = badgeOf(recording)
  return (
    <li>
      <button type="button" className={css.row} aria-expanded={isOpen} onClick={onToggle}>
        <span className={css.mark}>
          <Icon name={recording.direction === 'inbound' ? 'call-in' : 'call-out'} />
        </span>
        <span className={css.who}>
          <span className={css.name}>{text('with', { party: nameOf(party), other: nameOf(other) })}</span>
          <span className={css.quiet}>
            {other.number} · {text(recording.trigger === 'rule' ? 'byRule' : 'onDemand')}
          </span>
        </span>
        {badge && <Badge {...(badge[1] && { tone: badge[1] })}>{text(badge[0])}</Badge>}
        <span className={css.when}>
          <span>{format.moment(Date.parse(startedAt), clock.nowMs())}</span>
          {durationMs !== undefined && <span className={css.quiet}>{format.duration(durationMs)}</span>}
        </span>
      </button>
      {isOpen && <Opened recording={recording} onChanged={onChanged} />}
    </li>
  )
}

function Opened({ recording, onChanged }: { readonly recording: KeptRecording; readonly onChanged: () => void }) {
  const text = useText(recordingSentences)
  const format = useFormat()
  const { api, clock, me: whoAmI, router, showFault } = useApp()
  const me = useValue(whoAmI)
  const [asks, setAsks] = useState<'hold' | 'remove'>()
  const { id, callId, state, end, hold, deletion, expiresAt, chain, lostMs } = recording
  const params = { recordingId: id }
  const time = (at: string) => format.moment(Date.parse(at), clock.nowMs())
  const isAdministrator = me?.isOperator || me?.user.role === 'administrator'
  const release = () => void api.call('releaseRecording', { params }).then(onChanged, showFault)
  return (
    <div className={css.open}>
      {state === 'ended' && end !== 'lost' && <Player recording={recording} />}
      {lostMs !== undefined && <Quiet>{text('lostMs', { seconds: Math.round(lostMs / 1000) })}</Quiet>}
      {hold && <Quiet>{text('heldSince', { time: time(hold.at), reason: hold.reason })}</Quiet>}
      {deletion && <Quiet>{text('deletedAt', { time: time(deletion.at), reason: deletion.reason })}</Quiet>}
      <Line>
        <Link to={`/calls/${callId}`} label={text('story')}>
          {text('story')}
        </Link>
        {expiresAt !== undefined && !hold && <Quiet>{text('expires', { time: time(expiresAt) })}</Quiet>}
        {chain && <Quiet>{text('place', { index: chain.index })}</Quiet>}
      </Line>
      {isAdministrator && state === 'ended' && (
        <Line>
          {hold ? (
            <Button size="small" icon="lock" onPress={release}>
              {text('release')}
            </Button>
          ) : (
            <Button size="small" icon="lock" onPress={() => setAsks('hold')}>
              {text('hold')}
            </Button>
          )}
          {!hold && (
            <Button size="small" icon="trash" onPress={() => setAsks('remove')}>
              {text('remove')}
            </Button>
          )}
        </Line>
      )}
      {asks && (
        <ReasonDialog
          title={text(asks === 'hold' ? 'holdTitle' : 'removeTitle')}
          explanation={text(asks === 'hold' ? 'holdText' : 'removeText')}
          yes={text(asks === 'hold' ? 'hold' : 'remove')}
          isDanger={asks === 'remove'}
          onClose={() => setAsks(undefined)}
          run={async (reason) => {
            await api.call(asks === 'hold' ? 'holdRecording' : 'deleteRecording', { params, body: { reason } })
            if (asks === 'remove') router.go('/recordings')
            onChanged()
          }}
        />
      )}
    </div>
  )
}
