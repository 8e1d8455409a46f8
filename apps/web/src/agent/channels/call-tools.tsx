import { useEffect, useMemo } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { RemoteList } from '../../api/remote-list.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Quiet } from '../../look/index.ts'
import { phoneState } from '../../phone/phone-holder.ts'
import { DeskCallCard } from '../../telephone/desk-calls.tsx'
import { deskCallsOf } from '../../telephone/own-desk-calls.ts'
import { useWords } from '../../words/use-words.ts'
import type { ChannelToolsProps } from '../channel-tools-props.ts'
import { MonitoredNote } from './monitored-note.tsx'

/** A call of this page has its keys above; one that is spoken at another telephone is commanded from here. */
export function Tools({ item, isMine, isOver }: ChannelToolsProps) {
  const { calls } = useValue(phoneState)
  const isHere = calls.some(({ state }) => state.name !== 'incoming')
  if (!isMine || isOver || item.callId === undefined) return null
  return (
    <>
      <MonitoredNote callId={item.callId} />
      {!isHere && <Elsewhere callId={item.callId} />}
    </>
  )
}

function Elsewhere({ callId }: { readonly callId: string }) {
  const { agent } = useWords()
  const { api, clock, events } = useApp()
  const { user } = useMe()
  const list = useMemo(
    () => new RemoteList<ReplyOf<'readLiveCall'>>({ page: () => api.call('listLiveCalls'), clock }),
    [api, clock],
  )
  useEffect(() => list.follow(events, ({ kind }) => kind.startsWith('call.')), [list, events])
  const { items } = useValue(list.state)
  const calls = deskCallsOf(
    (items ?? []).filter(({ id }) => id === callId),
    user.id,
    undefined,
  )
  return (
    <>
      <Quiet>{agent.elsewhere}</Quiet>
      {calls.map((call) => (
        <DeskCallCard key={call.legId} call={call} onDone={() => void list.load()} />
      ))}
    </>
  )
}
