import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { type Chosen, PeoplePicker } from '../../chat/people-picker.tsx'
import { Banner, Button, Card, Quiet, TextField, useQuestion } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../voicemail.module.css'
import { mailboxSentences } from './sentences.ts'

type Quota = ReplyOf<'readMailboxQuota'>

/** How full somebody's mailbox is; its PIN is taken away, its room changed. */
export function PersonMailbox() {
  const text = useText(mailboxSentences)
  const [person, setPerson] = useState<Chosen>()
  const [isChoosing, setChoosing] = useState(false)
  const choose = (chosen: Chosen) => {
    setPerson(chosen)
    setChoosing(false)
  }
  return (
    <Card
      title={text('people')}
      tools={!isChoosing && <Button onPress={() => setChoosing(true)}>{text('choose')}</Button>}
    >
      <Quiet>{text('peopleHint')}</Quiet>
      {isChoosing && <PeoplePicker without={[]} onChoose={choose} />}
      {person && !isChoosing && <Room key={person.userId} person={person} />}
    </Card>
  )
}

function Room({ person: { userId, name } }: { readonly person: Chosen }) {
  const words = useWords()
  const { api, showFault } = useApp()
  const text = useText(mailboxSentences)
  const submit = useSubmit()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [quota, setQuota] = useState<Quota>()
  const [mostMessages, setMostMessages] = useState('')
  const [mostMinutes, setMostMinutes] = useState('')
  const params = { boxId: userId }
  useEffect(() => {
    api.call('readMailboxQuota', { params: { boxId: userId } }).then((found) => {
      setQuota(found)
      setMostMessages(String(found.mostMessages))
      setMostMinutes(String(found.mostMinutes))
    }, showFault)
  }, [api, showFault, userId])
  if (!quota) return null
  const save = () =>
    submit.run(async () => {
      const body = { mostMessages: Number(mostMessages), mostMinutes: Number(mostMinutes) }
      await api.call('changeMailboxQuota', { params, body })
      setQuota({ ...quota, ...body })
    })
  const resetPin = () =>
    ask({
      title: text('resetPin'),
      text: text('resetText', { name }),
      yes: text('resetPin'),
      run: async () => {
        await api.call('resetMailboxPin', { params })
        setQuota({ ...quota, hasPin: false })
      },
    })
  return (
    <>
      {dialog}
      <strong>{name}</strong>
      <span>
        {text('used', {
          messages: quota.messages,
          most: quota.mostMessages,
          minutes: Math.ceil(quota.usedSeconds / 60),
          mostMinutes: quota.mostMinutes,
        })}
      </span>
      <div className={css.fields}>
        <TextField
          label={text('mostMessages')}
          value={mostMessages}
          onChange={(typed) => setMostMessages(typed.replace(/\D/g, ''))}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMessages')}
        />
        <TextField
          label={text('mostMinutes')}
          value={mostMinutes}
          onChange={(typed) => setMostMinutes(typed.replace(/\D/g, ''))}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMinutes')}
        />
      </div>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <div className={css.keys}>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {words.shell.save}
        </Button>
        <Quiet>{quota.hasPin ? text('pinSet') : text('pinNone')}</Quiet>
        {quota.hasPin && (
          <Button icon="key" onPress={resetPin}>
            {text('resetPin')}
          </Button>
        )}
      </div>
    </>
  )
}
