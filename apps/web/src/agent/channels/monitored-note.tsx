import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Banner } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'

type Mode = 'listen' | 'whisper' | 'barge'

const isMode = (mode: unknown): mode is Mode => mode === 'listen' || mode === 'whisper' || mode === 'barge'

/** The supervisors who are with a call of one's own, and how, where the company shows it. */
export function MonitoredNote({ callId }: { readonly callId: string }) {
  const { agent } = useWords()
  const { events } = useApp()
  const [modes, setModes] = useState<ReadonlyMap<string, Mode>>(new Map())
  useEffect(
    () =>
      events.onNotice('call.monitored', ({ data }) => {
        if (data['callId'] !== callId) return
        const { name, mode } = data
        setModes((before) => {
          const now = new Map(before)
          if (isMode(mode)) now.set(String(name), mode)
          else now.delete(String(name))
          return now
        })
      }),
    [events, callId],
  )
  return [...modes].map(([name, mode]) => (
    <Banner key={name} isLive>
      {agent.monitored[mode](name)}
    </Banner>
  ))
}
