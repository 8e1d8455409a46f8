import { Suspense, useId, useState } from 'react'
import { late } from '../app/late.ts'
import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { Badge, Terms } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import { ChannelMark } from './channel-mark.tsx'
import { channelTools } from './channel-tools.ts'
import type { EarlierProps } from './channel-tools-props.ts'
import type { Channel, WorkHistory } from './work.ts'

const Earlier: Partial<Record<Channel, ReturnType<typeof late<EarlierProps>>>> = {}

/** What was said and written then, where the channel can show it. */
function earlierOf(channel: Channel) {
  const load = channelTools[channel]?.loadEarlier
  return load && (Earlier[channel] ??= late<EarlierProps>(async () => (await load()).Earlier))
}

/** One conversation of before: when, with whom, what came of it; open, what was noted and said. */
export function HistoryRow({ entry }: { readonly entry: WorkHistory }) {
  const { agent } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const { role } = useMe().user
  const seesAll = role === 'supervisor' || role === 'administrator'
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { channel, at, queueName, agentName, outcome, subject, callId, fromCallId, code, note, handledMs } = entry
  const EarlierPart = earlierOf(channel)
  return (
    <li className={css.history}>
      <button
        type="button"
        className={css.rowMain}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChannelMark channel={channel} size={16} />
        <span className={css.rowText}>
          <span className={css.rowName}>{subject ?? queueName}</span>
          <span className={css.rowMore}>
            {format.moment(Date.parse(at), clock.nowMs())}
            {agentName !== undefined && ` · ${agentName}`}
          </span>
        </span>
        {outcome !== undefined && (
          <Badge tone={outcome === 'answered' ? 'good' : outcome === 'abandoned' ? 'bad' : 'info'}>
            {agent.outcomes[outcome]}
          </Badge>
        )}
      </button>
      <div id={id} hidden={!isOpen} className={css.historyMore}>
        {isOpen && (
          <>
            <Terms
              items={[
                [agent.customer.queue, queueName],
                ...(code === undefined ? [] : [[agent.wrapUp.code, code] as const]),
                ...(handledMs === undefined ? [] : [[agent.customer.lasted, format.duration(handledMs)] as const]),
                ...(note === undefined || note === '' ? [] : [[agent.wrapUp.note, note] as const]),
              ]}
            />
            {callId !== undefined && (
              <Link to={`/calls/${encodeURIComponent(callId)}`}>{agent.customer.callStory}</Link>
            )}
            {seesAll && fromCallId !== undefined && (
              <Link to={`/calls/${encodeURIComponent(fromCallId)}`}>{agent.callBack.askedIn}</Link>
            )}
            {EarlierPart && (
              <Suspense fallback={null}>
                <EarlierPart entry={entry} />
              </Suspense>
            )}
          </>
        )}
      </div>
    </li>
  )
}
