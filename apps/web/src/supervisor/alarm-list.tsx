import { Banner, Stack } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import type { CentreNow } from './centre-now.ts'
import { alarmValue } from './alarm-value.ts'

/** Alarms that go on; a new one is read aloud. */
export function AlarmList({ centre, clockAheadMs }: { readonly centre: CentreNow; readonly clockAheadMs: number }) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  if (centre.alarms.length === 0) return null
  return (
    <Stack>
      {centre.alarms.map((alarm) => (
        <Banner key={alarm.alarmId} tone="bad" isLive>
          <strong>{alarm.name}</strong>{' '}
          {words.alarmText({
            queue: centre.queues.find(({ id }) => id === alarm.queueId)?.name ?? words.allQueues,
            figure: words.alarmFigures[alarm.figure] ?? alarm.figure,
            value: alarmValue(alarm.figure, alarm.value, format),
            limit: alarmValue(alarm.figure, alarm.limit, format),
            isOver: alarm.is === 'over',
          })}{' '}
          (<Ticking sinceMs={Date.parse(alarm.since) - clockAheadMs} />)
        </Banner>
      ))}
    </Stack>
  )
}
