import { Select, Stack } from '../../look/index.ts'
import type { Queue } from './centre-model.ts'
import { withMaybe } from './centre-props.ts'
import { MaybeWhole } from './parts.tsx'
import type { QueueFormProps } from './queue-basics.tsx'
import { isTarget, TargetField } from './target-field.tsx'
import { useCentreText } from './use-centre-text.ts'

/** How many wait, for how long, and where the others go. */
export function QueueWaiting({
  queue,
  put,
  view,
  boxes,
}: QueueFormProps & { readonly boxes: readonly { readonly number: string; readonly name: string }[] }) {
  const text = useCentreText()
  const queues = view.centre.queues.filter(({ id }) => id !== queue.id)
  const { overflow } = queue
  const { tooLong } = overflow
  const putOverflow = (changed: Queue['overflow']) => put({ ...queue, overflow: changed })
  return (
    <Stack>
      <MaybeWhole
        tick={text('limited')}
        label={text('mostWaiting')}
        value={queue.mostWaiting}
        usual={20}
        least={0}
        most={100_000}
        onChange={(mostWaiting) => put(withMaybe(queue, 'mostWaiting', mostWaiting))}
      />
      <TargetField
        label={text('whenClosed')}
        value={overflow.closed}
        queues={queues}
        onChange={(closed) => closed && putOverflow({ ...overflow, closed })}
      />
      <TargetField
        label={text('whenFull')}
        value={overflow.full}
        queues={queues}
        onChange={(full) => full && putOverflow({ ...overflow, full })}
      />
      <TargetField
        label={text('whenNoAgents')}
        value={overflow.noAgents}
        queues={queues}
        mayWait
        onChange={(noAgents) => putOverflow(withMaybe(overflow, 'noAgents', noAgents))}
      />
      <TargetField
        label={text('whenTooLong')}
        value={tooLong?.to}
        queues={queues}
        mayWait
        onChange={(to) =>
          putOverflow(withMaybe(overflow, 'tooLong', to && { ...(tooLong ?? { afterSeconds: 300 }), to }))
        }
      />
      {tooLong && (
        <>
          <MaybeWhole
            tick={text('byTime')}
            label={text('afterSeconds')}
            value={tooLong.afterSeconds}
            usual={300}
            least={5}
            most={86_400}
            onChange={(seconds) => putOverflow({ ...overflow, tooLong: withMaybe(tooLong, 'afterSeconds', seconds) })}
          />
          <MaybeWhole
            tick={text('byEstimate')}
            label={text('estimateSeconds')}
            value={tooLong.estimateSeconds}
            usual={900}
            least={5}
            most={86_400}
            onChange={(seconds) =>
              putOverflow({ ...overflow, tooLong: withMaybe(tooLong, 'estimateSeconds', seconds) })
            }
          />
        </>
      )}
      <Select
        label={text('mailbox')}
        value={queue.mailboxNumber ?? '-'}
        choices={[
          { id: '-', label: text('none') },
          ...boxes.map(({ number, name }) => ({ id: number, label: `${name} (${number})` })),
        ]}
        onChange={(number) => put(withMaybe(queue, 'mailboxNumber', number === '-' ? undefined : number))}
      />
    </Stack>
  )
}

/** Whether every place where work may go is complete. */
export const areTargets = ({ overflow, voice }: Queue): boolean =>
  [overflow.closed, overflow.full, overflow.noAgents, overflow.tooLong?.to, ...Object.values(voice.keys ?? {})].every(
    isTarget,
  )
