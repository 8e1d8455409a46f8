import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Button, type Choice, IconButton, Line, Quiet, Select, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { policySentences } from './policy-sentences.ts'

type Exception = ReplyOf<'readRecordingPolicy'>['policy']['exceptions'][number]
type Mode = Exception['mode']
type User = ReplyOf<'listUsers'>['items'][number]

/** Rules for persons and numbers that are not the company's. */
export function ExceptionsField({
  exceptions,
  modes,
  onChange,
}: {
  readonly exceptions: readonly Exception[]
  readonly modes: readonly Choice<Mode>[]
  readonly onChange: (exceptions: Exception[]) => void
}) {
  const text = useText(policySentences)
  const { api, showFault } = useApp()
  const [people, setPeople] = useState<readonly User[]>([])
  useEffect(() => {
    api.call('listUsers', { query: { limit: 1000 } }).then(({ items }) => setPeople(items), showFault)
  }, [api, showFault])
  const set = (at: number, change: Exception) => onChange(exceptions.map((one, i) => (i === at ? change : one)))
  const [first] = people
  return (
    <>
      <h3>{text('exceptions')}</h3>
      <Quiet>{text('exceptionsHint')}</Quiet>
      {exceptions.map((exception, at) => (
        // The place is what a rule is while it is edited.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={at}>
          {exception.subject.kind === 'user' ? (
            <Select
              label={text('person')}
              value={exception.subject.userId}
              onChange={(userId) => set(at, { ...exception, subject: { kind: 'user', userId } })}
              choices={people.map(({ id, displayName }) => ({ id, label: displayName }))}
            />
          ) : (
            <TextField
              label={text('number')}
              value={exception.subject.number}
              onChange={(number) => set(at, { ...exception, subject: { kind: 'number', number } })}
              inputMode="tel"
              maxLength={32}
            />
          )}
          <Select
            label={text('rule')}
            value={exception.mode}
            onChange={(mode) => set(at, { ...exception, mode })}
            choices={modes}
          />
          <IconButton
            icon="trash"
            label={text('takeOut')}
            onPress={() => onChange(exceptions.filter((_, i) => i !== at))}
          />
        </Line>
      ))}
      <Line>
        <Button
          size="small"
          icon="person-add"
          isDisabled={!first}
          onPress={() =>
            first && onChange([...exceptions, { subject: { kind: 'user', userId: first.id }, mode: 'pausable' }])
          }
        >
          {text('addPerson')}
        </Button>
        <Button
          size="small"
          icon="plus"
          onPress={() => onChange([...exceptions, { subject: { kind: 'number', number: '' }, mode: 'always' }])}
        >
          {text('addNumber')}
        </Button>
      </Line>
    </>
  )
}
