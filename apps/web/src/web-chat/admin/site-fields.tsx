import { Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import css from '../web-chat.module.css'
import { chatSiteSentences } from './sentences.ts'
import type { SiteForm } from './site-form.ts'

/** Everything that is set of a website with a chat, as it is typed. */
export function SiteFields({
  form,
  put,
  queues,
  mistakeAt,
}: {
  readonly form: SiteForm
  readonly put: (change: Partial<SiteForm>) => void
  /** Those that take chats. */
  readonly queues: readonly { readonly id: string; readonly name: string }[]
  /** What is wrong with a field. @param path JSON pointer into the settings */
  readonly mistakeAt: (path: string) => string | undefined
}) {
  const text = useText(chatSiteSentences)
  return (
    <>
      <TextField
        label={text('name')}
        value={form.name}
        onChange={(name) => put({ name })}
        mistake={mistakeAt('/name')}
        isRequired
      />
      <Select
        label={text('queue')}
        choices={queues.map((queue) => ({ id: queue.id, label: queue.name }))}
        value={form.queueId}
        onChange={(queueId) => put({ queueId })}
      />
      <TextField
        label={text('origins')}
        hint={text('originsHint')}
        value={form.origins}
        onChange={(origins) => put({ origins })}
        mistake={mistakeAt('/origins') ?? mistakeAt('/origins/0')}
        isLong
        isRequired
      />
      <Select
        label={text('asks')}
        choices={(['nothing', 'name', 'nameAndAddress'] as const).map((id) => ({ id, label: text(`asks.${id}`) }))}
        value={form.asks}
        onChange={(asks) => put({ asks })}
      />
      <TextField
        label={text('greeting')}
        hint={text('empty')}
        value={form.greeting}
        onChange={(greeting) => put({ greeting })}
        isLong
      />
      <TextField
        label={text('consent')}
        hint={text('empty')}
        value={form.consent}
        onChange={(consent) => put({ consent })}
        isLong
      />
      <TextField
        label={text('privacyUrl')}
        value={form.privacyUrl}
        onChange={(privacyUrl) => put({ privacyUrl })}
        inputMode="url"
        mistake={mistakeAt('/privacyUrl')}
      />
      <TextField
        label={text('offlineMail')}
        value={form.offlineMail}
        onChange={(offlineMail) => put({ offlineMail })}
        inputMode="email"
        mistake={mistakeAt('/offlineMail')}
      />
      <TextField
        label={text('keepDays')}
        value={form.keepDays}
        onChange={(typed) => put({ keepDays: typed.replace(/\D/g, '') })}
        inputMode="numeric"
        mistake={mistakeAt('/keepDays')}
      />
      <Switch isOn={form.offersVoice} onChange={(offersVoice) => put({ offersVoice })}>
        {text('offersVoice')}
      </Switch>
    </>
  )
}

/** The line that puts the chat on a page. */
export function SiteScript({ id }: { readonly id: string }) {
  const text = useText(chatSiteSentences)
  return (
    <>
      <p>{text('script')}</p>
      <code className={css.code}>{`<script src="${location.origin}/chat.js" data-site="${id}" defer></script>`}</code>
    </>
  )
}
