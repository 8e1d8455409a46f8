import { useEffect, useRef } from 'react'
import type { FilledTemplate } from '../agent/template-fields.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Checkbox, Quiet, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import css from './mail-channel.module.css'
import type { MailModel } from './mail-model.ts'
import { mailSentences } from './sentences.ts'

/** Where an answer is written; it is kept as it is typed. Ctrl+Enter sends. */
export function MailWriting({
  model,
  takeTexts,
}: {
  readonly model: MailModel
  readonly takeTexts?: (insert: (text: FilledTemplate) => void) => () => void
}) {
  const app = useApp()
  const text = useText(mailSentences)
  const format = useFormat()
  const { opened, writing, asked, isBusy } = useValue(model.state)
  const chooser = useRef<HTMLInputElement>(null)
  useEffect(
    () =>
      takeTexts?.((filled) => {
        const before = model.state.get().writing.text
        model.type({ text: before === '' ? filled.text : `${before.trimEnd()}\n\n${filled.text}` })
      }),
    [model, takeTexts],
  )
  if (!opened) return null
  if (!opened.answer.canSend) return <Quiet>{text('sendsNothing')}</Quiet>
  const send = (isConfirmed: boolean) =>
    void model.send(isConfirmed).then((isSent) => {
      if (isSent) app.toasts.show({ tone: 'good', text: text('sent') })
    })
  const attach = async (files: FileList | null) => {
    for (const file of files ?? [])
      await model.addFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    if (chooser.current) chooser.current.value = ''
  }
  return (
    <form
      className={css.write}
      onSubmit={(event) => {
        event.preventDefault()
        send(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(asked !== undefined)
      }}
    >
      <div className={css.addresses}>
        <TextField label={text('to')} value={writing.to} onChange={(to) => model.type({ to })} inputMode="email" />
        <TextField label={text('cc')} value={writing.cc} onChange={(cc) => model.type({ cc })} inputMode="email" />
      </div>
      {opened.answer.cc.length > 0 && (
        <Checkbox isOn={writing.cc !== ''} onChange={(isOn) => model.answerAll(isOn)}>
          {text('toAll')}
        </Checkbox>
      )}
      <TextField
        isLong
        label={text('write')}
        hint={text('kept')}
        value={writing.text}
        onChange={(typed) => model.type({ text: typed })}
      />
      {writing.files.length > 0 && (
        <ul className={css.files} aria-label={text('files')}>
          {writing.files.map(({ file, name, sizeBytes }) => (
            <li key={file}>
              <Button
                size="small"
                icon="close"
                aria-label={text('leaveOut', { name })}
                onPress={() => void model.leaveFileOut(file)}
              >
                {name}
              </Button>{' '}
              <Quiet>{format.bytes(sizeBytes)}</Quiet>
            </li>
          ))}
        </ul>
      )}
      {asked !== undefined && (
        <Banner tone="warn" isLive tools={<Button onPress={() => send(true)}>{text('sendAnyway')}</Button>}>
          {asked}
        </Banner>
      )}
      <div className={css.keys}>
        <Button kind="primary" type="submit" icon="send" isDisabled={isBusy || writing.text.trim() === ''}>
          {text('send')}
        </Button>
        <Button icon="file" onPress={() => chooser.current?.click()}>
          {text('attach')}
        </Button>
        <input
          ref={chooser}
          type="file"
          multiple
          className={css.hidden}
          aria-label={text('attach')}
          onChange={({ target }) => void attach(target.files)}
        />
      </div>
    </form>
  )
}
