import { useEffect, useMemo, useState } from 'react'
import type { FilledTemplate } from '../agent/template-fields.ts'
import { faultText } from '../app/app.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { ForwardDialog } from './forward-dialog.tsx'
import css from './mail-channel.module.css'
import { MailEntry } from './mail-entry.tsx'
import { MailModel, type Watcher } from './mail-model.ts'
import { MailWriting } from './mail-writing.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { mailSentences } from './sentences.ts'

/** A conversation by mail: read, answered, noted, closed. @param takeTexts where texts of the knowledge panel go */
export function MailThread({
  id,
  canWork,
  takeTexts,
}: {
  readonly id: string
  readonly canWork: boolean
  readonly takeTexts?: (insert: (text: FilledTemplate) => void) => () => void
}) {
  const app = useApp()
  const { user } = useMe()
  const words = useWords()
  const text = useText(mailSentences)
  const model = useMemo(
    () =>
      new MailModel({
        api: app.api,
        id,
        userId: user.id,
        kept: app.kept,
        later: (ms, then) => {
          const timer = setTimeout(then, ms)
          return () => clearTimeout(timer)
        },
      }),
    [app, id, user.id],
  )
  useEffect(() => model.follow(app.events), [model, app.events])
  const { opened, mails, watchers, fault, isBusy } = useValue(model.state)
  const [forwarded, setForwarded] = useState<string>()
  const [isNoting, setNoting] = useState(false)
  if (!opened) return fault === undefined ? null : <Banner tone="warn">{faultText(words, fault)}</Banner>
  const { state } = opened.conversation
  const latest = mails.findLast(({ kind }) => kind === 'in')
  return (
    <div className={css.thread}>
      <Others watchers={watchers} />
      <ol className={css.mails}>
        {mails.map((mail) => (
          <MailEntry
            key={mail.id}
            mail={mail}
            isOpenFirst={mail.id === latest?.id}
            canWork={canWork}
            onDecide={(decision) => void model.decide(mail.id, decision)}
            onForward={() => setForwarded(mail.id)}
          />
        ))}
      </ol>
      {fault !== undefined && (
        <Banner tone="warn" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      {canWork && <MailWriting model={model} {...(takeTexts ? { takeTexts } : {})} />}
      {canWork && (
        <div className={css.keys}>
          <Button icon="edit" onPress={() => setNoting(true)}>
            {text('addNote')}
          </Button>
          {state === 'open' ? (
            <Button icon="check" isDisabled={isBusy} onPress={() => void model.setState('closed')}>
              {text('close')}
            </Button>
          ) : (
            state !== 'spam' && (
              <Button isDisabled={isBusy} onPress={() => void model.setState('open')}>
                {text('reopen')}
              </Button>
            )
          )}
          <Button
            icon="block"
            isDisabled={isBusy}
            onPress={() => void model.setState(state === 'spam' ? 'notSpam' : 'spam')}
          >
            {text(state === 'spam' ? 'notSpam' : 'markSpam')}
          </Button>
        </div>
      )}
      {forwarded !== undefined && (
        <ForwardDialog model={model} mailId={forwarded} onClose={() => setForwarded(undefined)} />
      )}
      {isNoting && <NoteDialog model={model} onClose={() => setNoting(false)} />}
    </div>
  )
}

/** Who else is here, told before two write the same. */
function Others({ watchers }: { readonly watchers: readonly Watcher[] }) {
  const text = useText(mailSentences)
  const { language } = useFormat()
  const join = (doing: Watcher['doing']) => {
    const names = watchers.filter((one) => one.doing === doing).map(({ name }) => name)
    return names.length === 0 ? undefined : new Intl.ListFormat(language).format(names)
  }
  const writing = join('writing')
  const reading = join('reading')
  return (
    <div role="status">
      {writing !== undefined && <Banner tone="warn">{text('writes', { names: writing })}</Banner>}
      {reading !== undefined && <Banner>{text('reads', { names: reading })}</Banner>}
    </div>
  )
}
