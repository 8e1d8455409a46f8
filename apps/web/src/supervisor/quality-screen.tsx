import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { Button, Card, Empty, IconButton, Line, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { FormDialog } from './form-dialog.tsx'
import { Frame } from './frame.tsx'
import { ScoreList } from './score-list.tsx'
import css from './supervisor.module.css'

type Form = ReplyOf<'listQualityForms'>['items'][number]
type Scores = ReplyOf<'listQualityScores'>

/** Forms that conversations are scored by, and what was found. */
export function Screen() {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { api, showFault, router } = useApp()
  const [forms, setForms] = useState<readonly Form[]>()
  const [scores, setScores] = useState<Scores>()
  const [editing, setEditing] = useState<Form | 'new'>()
  const load = useCallback(async () => {
    try {
      const [{ items }, found] = await Promise.all([api.call('listQualityForms'), api.call('listQualityScores')])
      setForms(items)
      setScores(found)
    } catch (error) {
      showFault(error)
    }
  }, [api, showFault])
  useEffect(() => void load(), [load])
  const more = async () => {
    if (scores?.next === undefined) return
    const page = await api.call('listQualityScores', { query: { before: scores.next } })
    setScores({ ...page, items: [...scores.items, ...page.items] })
  }
  return (
    <Frame
      part="quality"
      tools={
        <Button icon="plus" kind="primary" onPress={() => setEditing('new')}>
          {words.newForm}
        </Button>
      }
    >
      <Card title={words.forms}>
        {forms?.length === 0 && (
          <Empty icon="star" title={words.noForms}>
            <p>{words.noFormsHint}</p>
          </Empty>
        )}
        <ul className={css.waitingList}>
          {forms?.map((form) => (
            <li key={form.id}>
              <div className={css.waitingItem}>
                <strong>{form.name}</strong>
                <Quiet>
                  {words.questions}: {format.number(form.questions.length)}
                  {form.isActive && ` · ${words.active}`}
                </Quiet>
              </div>
              <IconButton icon="edit" label={form.name} onPress={() => setEditing(form)} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={words.scores}>
        {scores?.items.length === 0 && <Empty icon="star" title={words.noScores} />}
        {scores && (
          <ScoreList
            scores={scores.items}
            toolsOf={(score) => (
              <Line>
                {score.callId !== undefined && (
                  <Button size="small" onPress={() => router.go(`/calls/${score.callId}`)}>
                    {words.toCall}
                  </Button>
                )}
                <IconButton
                  icon="undo"
                  label={`${words.removeScore}: ${score.agentName}`}
                  onPress={() =>
                    void api.call('removeQualityScore', { params: { scoreId: score.id } }).then(load, showFault)
                  }
                />
              </Line>
            )}
          />
        )}
        {scores?.next !== undefined && <Button onPress={() => void more().catch(showFault)}>{words.more}</Button>}
      </Card>
      {editing !== undefined && (
        <FormDialog
          {...(editing === 'new' ? {} : { form: editing })}
          onClose={() => {
            setEditing(undefined)
            void load()
          }}
        />
      )}
    </Frame>
  )
}
