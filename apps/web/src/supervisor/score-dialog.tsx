import { useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, Empty, Select, Stack, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { useAsked } from './use-asked.ts'

type Item = ReplyOf<'listCentreItems'>['items'][number]

/** One conversation, question by question. */
export function ScoreDialog({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { supervisor: words, shell } = useWords()
  const format = useFormat()
  const { api, router, toasts } = useApp()
  const submit = useSubmit()
  const forms = useAsked(() => api.call('listQualityForms'), '')
  const [chosen, setChosen] = useState<string>()
  const [points, setPoints] = useState<Readonly<Record<string, string>>>({})
  const [comment, setComment] = useState('')
  const active = (forms.answer?.items ?? []).filter(({ isActive }) => isActive)
  const form = active.find(({ id }) => id === chosen) ?? active[0]
  const answers = (form?.questions ?? []).flatMap(({ id }) => {
    const own = points[id]
    return own === undefined || own === '' ? [] : [{ questionId: id, points: Number(own) }]
  })
  const save = () =>
    submit.run(async () => {
      const { percent } = await api.call('scoreConversation', {
        body: {
          itemId: item.id,
          formId: form!.id,
          answers,
          ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
        },
      })
      toasts.show({ tone: 'good', text: words.scored(format.percent(percent / 100, 1)) })
      onClose()
    })
  return (
    <Dialog
      title={words.scoreOf(item.agentName ?? '')}
      isOpen
      onClose={onClose}
      foot={
        form && (
          <>
            {item.callId !== undefined && (
              <Button icon="play" onPress={() => router.go(`/calls/${item.callId}`)}>
                {words.toCall}
              </Button>
            )}
            <Button kind="primary" isDisabled={submit.isBusy || answers.length === 0} onPress={save}>
              {shell.save}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
        {forms.answer && !form && (
          <Empty icon="star" title={words.noForms}>
            <Button onPress={() => router.go('/supervisor/quality')}>{words.newForm}</Button>
          </Empty>
        )}
        {active.length > 1 && (
          <Select
            label={words.form}
            choices={active.map(({ id, name }) => ({ id, label: name }))}
            value={form?.id}
            onChange={setChosen}
          />
        )}
        {form?.questions.map(({ id, text, most }) => (
          <Select
            key={id}
            label={text}
            choices={[
              { id: '', label: words.doesNotApply },
              ...Array.from({ length: most + 1 }, (_, i) => ({
                id: String(i),
                label: most === 1 ? (i === 1 ? words.yes : words.no) : format.number(i),
              })),
            ]}
            value={points[id] ?? ''}
            onChange={(own) => setPoints({ ...points, [id]: own })}
          />
        ))}
        {form && <TextField label={words.comment} value={comment} onChange={setComment} isLong maxLength={2000} />}
      </Stack>
    </Dialog>
  )
}
