import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Card, IconButton, Quiet, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { plainNumber } from '../forwarding-draft.ts'
import css from './handling.module.css'

interface Entry {
  readonly code: string
  readonly to: string
  readonly name: string
}

/** My own short dials. */
export function ShortDialsCard() {
  const { handling, settings, shell } = useWords()
  const { shortDials: words } = handling
  const { api, showFault, toasts } = useApp()
  const submit = useSubmit()
  const [entries, setEntries] = useState<readonly Entry[]>()
  useEffect(() => {
    api
      .call('readMyShortDials')
      .then((found) => setEntries(found.entries.map((entry) => ({ ...entry, name: entry.name ?? '' }))), showFault)
  }, [api, showFault])
  if (!entries) return null
  const change = (at: number, more: Partial<Entry>) =>
    setEntries(entries.map((entry, i) => (i === at ? { ...entry, ...more } : entry)))
  const nextCode = String(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].find((code) => !entries.some((one) => one.code === String(code))) ?? '',
  )
  const save = () =>
    submit.run(async () => {
      const body = {
        entries: entries.map(({ code, to, name }) => ({
          code,
          to: plainNumber(to),
          ...(name.trim() === '' ? {} : { name: name.trim() }),
        })),
      }
      await api.call('putMyShortDials', { body })
      toasts.show({ tone: 'good', text: settings.saved })
    })
  return (
    <Card
      title={words.title}
      tools={
        <Button icon="plus" onPress={() => setEntries([...entries, { code: nextCode, to: '', name: '' }])}>
          {words.add}
        </Button>
      }
    >
      <Quiet>{words.hint}</Quiet>
      {entries.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are typed in place and have no other identity
        <div key={i} className={css.dial}>
          <TextField
            label={words.code}
            value={entry.code}
            onChange={(text) => change(i, { code: text.replace(/\D/g, '').slice(0, 2) })}
            inputMode="numeric"
            mistake={submit.mistakeAt(`/entries/${i}/code`)}
          />
          <TextField
            label={words.to}
            value={entry.to}
            onChange={(to) => change(i, { to })}
            inputMode="tel"
            mistake={submit.mistakeAt(`/entries/${i}/to`)}
          />
          <TextField label={words.name} value={entry.name} onChange={(name) => change(i, { name })} />
          <IconButton
            icon="trash"
            label={`${shell.remove}: *0${entry.code}`}
            onPress={() => setEntries(entries.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <div className={css.line}>
        <Button isDisabled={submit.isBusy} onPress={save}>
          {shell.save}
        </Button>
      </div>
    </Card>
  )
}
