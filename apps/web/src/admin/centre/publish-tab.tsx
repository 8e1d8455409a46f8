import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  Dialog,
  Empty,
  Line,
  Quiet,
  Stack,
  Table,
  type TableColumn,
  TextField,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { asLanguage } from '../../words/use-text.ts'
import { Listed } from '../listed.tsx'
import { useList } from '../use-list.ts'
import type { CentreModel, Difference } from './centre-model.ts'
import css from './centre.module.css'
import type { CentreProps } from './centre-props.ts'
import { FaultBanner, useAsking } from './parts.tsx'
import { FindingList } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'
import { WhatIf } from './what-if.tsx'

type Version = ReplyOf<'listCentreVersions'>['items'][number] & { readonly id: string }

/** What is different and what is the matter; publishing, and the way back. */
export function PublishTab({ model, view }: Omit<CentreProps, 'users'>) {
  const text = useCentreText()
  const { toasts } = useApp()
  const asking = useAsking()
  const [note, setNote] = useState('')
  const publish = () =>
    asking.run(async () => {
      await model.publish(note)
      setNote('')
      toasts.show({ tone: 'good', text: text('published', { version: model.view.get()?.version ?? 0 }) })
    })
  const { findings, changes } = view
  const told = findings.errors + findings.warnings - findings.items.length
  return (
    <Stack>
      <Card title={text('differences')}>
        <Differences items={changes.items} total={changes.total} />
      </Card>
      <Card title={text('findings')}>
        {findings.items.length === 0 ? <Quiet>{text('noFindings')}</Quiet> : <FindingList findings={findings.items} />}
        {told > 0 && <Quiet>{text('more', { n: told })}</Quiet>}
      </Card>
      <WhatIf hasDraft={view.hasDraft} />
      {view.hasDraft && (
        <Card title={text('publish')}>
          <Quiet>{text('publishAsk')}</Quiet>
          <TextField label={text('publishNote')} value={note} onChange={setNote} maxLength={500} />
          {findings.errors > 0 && <Banner tone="warn">{text('publishFirst')}</Banner>}
          <FaultBanner fault={asking.fault} />
          <Line>
            <Button kind="primary" icon="upload" isDisabled={asking.isBusy || findings.errors > 0} onPress={publish}>
              {text('publish')}
            </Button>
          </Line>
        </Card>
      )}
      <Versions model={model} />
    </Stack>
  )
}

/** Thing by thing: what it was, what it becomes. */
function Differences({ items, total }: { readonly items: readonly Difference[]; readonly total: number }) {
  const text = useCentreText()
  if (items.length === 0) return <Quiet>{text('noDifferences')}</Quiet>
  return (
    <div>
      {items.map(({ section, id, text: said, fields }) => (
        <div key={`${section} ${id}`} className={css.change}>
          <strong>{said}</strong>
          {fields.map(({ label, before, after }) => (
            <span key={label} className={css.field}>
              <span className={css.label}>{label}: </span>
              {before !== undefined && <del className={css.was}>{before}</del>}{' '}
              {after !== undefined && <ins>{after}</ins>}
            </span>
          ))}
        </div>
      ))}
      {total > items.length && <Quiet>{text('more', { n: total - items.length })}</Quiet>}
    </div>
  )
}

function Versions({ model }: { readonly model: CentreModel }) {
  const text = useCentreText()
  const format = useFormat()
  const { api, clock } = useApp()
  const [back, setBack] = useState<number>()
  const versions = useList<Version>(
    'centre-versions',
    async (before) => {
      const { items, next } = await api.call('listCentreVersions', {
        query: { limit: 100, ...(before === undefined ? {} : { before: Number(before) }) },
      })
      const found = items.map((item) => ({ ...item, id: String(item.version) }))
      return next === undefined ? { items: found } : { items: found, next: String(next) }
    },
    ({ kind }) => kind === 'centre.published',
  )
  const columns: TableColumn<Version>[] = [
    { id: 'version', title: text('version'), cell: ({ version }) => format.number(version) },
    {
      id: 'when',
      title: text('when'),
      cell: ({ publishedAt }) => format.moment(Date.parse(publishedAt), clock.nowMs()),
    },
    { id: 'by', title: text('by'), cell: ({ publishedBy }) => publishedBy ?? '–' },
    { id: 'note', title: text('note'), cell: ({ note }) => note ?? '' },
    {
      id: 'tools',
      title: '',
      cell: ({ version, isLive }) =>
        isLive ? (
          <Badge tone="good">{text('isLive')}</Badge>
        ) : (
          <Button size="small" icon="undo" onPress={() => setBack(version)}>
            {text('goBack')}
          </Button>
        ),
    },
  ]
  return (
    <Card title={text('versions')}>
      <Listed list={versions}>
        {(items) => (
          <Table
            label={text('versions')}
            columns={columns}
            rows={items}
            empty={<Empty icon="history" title={text('noVersions')} />}
          />
        )}
      </Listed>
      {back !== undefined && <BackDialog model={model} version={back} onClose={() => setBack(undefined)} />}
    </Card>
  )
}

/** An earlier version, published anew: what that changes is shown before. */
function BackDialog({
  model,
  version,
  onClose,
}: {
  readonly model: CentreModel
  readonly version: number
  readonly onClose: () => void
}) {
  const words = useWords()
  const text = useCentreText()
  const { api, toasts } = useApp()
  const language = asLanguage(useFormat().language)
  const asking = useAsking()
  const differences = useList<Difference>(
    `centre back to ${version}`,
    async () => api.call('compareCentres', { query: { language, from: 'published', to: String(version) } }),
    ({ kind }) => kind === 'centre.published',
  )
  const restore = () =>
    asking.run(async () => {
      await model.restore(version, text('goBackNote', { version }))
      toasts.show({ tone: 'good', text: text('published', { version: model.view.get()?.version ?? 0 }) })
      onClose()
    })
  return (
    <Dialog
      title={text('goBackTitle', { version })}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" icon="undo" isDisabled={asking.isBusy} onPress={restore}>
            {text('goBack')}
          </Button>
        </>
      }
    >
      <p>{text('goBackAsk')}</p>
      <Listed list={differences}>{(items) => <Differences items={items} total={items.length} />}</Listed>
      <FaultBanner fault={asking.fault} />
    </Dialog>
  )
}
