import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { chatSiteSentences } from './sentences.ts'
import { SiteFields } from './site-fields.tsx'
import { type ChatSite, formOf, isReady, wishOf } from './site-form.ts'

/** A website is given a chat, or its chat is set anew. @param queues those that take chats */
export function SiteDialog({
  site,
  queues,
  onClose,
}: {
  readonly site: ChatSite | undefined
  readonly queues: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const { api } = useApp()
  const text = useText(chatSiteSentences)
  const submit = useSubmit()
  const [form, setForm] = useState(() => formOf(site, queues[0]?.id ?? ''))
  const save = () =>
    submit.run(async () => {
      const body = wishOf(form)
      if (site) await api.call('changeChatSite', { params: { siteId: site.id }, body })
      else await api.call('createChatSite', { body })
      onClose()
    })
  return (
    <Dialog
      title={site ? text('edit', { name: site.name }) : text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || !isReady(form)} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <SiteFields
        form={form}
        put={(change) => setForm({ ...form, ...change })}
        queues={queues}
        mistakeAt={submit.mistakeAt}
      />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
