import { useEffect, useMemo, useState } from 'react'
import type { ScreenProps } from '../app/feature.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, Page, SearchField, Select } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useWords } from '../words/use-words.ts'
import { everything, type KeptRecording, RecordingList, type RecordingSearch } from './recording-list.ts'
import { RecordingRow } from './recording-row.tsx'
import css from './recordings.module.css'
import { recordingSentences } from './sentences.ts'

const typingMs = 300

/** Recorded calls: found by name, number, day and kind; heard, kept, deleted. */
export function Screen({ params }: ScreenProps) {
  const words = useWords()
  const text = useText(recordingSentences)
  const { api, events, router } = useApp()
  const list = useMemo(() => new RecordingList(api), [api])
  const { recordings, next, fault } = useValue(list.state)
  const [search, setSearch] = useState<RecordingSearch>(everything)
  const [linked, setLinked] = useState<KeptRecording>()
  const openId = params['id']
  useEffect(() => {
    const timer = setTimeout(() => void list.find(search), search === everything ? 0 : typingMs)
    return () => clearTimeout(timer)
  }, [list, search])
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (/^recording\.(started|ended|held|released|deleted)$/.test(kind)) void list.again()
      }),
    [events, list],
  )
  // A link can lead to one that is not on this page of the list.
  const isListed = recordings?.some(({ id }) => id === openId) ?? true
  useEffect(() => {
    if (openId === undefined || isListed) return
    api.call('readRecording', { params: { recordingId: openId } }).then(setLinked, () => setLinked(undefined))
  }, [api, openId, isListed])
  const shown = [...(linked && linked.id === openId && !isListed ? [linked] : []), ...(recordings ?? [])]
  return (
    <Page title={words.recordings.title}>
      <div className={css.filters}>
        <SearchField
          label={text('search')}
          clearLabel={text('clear')}
          value={search.text}
          onChange={(value) => setSearch({ ...search, text: value })}
        />
        <Select
          label={text('which')}
          value={search.which}
          onChange={(which) => setSearch({ ...search, which })}
          choices={[
            { id: 'all', label: text('all') },
            { id: 'rule', label: text('byRule') },
            { id: 'demand', label: text('onDemand') },
            { id: 'held', label: text('held') },
            { id: 'deleted', label: text('deleted') },
          ]}
        />
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className={css.date}>
            {text(end)}
            <input
              type="date"
              value={search[end]}
              onChange={(event) => setSearch({ ...search, [end]: event.target.value })}
            />
          </label>
        ))}
      </div>
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      {shown.length > 0 && (
        <ul className={css.list} aria-label={text('list')}>
          {shown.map((recording) => (
            <RecordingRow
              key={recording.id}
              recording={recording}
              isOpen={recording.id === openId}
              onToggle={() => router.go(recording.id === openId ? '/recordings' : `/recordings/${recording.id}`)}
              onChanged={() => void list.again()}
            />
          ))}
        </ul>
      )}
      {recordings && shown.length === 0 && (
        <Empty icon="record" title={text('none')}>
          {text('noneText')}
        </Empty>
      )}
      {next !== undefined && (
        <div>
          <Button onPress={() => void list.more()}>{text('more')}</Button>
        </div>
      )}
    </Page>
  )
}
