import { useApp } from '../app/use-app.ts'
import { Badge, Icon, IconButton, type IconName } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { CallLine } from './call-in-list.ts'
import css from './history.module.css'

const iconOf = ({ way, outcome }: CallLine): IconName =>
  outcome === 'missed' ? 'call-missed' : way === 'out' ? 'call-out' : way === 'in' ? 'call-in' : 'call'

/** One call in the list: who, how it went in words, when, how long. */
export function CallRow({
  line,
  onCallBack,
  canCall,
}: {
  readonly line: CallLine
  readonly onCallBack: () => void
  readonly canCall: boolean
}) {
  const { history } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { call, other, way, outcome, number } = line
  const name = other.name ?? other.number
  const who = way === 'other' ? `${name} → ${call.called.name ?? call.called.number}` : name
  const hasNumber = other.name !== undefined && other.number !== name
  return (
    <div className={css.row}>
      <span className={outcome === 'missed' ? css.missed : css.way}>
        <Icon name={iconOf(line)} />
      </span>
      <span className={css.who}>
        <span className={css.name}>{who}</span>
        <span className={css.under}>
          {hasNumber && <span>{other.number}</span>}
          <Outcome line={line} />
        </span>
      </span>
      <span className={css.when}>
        <span>{format.moment(Date.parse(call.startedAt), clock.nowMs())}</span>
        <span className={css.under}>{call.talkMs ? format.duration(call.talkMs) : ''}</span>
      </span>
      {canCall && number !== undefined && (
        <IconButton icon="call" label={`${history.callBack}: ${name}`} shortcut="C" onPress={onCallBack} />
      )}
    </div>
  )
}

function Outcome({ line: { way, outcome } }: { readonly line: CallLine }) {
  const { history } = useWords()
  if (outcome === 'missed') return <Badge tone="bad">{history.missed}</Badge>
  if (outcome === 'live') return <Badge tone="good">{history.live}</Badge>
  const side = way === 'out' ? history.outgoing : way === 'in' ? history.incoming : ''
  return <span>{[side, outcome === 'unanswered' ? history.noAnswer : ''].filter(Boolean).join(', ')}</span>
}
