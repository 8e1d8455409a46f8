import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Stack, TextField } from '../../look/index.ts'
import { stepText } from '../../history/story-words.ts'
import { useWords } from '../../words/use-words.ts'
import css from './number-dialog.module.css'
import type { User } from '../use-company.ts'
import { plainNumber } from './number-draft.ts'

type Answer = ReplyOf<'tryCall'>
const outside = 'outside'

/** What would become of a call: who calls whom, when, and what routing then decides. Nothing rings. */
export function TryCall({ users, onClose }: { readonly users: readonly User[]; readonly onClose: () => void }) {
  const { admin, shell } = useWords()
  const words = admin.numbers.tryCall
  const { api } = useApp()
  const submit = useSubmit()
  const [who, setWho] = useState(outside)
  const [number, setNumber] = useState('')
  const [dialled, setDialled] = useState('')
  const [at, setAt] = useState('')
  const [answer, setAnswer] = useState<Answer>()
  const people = users.map(({ id, displayName }) => ({ id, label: displayName }))
  const ask = () =>
    submit.run(async () => {
      const plain = plainNumber(number)
      const from =
        who === outside
          ? { kind: 'outside' as const, ...(plain === '' ? {} : { number: plain }) }
          : { kind: 'user' as const, userId: who }
      const when = at === '' ? {} : { at: new Date(at).toISOString() }
      setAnswer(await api.call('tryCall', { body: { from, dialled: plainNumber(dialled), ...when } }))
    })
  return (
    <Dialog
      title={words.title}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.close}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || plainNumber(dialled) === ''} onPress={ask}>
            {words.ask}
          </Button>
        </>
      }
    >
      <div className={css.pair}>
        <Select
          label={words.who}
          value={who}
          onChange={setWho}
          choices={[{ id: outside, label: words.outside }, ...people]}
        />
        {who === outside && (
          <TextField label={words.number} hint={words.numberHint} value={number} onChange={setNumber} inputMode="tel" />
        )}
        <TextField label={words.dialled} value={dialled} onChange={setDialled} inputMode="tel" />
        <TextField label={words.at} hint={words.atHint} value={at} onChange={setAt} type="datetime-local" />
      </div>
      {answer && <Result answer={answer} />}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}

function Result({ answer }: { readonly answer: Answer }) {
  const { admin, history } = useWords()
  const words = admin.numbers.tryCall
  const { outcome, name, to = '', rounds, onward, steps } = answer
  const whom = name === undefined || name === to ? to : `${name} (${to})`
  const sentences = [
    ...steps.flatMap((step) => stepText(history, step) ?? step.text),
    ...rounds.map(({ names, seconds }) => words.round(names.join(', '), seconds)),
    ...onward.map(({ moment, to: next }) => words.onward[moment](next)),
  ]
  return (
    <Stack>
      <Banner tone={outcome === 'refused' ? 'warn' : 'good'} isLive>
        {words.outcomes[outcome](whom)}
      </Banner>
      <ol className={css.reasons}>
        {sentences.map((sentence, i) => (
          <li key={`${i} ${sentence}`}>{sentence}</li>
        ))}
      </ol>
    </Stack>
  )
}
