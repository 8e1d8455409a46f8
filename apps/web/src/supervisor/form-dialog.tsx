import { useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Checkbox, Dialog, IconButton, Select, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './supervisor.module.css'

type Form = ReplyOf<'listQualityForms'>['items'][number]
type Question = Form['questions'][number]

/** Identifiers of questions are ours; scores keep them. */
const newQuestion = (): Question => ({ id: crypto.randomUUID(), text: '', weight: 10, most: 1 })
const weights = [5, 10, 20, 30, 50, 100]

/** Questions with their weights. */
export function FormDialog({ form, onClose }: { readonly form?: Form; readonly onClose: () => void }) {
  const { supervisor: words, shell } = useWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [name, setName] = useState(form?.name ?? '')
  const [isActive, setActive] = useState(form?.isActive ?? true)
  const [questions, setQuestions] = useState<readonly Question[]>(form?.questions ?? [newQuestion()])
  const change = (id: string, changed: Partial<Question>) =>
    setQuestions(questions.map((question) => (question.id === id ? { ...question, ...changed } : question)))
  const asked = questions.filter(({ text }) => text.trim() !== '')
  const save = () =>
    submit.run(async () => {
      const body = {
        name: name.trim(),
        isActive,
        questions: asked.map((question) => ({ ...question, text: question.text.trim() })),
      }
      if (form) await api.call('changeQualityForm', { params: { formId: form.id }, body })
      else await api.call('createQualityForm', { body })
      toasts.show({ tone: 'good', text: words.kept })
      onClose()
    })
  const remove = () =>
    submit.run(async () => {
      await api.call('removeQualityForm', { params: { formId: form!.id } })
      onClose()
    })
  const numbers = (of: readonly number[]) => of.map((value) => ({ id: String(value), label: format.number(value) }))
  return (
    <Dialog
      title={form?.name ?? words.newForm}
      isOpen
      onClose={onClose}
      isWide
      foot={
        <>
          {form && (
            <Button kind="danger" onPress={remove} isDisabled={submit.isBusy}>
              {words.removeForm}
            </Button>
          )}
          <Button kind="primary" onPress={save} isDisabled={submit.isBusy || name.trim() === '' || asked.length === 0}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
        <TextField
          label={words.formName}
          value={name}
          onChange={setName}
          maxLength={80}
          isRequired
          mistake={submit.mistakeAt('/name')}
        />
        <Checkbox isOn={isActive} onChange={setActive}>
          {words.active}
        </Checkbox>
        {questions.map((question, i) => (
          <div key={question.id} className={css.question} role="group" aria-label={`${words.question} ${i + 1}`}>
            <TextField
              label={`${words.question} ${format.number(i + 1)}`}
              value={question.text}
              onChange={(text) => change(question.id, { text })}
              maxLength={300}
            />
            <Select
              label={words.weight}
              choices={numbers([...new Set([...weights, question.weight])].toSorted((a, b) => a - b))}
              value={String(question.weight)}
              onChange={(weight) => change(question.id, { weight: Number(weight) })}
            />
            <Select
              label={words.most}
              choices={numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])}
              value={String(question.most)}
              onChange={(most) => change(question.id, { most: Number(most) })}
            />
            <IconButton
              icon="trash"
              label={words.removeQuestion(question.text)}
              isDisabled={questions.length === 1}
              onPress={() => setQuestions(questions.filter(({ id }) => id !== question.id))}
            />
          </div>
        ))}
        <Button
          icon="plus"
          isDisabled={questions.length >= 50}
          onPress={() => setQuestions([...questions, newQuestion()])}
        >
          {words.addQuestion}
        </Button>
      </div>
    </Dialog>
  )
}
