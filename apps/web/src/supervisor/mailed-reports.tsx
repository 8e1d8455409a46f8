import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, IconButton, Line, Quiet, Select, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { ReportWish } from './report-wish.ts'
import css from './supervisor.module.css'

type Mailed = ReplyOf<'listMailedReports'>['items'][number]
const everies = ['day', 'week', 'month'] as const

/** Reports that go out by mail, and the one on the screen to be one of them. */
export function MailedReports({ wish, onClose }: { readonly wish: ReportWish; readonly onClose: () => void }) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const { user } = useMe()
  const submit = useSubmit()
  const [items, setItems] = useState<readonly Mailed[]>([])
  const [name, setName] = useState(words.kinds[wish.kind])
  const [every, setEvery] = useState<(typeof everies)[number]>('day')
  const [hour, setHour] = useState('6')
  const [to, setTo] = useState(user.email ?? '')
  const load = useCallback(async () => setItems((await api.call('listMailedReports')).items), [api])
  useEffect(() => void load().catch(() => {}), [load])
  const add = () =>
    submit.run(async () => {
      const { kind, interval, by, queueId } = wish
      await api.call('createMailedReport', {
        body: {
          name: name.trim(),
          kind,
          interval: interval === 'quarter' && every === 'month' ? 'hour' : interval,
          by: [...by],
          ...(queueId === '' ? {} : { queueId }),
          every,
          atHour: Number(hour),
          to: to.split(/[\s,;]+/).filter(Boolean),
          language: languageOf(format.language),
        },
      })
      toasts.show({ tone: 'good', text: words.mailKept })
      await load()
    })
  const remove = (reportId: string) =>
    submit.run(async () => {
      await api.call('removeMailedReport', { params: { reportId } })
      await load()
    })
  return (
    <Dialog title={words.mailed} isOpen onClose={onClose} isWide>
      {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
      {items.length === 0 && <p>{words.noMailed}</p>}
      <ul className={css.waitingList}>
        {items.map((report) => (
          <li key={report.id}>
            <div className={css.waitingItem}>
              <strong>{report.name}</strong>
              <Quiet>
                {words.everies[report.every]} · {report.to.join(', ')} · {words.nextMail}{' '}
                {format.dateTime(Date.parse(report.next))}
              </Quiet>
            </div>
            <IconButton icon="trash" label={`${words.stopMail}: ${report.name}`} onPress={() => remove(report.id)} />
          </li>
        ))}
      </ul>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <h3>{words.mailThis}</h3>
        <TextField
          label={words.mailName}
          value={name}
          onChange={setName}
          maxLength={80}
          isRequired
          mistake={submit.mistakeAt('/name')}
        />
        <div className={css.filters}>
          <Select
            label={words.every}
            choices={everies.map((id) => ({ id, label: words.everies[id] }))}
            value={every}
            onChange={setEvery}
          />
          <Select
            label={words.atHour}
            choices={Array.from({ length: 24 }, (_, i) => ({ id: String(i), label: format.number(i) }))}
            value={hour}
            onChange={setHour}
          />
        </div>
        <TextField label={words.mailTo} value={to} onChange={setTo} isRequired mistake={submit.mistakeAt('/to')} />
        <Line>
          <Button kind="primary" type="submit" isDisabled={submit.isBusy}>
            {words.mailThis}
          </Button>
        </Line>
      </form>
    </Dialog>
  )
}

/** The language of the screen, as the mail's. */
const languageOf = (language: string): 'en' | 'sv' | 'fr' => (language === 'sv' || language === 'fr' ? language : 'en')
