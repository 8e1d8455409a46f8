import { Select, TextField } from '../../look/index.ts'
import type { Queue, Target } from './centre-model.ts'
import { Row } from './parts.tsx'
import { useCentreText } from './use-centre-text.ts'

type Kind = Target['kind'] | 'wait'

/** Where work goes that is not to wait in its queue. */
export function TargetField({
  label,
  value,
  queues,
  mayWait = false,
  onChange,
}: {
  readonly label: string
  readonly value: Target | undefined
  /** Where else it may go. */
  readonly queues: readonly Pick<Queue, 'id' | 'name'>[]
  /** It may stay where it is: `undefined`. */
  readonly mayWait?: boolean
  readonly onChange: (value: Target | undefined) => void
}) {
  const text = useCentreText()
  const kinds: { id: Kind; label: string }[] = [
    ...(mayWait ? [{ id: 'wait' as const, label: text('waitsOn') }] : []),
    ...(queues.length > 0 ? [{ id: 'queue' as const, label: text('toQueue') }] : []),
    { id: 'number', label: text('toNumber') },
    { id: 'message', label: text('toMessage') },
    { id: 'goodbye', label: text('toGoodbye') },
  ]
  const choose = (kind: Kind) => {
    if (kind === 'queue') onChange({ kind, queueId: queues[0]!.id })
    else if (kind === 'number') onChange({ kind, number: '' })
    else onChange(kind === 'wait' ? undefined : { kind })
  }
  return (
    <Row>
      <Select label={label} value={value?.kind ?? 'wait'} choices={kinds} onChange={choose} />
      {value?.kind === 'queue' && (
        <Select
          label={text('whichQueue')}
          value={value.queueId}
          choices={queues.map(({ id, name }) => ({ id, label: name }))}
          onChange={(queueId) => onChange({ kind: 'queue', queueId })}
        />
      )}
      {value?.kind === 'number' && (
        <TextField
          label={text('number')}
          value={value.number}
          inputMode="tel"
          onChange={(number) => onChange({ kind: 'number', number: number.replace(/[\s().-]/g, '') })}
        />
      )}
    </Row>
  )
}

/** Whether a target is complete. */
export const isTarget = (target: Target | undefined): boolean =>
  target?.kind !== 'number' || /^\+?[0-9*#]{1,31}$/.test(target.number)
